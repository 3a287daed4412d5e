"""A report as a text document to change and to comment on, through the nbconvert exporter."""

from __future__ import annotations

from amparo.report.made import Made


def write(made: Made) -> bytes:
    """Return the text document.

    Raises:
        ReportError: it does not fit its pages, or a setting is out of range.
    """
    from amparo.report.exporter import AmparoDocxExporter

    return AmparoDocxExporter().from_notebook_node(made.notebook)[0]
