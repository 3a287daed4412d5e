"""A report as one HTML file that asks nobody for anything, through the nbconvert exporter."""

from __future__ import annotations

from amparo.report.made import Made


def write(made: Made) -> bytes:
    """Return the page.

    Raises:
        ReportError: a setting is out of range.
    """
    from amparo.report.exporter import AmparoHTMLExporter

    return AmparoHTMLExporter().from_notebook_node(made.notebook)[0]
