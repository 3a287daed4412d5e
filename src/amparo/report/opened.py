"""What the cells of a report notebook talk to: one report, one method a section.

Examples:
    >>> report = opened(ticket)
    >>> report  # the settings of the paper
    >>> report.risk_map()
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast

from amparo.errors import AudienceError, ReportError
from amparo.model.process import Process
from amparo.report.audiences import AUDIENCES_OF
from amparo.report.blocks import Block, Document, Paper
from amparo.report.bundle import Section, Settings
from amparo.report.sections import (
    analysis_checks,
    analysis_context,
    analysis_threats,
    notes,
    plan,
    sheet,
)
from amparo.report.sections.material import ReportData
from amparo.report.sections.words import Words

Source = Callable[[str], ReportData]
Make = Callable[[ReportData], tuple[Block, ...]]

PAPERS: tuple[Paper, ...] = ("a4", "letter", "oficio")
_TICKET = re.compile("[0-9a-f]{32}")
# Largest letters first: the typesetter goes down until the pages fit.
_PAGES = {
    "sheet": {"max_pages": 1, "body_pt": 14.0, "margin_mm": 14.0},
    "plan": {"max_pages": 4, "body_pt": 14.0, "floor_pt": 10.0, "margin_mm": 14.0},
    "notes": {"body_pt": 10.0, "margin_mm": 14.0},
}
_source: ContextVar[Source | None] = ContextVar("amparo_report_source", default=None)


@contextmanager
def answered_by(source: Source) -> Iterator[None]:
    """Let *source* answer the tickets opened in this block, instead of a new connection."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)


def opened(ticket: str) -> Report:
    """Open the report that *ticket* stands for.

    Raises:
        ReportError: it is no ticket.
        KeeperError: no keeper answers, or it does not know the ticket.
        AudienceError: this audience may not hold this report.
    """
    if not _TICKET.fullmatch(ticket):
        raise ReportError("a ticket is 32 hexadecimal digits")
    return Report((_source.get() or _from_keeper)(ticket))


def answer(ticket: str) -> ReportData | None:
    """Return what the source of this block says to *ticket*; None outside such a block."""
    source = _source.get()
    return source(ticket) if source else None


def _from_keeper(ticket: str) -> ReportData:
    from amparo.session import Session

    with Session.connect() as session:
        return session.report_data(ticket)


def check_audience(report: str, audience: str) -> None:
    """Refuse a report that is not made for an audience.

    Raises:
        AudienceError: this audience may not hold this report.
        ReportError: there is no such report.
    """
    if report not in AUDIENCES_OF:
        raise ReportError("unknown report")
    if audience not in AUDIENCES_OF[report]:
        known = ", ".join(AUDIENCES_OF[report])
        raise AudienceError(f"{report} is made for {known} only", report=report, known=known)


class Report:
    """One report for one audience; shown alone in a cell it sets up the paper.

    Args:
        data: the records, already cut for the audience.
    """

    def __init__(self, data: ReportData) -> None:
        check_audience(data.report, data.audience)
        self.data = data

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return Settings(self.document())._repr_mimebundle_()

    def document(self) -> Document:
        """Return the settings of the paper: size, language, a harmless title, the small foot."""
        data = self.data
        process = data.workspace.one(Process)
        title = process.harmless_title if process else ""
        paper = data.paper or (process.paper if process else PAPERS[0])
        if paper not in PAPERS:
            raise ReportError(f"unknown paper, expected one of {', '.join(PAPERS)}")
        return Document(
            lang=data.lang,
            title=title or Words(data.lang).paper("untitled"),
            paper=cast("Paper", paper),
            foot=sheet.foot(data),
            **_PAGES.get(data.report, {}),  # type: ignore[arg-type]
        )

    def sheet(self) -> Section:
        """The emergency sheet."""
        return Section(sheet.sheet_blocks(self.data))

    def steps(self) -> Section:
        """What we do before, during and after."""
        return Section(plan.steps_blocks(self.data))

    def alerts(self) -> Section:
        """Alert levels and the top protocol."""
        return Section(plan.alerts_blocks(self.data))

    def care(self) -> Section:
        """Care, family, help with consent, review."""
        return Section(plan.care_blocks(self.data))

    def scope(self) -> Section:
        """Who this is about, in a line."""
        return self._for_keepers(analysis_context.scope_blocks)

    def forces(self) -> Section:
        """Forces and money chain."""
        return self._for_keepers(analysis_context.forces_blocks)

    def incidents(self) -> Section:
        """Incidents and patterns."""
        return self._for_keepers(analysis_context.incidents_blocks)

    def risk_map(self) -> Section:
        """Threats as rectangles."""
        return self._for_keepers(analysis_threats.risk_map_blocks)

    def threats(self) -> Section:
        """Each priority threat."""
        return self._for_keepers(analysis_threats.threats_blocks)

    def measures(self) -> Section:
        """All measures."""
        return self._for_keepers(analysis_checks.measures_blocks)

    def balance(self) -> Section:
        """The balance of what we do."""
        return self._for_keepers(analysis_checks.balance_blocks)

    def checks(self) -> Section:
        """The check-up."""
        return self._for_keepers(analysis_checks.checks_blocks)

    def causes(self) -> Section:
        """Causes and cause paths."""
        return self._for_keepers(analysis_context.causes_blocks)

    def wheel(self) -> Section:
        """The wheel."""
        return self._for_keepers(analysis_checks.wheel_blocks)

    def information(self) -> Section:
        """What we hold, and if it is taken."""
        return self._for_keepers(analysis_checks.information_blocks)

    def notes(self, step: str) -> Section:
        """Everything that was written in one step, ``s0`` to ``s14``."""
        check_audience("notes", self.data.audience)
        if self.data.report != "notes":
            raise AudienceError("this section belongs to the notes", report=self.data.report)
        if self.data.step not in {None, step}:
            return Section(())
        return Section(notes.step_blocks(self.data, step))

    def _for_keepers(self, make: Make) -> Section:
        # A cell copied from the analysis into a plan must not carry it out of the room.
        check_audience("analysis", self.data.audience)
        if self.data.report != "analysis":
            raise AudienceError("this section belongs to the analysis", report=self.data.report)
        return Section(make(self.data))
