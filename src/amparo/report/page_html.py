"""A document as one HTML file: nothing is fetched, nothing runs, nobody learns who opened it."""

from __future__ import annotations

from amparo.messages import review_line
from amparo.report.any_language import any_language
from amparo.report.blocks import Document
from amparo.report.page_blocks import PageWriter
from amparo.report.page_text import attribute, html_text
from amparo.report.paper_settings import MM, PAPERS, check_settings, is_rtl
from amparo.resources import package_folder

# What a browser is told to refuse, whatever stands in the page.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


def page(document: Document) -> str:
    """Return *document* as the text of one file, in UTF-8 when it is written.

    It is well-formed XML too, so that any strict reader can check it.

    Raises:
        ReportError: a setting is out of range, or a block cannot stand alone.
    """
    check_settings(document)
    rtl = is_rtl(document)
    writer = PageWriter(any_language(document.lang), rtl=rtl)
    title = attribute(document.title) or "-"
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{document.lang}" dir="{"rtl" if rtl else "ltr"}">\n<head>\n'
        '<meta charset="utf-8"/>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        '<meta name="format-detection" content="telephone=no"/>\n'
        f"<title>{title}</title>\n<style>\n{_style(document)}</style>\n</head>\n<body>\n"
        f"<main>\n<h1>{html_text(document.title, rtl=rtl) or '-'}</h1>\n"
        f"{writer.all(document.blocks)}\n</main>\n{_foot(document, rtl=rtl)}</body>\n</html>\n"
    )


def _foot(document: Document, *, rtl: bool) -> str:
    lines = (html_text(text, rtl=rtl) for text in (document.foot, review_line(document.lang)))
    shown = "".join(f"<p>{line}</p>" for line in lines if line)
    return f"<footer>{shown}</footer>\n" if shown else ""


def _style(document: Document) -> str:
    """Return the style of every page, and the paper of this one."""
    wide, high = (side / MM for side in PAPERS[document.paper])
    paper = f"@page {{ size: {wide:.1f}mm {high:.1f}mm; margin: {document.margin_mm:g}mm; }}\n"
    body = f"@media print {{ body {{ font-size: {document.body_pt:g}pt; }} }}\n"
    style = (package_folder("report/templates") / "page.css").read_text("utf-8")
    return style + paper + body
