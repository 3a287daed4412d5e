"""In what form a report can leave: one file a form, read when it is asked for."""

from __future__ import annotations

import importlib
from dataclasses import dataclass

from amparo.errors import ReportError
from amparo.report.made import Made


@dataclass(frozen=True, slots=True)
class Format:
    """One form of file.

    Attributes:
        name: as it is asked for, and the end of the file's name.
        media_type: for a browser.
        writer: a module with ``write(made) -> bytes``.
        is_open: whether it can be changed by anybody who holds it: such a file is encrypted,
            unless somebody says otherwise in so many words (domain safety rule 1.13).
    """

    name: str
    media_type: str
    writer: str
    is_open: bool = True

    def write(self, made: Made) -> bytes:
        """Return the file.

        Raises:
            ReportError: it cannot be made in this form.
        """
        return importlib.import_module(f"amparo.report.formats.{self.writer}").write(made)


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format("pdf", "application/pdf", "pdf_file", is_open=False),
        Format("html", "text/html", "html_file"),
        Format("docx", f"{_OFFICE}.wordprocessingml.document", "docx_file"),
        Format("md", "text/markdown", "markdown_file"),
        Format("xlsx", f"{_OFFICE}.spreadsheetml.sheet", "xlsx_file"),
        Format("csv", "application/zip", "csv_files"),
        Format("json", "application/json", "json_file"),
        Format("ics", "text/calendar", "calendar_file"),
    )
}


def format_of(name: str) -> Format:
    """Return the form called *name*.

    Raises:
        ReportError: there is none.
    """
    if name not in FORMATS:
        raise ReportError(f"unknown format, expected one of {', '.join(FORMATS)}")
    return FORMATS[name]
