"""One report of one reader: the settings of its paper, and which sections answer in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from amparo.errors import AudienceError, ReportError
from amparo.model.process import Process
from amparo.report.audiences import AUDIENCES_OF
from amparo.report.blocks import Block, Document, Paper
from amparo.report.bundle import Section, Settings
from amparo.report.sections import sheet
from amparo.report.sections.material import ReportData
from amparo.report.sections.words import Words

Make = Callable[[ReportData], tuple[Block, ...]]

PAPERS: tuple[Paper, ...] = ("a4", "letter", "oficio")
# Largest letters first: the typesetter goes down until the pages fit.
_PAGES = {
    "sheet": {"max_pages": 1, "body_pt": 14.0, "margin_mm": 14.0},
    "plan": {"max_pages": 4, "body_pt": 14.0, "floor_pt": 10.0, "margin_mm": 14.0},
    "notes": {"body_pt": 10.0, "margin_mm": 14.0},
    "wallet": {"max_pages": 1, "body_pt": 12.0, "floor_pt": 10.0, "margin_mm": 14.0},
    "aloud": {"body_pt": 16.0, "margin_mm": 16.0},
    "assembly": {"body_pt": 18.0, "margin_mm": 14.0},
    "dossier": {"body_pt": 10.0, "margin_mm": 14.0},
    "incidents": {"margin_mm": 14.0},
    "trend": {"margin_mm": 14.0},
    "review": {"margin_mm": 14.0},
    "allies": {"max_pages": 2, "body_pt": 12.0, "floor_pt": 10.0, "margin_mm": 15.0},
    "public": {"max_pages": 1, "body_pt": 14.0, "floor_pt": 10.0, "margin_mm": 15.0},
    "donor": {"max_pages": 1, "body_pt": 12.0, "floor_pt": 10.0},
}


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


class OpenedBase:
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
            # Not even the group's small code goes with a card into somebody's pocket.
            foot="" if data.report == "wallet" else sheet.foot(data),
            **_PAGES.get(data.report, {}),  # type: ignore[arg-type]
        )

    def _of(self, reports: str | tuple[str, ...], make: Make) -> Section:
        """Answer only in the reports that a section was made for, and only to their readers.

        A cell copied from the analysis into a plan must not carry it out of the room.
        """
        own = (reports,) if isinstance(reports, str) else reports
        if self.data.report not in own:
            known = ", ".join(AUDIENCES_OF[own[0]])
            raise AudienceError(
                f"this section belongs to {own[0]}", report=self.data.report, known=known
            )
        check_audience(self.data.report, self.data.audience)
        return Section(make(self.data))
