"""A document as a text document (docx) that a partner can edit and comment on.

Nothing in the file tells who made it, when or on which computer; the same document gives the same
bytes. Of the stock template only the skeleton is used.
"""

from __future__ import annotations

import io
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import docx as python_docx
from docx.shared import Mm, Pt

from amparo.errors import ReportError
from amparo.messages import review_line
from amparo.report.blocks import Document, code
from amparo.report.direction_marks import LEFT_TO_RIGHT
from amparo.report.office_blocks import OfficeWriter
from amparo.report.office_styles import Look, lists, settings, styles
from amparo.report.office_text import Scribe, Shape, written
from amparo.report.office_xml import el, flag, twips
from amparo.report.office_zip import settled
from amparo.report.paper_settings import MM, PAPERS, check_settings, is_rtl
from amparo.report.paper_text import visible
from amparo.report.typeset import fitted

# What word processors show for "never": the oldest day that every one of them can hold.
_NEVER = datetime(1980, 1, 1, tzinfo=UTC)
_KEPT = (
    "/styles",
    "/numbering",
    "/settings",
    "/footer",
    "/image",
    "/officeDocument",
    "/core-properties",
)
_FOOT_MM = 8.0
_CAPTION_PT = 60.0


def docx(document: Document) -> bytes:
    """Return *document* as the bytes of a file.

    Raises:
        FontMissingError: the installation lacks a font.
        ReportError: a setting is out of range, or a block cannot stand alone.
    """
    check_settings(document)
    document = _sized(document)
    look = Look(document.lang, rtl=is_rtl(document), pt=document.body_pt)
    file = python_docx.Document()
    _emptied(file)
    _filled(file.styles.element, styles(look))
    _filled(file.settings.element, settings(look))
    numbering = file.part.numbering_part.element
    _filled(numbering, lists(look))
    wide, high = PAPERS[document.paper]
    margin = document.margin_mm * MM
    tall = high - 2 * margin - _CAPTION_PT
    writer = OfficeWriter(file.part, numbering, look, tall_pt=tall)
    body = file.element.body
    for part in writer.all(document.blocks, wide - 2 * margin):
        body.sectPr.addprevious(part)
    _page(file, document, look)
    _named(file, document)
    stream = io.BytesIO()
    file.save(stream)
    return settled(stream.getvalue())


def _sized(document: Document) -> Document:
    """A text document flows on: one that fits no page is still worth editing."""
    try:
        return fitted(document)
    except ReportError:
        return document


def _emptied(file: Any) -> None:
    """Drop what is not needed of the template: fonts, colours, its picture, its maker."""
    for holder in (file.part.package, file.part):
        for key, relation in list(holder.rels.items()):
            if not relation.reltype.endswith(_KEPT):
                del holder.rels[key]


def _filled(element: Any, children: list[Any]) -> None:
    for child in list(element):
        element.remove(child)
    for child in children:
        element.append(child)


def _page(file: Any, document: Document, look: Look) -> None:
    wide, high = PAPERS[document.paper]
    section = file.sections[0]
    # What the template still holds of the sessions in which it was written.
    section._sectPr.attrib.clear()  # noqa: SLF001
    section.page_width, section.page_height = Pt(wide), Pt(high)
    margin = Mm(document.margin_mm)
    section.left_margin = section.right_margin = section.top_margin = margin
    section.bottom_margin = Mm(document.margin_mm + 4)
    section.header_distance = section.footer_distance = Mm(min(_FOOT_MM, document.margin_mm))
    if look.rtl:
        # Its place in the standard is before the last one; python-docx has no name for it.
        section._sectPr[-1].addprevious(el("bidi"))  # noqa: SLF001
    _foot(section.footer, document, look, wide - 2 * document.margin_mm * MM)


def _foot(footer: Any, document: Document, look: Look, room: float) -> None:
    """The small code and the number of the page in one line, the review below it."""
    footer.is_linked_to_previous = False
    scribe = Scribe(rtl=look.rtl)
    tabs = el("tabs", el("tab", val="right", pos=twips(room)))
    line = el("p", el("pPr", el("pStyle", val="Footer"), tabs, flag("bidi", on=look.rtl)))
    for run in scribe.runs(document.foot):
        line.append(run)
    if document.max_pages != 1:
        line.append(el("r", el("tab")))
        side = [el("r", written(LEFT_TO_RIGHT))] if look.rtl else []
        for part in side, _field("PAGE"), scribe.runs(code(" / ")), _field("NUMPAGES"), side:
            line.extend(deepcopy(part))
    review = review_line(document.lang)
    more = [scribe.paragraph(review, Shape("Footer"))] if review else []
    _filled(footer._element, [line, *more])  # noqa: SLF001


def _field(name: str) -> list[Any]:
    """Return a number that the word processor fills in; 1 until it does."""
    code = el("instrText")
    code.text = name
    number = el("t")
    number.text = "1"
    return [
        el("r", el("fldChar", fldCharType="begin")),
        el("r", code),
        el("r", el("fldChar", fldCharType="separate")),
        el("r", number),
        el("r", el("fldChar", fldCharType="end")),
    ]


def _named(file: Any, document: Document) -> None:
    """Leave the harmless title, and a day that says nothing."""
    core = file.core_properties
    _filled(core._element, [])  # noqa: SLF001
    core.title = " ".join(visible(document.title).split()) or "-"
    core.created = core.modified = _NEVER
