"""Every form, empty, to be filled in on paper: no keeper, no workspace, no passphrase.

Examples:
    >>> forms = blank(ticket)
    >>> forms  # the settings of the paper
    >>> forms.questions()
"""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from amparo.errors import ReportError
from amparo.messages import messages
from amparo.model.workspace import Workspace
from amparo.report.blocks import Document, PageBreak, Paper
from amparo.report.bundle import Section, Settings
from amparo.report.opened import PAPERS, answer
from amparo.report.sections import blank_forms, sheet, step_forms
from amparo.report.sections.material import Material, ReportData
from amparo.report.sections.words import Words

NO_TICKET = "0" * 32


def make_blank(
    *, lang: str, paper: str | None = None, report: str = "blank", step: str | None = None
) -> bytes:
    """Return blank forms as one PDF.

    Args:
        lang: code of the language.
        paper: ``a4``, ``letter`` or ``oficio``.
        report: ``blank`` (the quick questions and the sheet) or ``forms`` (every step).
        step: one step of the forms, ``s0`` to ``s14``; None for all.

    Raises:
        LanguageError: there is no catalogue for this language.
        ReportError: unknown paper.
    """
    from amparo.report.run import run_report

    messages(lang)
    if paper is not None and paper not in PAPERS:
        raise ReportError(f"unknown paper, expected one of {', '.join(PAPERS)}")
    return run_report(report, NO_TICKET, lambda _: _nothing(lang, paper, step))


def blank(ticket: str = NO_TICKET) -> Forms:
    """Open the blank forms; without a language asked for they are in English."""
    return Forms(answer(ticket) or _nothing("en", None))


def _nothing(lang: str, paper: str | None, step: str | None = None) -> ReportData:
    # No day is printed, so any fixed one keeps the bytes the same.
    parameters = {"step": step} if step else {}
    return Material(Workspace(), "blank", "public", lang, paper, date.min, parameters=parameters)


class Forms:
    """The blank forms, one method each; shown alone in a cell they set up the paper."""

    def __init__(self, data: ReportData) -> None:
        self.data = data
        self._words = Words(data.lang)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return Settings(self.document())._repr_mimebundle_()

    def document(self) -> Document:
        """Return the settings of the paper."""
        return Document(
            lang=self.data.lang,
            title=self._words.paper("untitled"),
            paper=cast("Paper", self.data.paper or PAPERS[0]),
            body_pt=12.0,
            margin_mm=14.0,
        )

    def questions(self) -> Section:
        """The twelve Quick questions."""
        return Section(blank_forms.questions(self._words))

    def sheet(self) -> Section:
        """The emergency sheet."""
        return Section((PageBreak(), *sheet.sheet_blocks(self.data)))

    def threat(self) -> Section:
        """One threat, with the anchors of the scales."""
        return Section(blank_forms.threat(self._words))

    def measures(self) -> Section:
        """The table of measures."""
        return Section(blank_forms.measures(self._words))

    def grid(self) -> Section:
        """The grid for the risk map."""
        return Section(blank_forms.grid(self._words))

    def alerts(self) -> Section:
        """The alert ladder."""
        return Section(blank_forms.alerts(self._words))

    def step(self, step: str) -> Section:
        """Every field of one step, ``s0`` to ``s14``, with a number before each."""
        if self.data.parameters.get("step", step) != step:
            return Section(())
        return Section(step_forms.step_blocks(self._words, step))
