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

from amparo.errors import ReportError
from amparo.report.audiences import AUDIENCES_OF
from amparo.report.opened_base import PAPERS, check_audience
from amparo.report.opened_group import GroupSections
from amparo.report.opened_keepers import KeepersSections
from amparo.report.opened_outside import OutsideSections
from amparo.report.sections.material import ReportData

__all__ = ["AUDIENCES_OF", "PAPERS", "Report", "answer", "answered_by", "check_audience", "opened"]

Source = Callable[[str], ReportData]

_TICKET = re.compile("[0-9a-f]{32}")
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


class Report(GroupSections, KeepersSections, OutsideSections):
    """One report for one audience: one method a section, shown alone it sets up the paper."""
