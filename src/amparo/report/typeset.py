"""Turn a document into a tagged PDF with Typst: no network, no system font, no time, no name.

Typst reads our templates only; the document enters as JSON, so nothing in it is ever markup.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from amparo.errors import ReportError
from amparo.report.blocks import Document
from amparo.report.paper_compose import compose
from amparo.report.paper_settings import enlargement
from amparo.report.typesetter import compiled

BODY_LEAST_PT = 10.0
SHEET_PT = 14.0
_STEP_PT = 0.5
_PAGES = re.compile(rb"/Type/Pages/Count (\d+)")


def typeset(document: Document) -> bytes:
    """Return *document* as PDF/UA-1; the same document gives the same bytes.

    Raises:
        FontMissingError: the installation lacks a font.
        ReportError: it does not fit in ``max_pages`` at its smallest size, or a setting is
            out of range.
    """
    return _fitted(document)[1]


def fitted(document: Document) -> Document:
    """Return *document* with the size of letters at which it fits its pages.

    Raises:
        FontMissingError: the installation lacks a font.
        ReportError: as for ``typeset``.
    """
    return _fitted(document)[0] if document.max_pages else document


def _fitted(document: Document) -> tuple[Document, bytes]:
    if not document.max_pages:
        return document, _compiled(document)
    floor = document.floor_pt or _least(document)
    pt = document.body_pt
    while True:
        smaller = replace(document, body_pt=pt)
        pdf = _compiled(smaller)
        pages = page_count(pdf)
        if pages <= document.max_pages:
            return smaller, pdf
        if pt <= floor:
            fact = f"{pages} pages at {pt:g} pt, expected at most {document.max_pages}"
            raise ReportError(fact)
        pt = max(floor, pt - _STEP_PT)


def _least(document: Document) -> float:
    if document.body_pt < SHEET_PT:
        return BODY_LEAST_PT
    # What counts is the size on the paper, and some letters are set larger than asked for.
    return SHEET_PT / enlargement(document)


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF made here has.

    Raises:
        ReportError: it was not made here.
    """
    found = _PAGES.search(pdf)
    if not found:
        raise ReportError("not a PDF of ours")
    return int(found.group(1))


def _compiled(document: Document) -> bytes:
    data = compose(document)
    pdf = _compile(data)
    if pdf is None:
        # A picture that Typst cannot read must not cost the whole report.
        pdf = _compile({**data, "blocks": _without_bad_pictures(data)})
    if pdf is None:
        raise ReportError("the document could not be typeset")
    return pdf


def _compile(data: dict[str, Any]) -> bytes | None:
    import typst

    inputs = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    try:
        pdf = compiled("paper.typ", inputs, format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError:
        # Its text may quote the document: it is dropped on purpose.
        return None
    return pdf if isinstance(pdf, bytes) else None


def _without_bad_pictures(data: dict[str, Any]) -> list[Any]:
    return [_checked(block, data) for block in data["blocks"]]


def _checked(block: Any, data: dict[str, Any]) -> Any:
    if isinstance(block, list):
        return [_checked(item, data) for item in block]
    if not isinstance(block, dict):
        return block
    if block.get("k") == "picture":
        alone = _compile({**data, "blocks": [block]})
        words = [{"t": f"[{block['alt']}]"}]
        near = "right" if data["rtl"] else "left"
        return block if alone else {"k": "paragraph", "align": near, "r": words}
    return {key: _checked(value, data) for key, value in block.items()}
