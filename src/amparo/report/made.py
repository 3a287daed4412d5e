"""A report between its order and its file: the records, the executed notebook, the document."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from amparo.report.blocks import Document
from amparo.report.opened import answered_by
from amparo.report.sections.material import ReportData
from amparo.report.ticks import Ticks, require_ticks
from amparo.resources import bundled


class Made:
    """One report on its way to a file: its data is fetched once, its notebook runs when asked for.

    Args:
        report: which one.
        ticket: stands for it.
        source: answers the ticket.
    """

    def __init__(self, report: str, ticket: str, source: Callable[[str], ReportData]) -> None:
        self._report = report
        self._ticket = ticket
        self._source = source

    @cached_property
    def data(self) -> ReportData:
        """The records, cut for the reader."""
        return self._source(self._ticket)

    @cached_property
    def notebook(self) -> Any:
        """The executed notebook."""
        path = bundled("workbooks") / "reports" / f"{self._report}.ipynb"
        return _executed(path, self._ticket, lambda _: self.data)

    @cached_property
    def document(self) -> Document:
        """What stands on the paper."""
        from amparo.report.exporter import notebook_document

        return notebook_document(self.notebook)


def execute(
    path: Path, ticket: str, source: Callable[[str], ReportData], ticks: Ticks | None = None
) -> Any:
    """Return a copy of a notebook that somebody changed, executed in memory.

    Raises:
        NotReadError: it leaves the group, and two people have not read it as it is now.
        ReportError: the notebook cannot be read or a cell failed.
    """
    data = source(ticket)
    require_ticks(data, ticks)
    return _executed(path, ticket, lambda _: data)


def _executed(path: Path, ticket: str, source: Callable[[str], ReportData]) -> Any:
    from amparo.report.engine import run_notebook

    with answered_by(source):
        return run_notebook(path, {"ticket": ticket})
