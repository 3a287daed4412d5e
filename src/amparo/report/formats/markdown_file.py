"""A report as plain text with Markdown, through the nbconvert exporter."""

from __future__ import annotations

from amparo.report.made import Made


def write(made: Made) -> bytes:
    """Return the text.

    Raises:
        ReportError: a setting is out of range.
    """
    from amparo.report.exporter import AmparoMarkdownExporter

    return AmparoMarkdownExporter().from_notebook_node(made.notebook)[0]
