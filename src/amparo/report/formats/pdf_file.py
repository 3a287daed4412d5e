"""A report as a tagged PDF: what the nbconvert exporter makes, without its copy of the notebook."""

from __future__ import annotations

from amparo.report.made import Made


def write(made: Made) -> bytes:
    """Return the PDF.

    Raises:
        ReportError: it does not fit its pages, or cannot be typeset.
    """
    from amparo.report.typeset import typeset

    return typeset(made.document)
