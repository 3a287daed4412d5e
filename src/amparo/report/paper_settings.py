"""The settings of a page: its size in points, its direction, and what is refused."""

from __future__ import annotations

from amparo.errors import ReportError
from amparo.messages import RIGHT_TO_LEFT
from amparo.report.blocks_document import Document

MM = 72 / 25.4
PAPERS = {"a4": (210 * MM, 297 * MM), "letter": (612.0, 792.0), "oficio": (216 * MM, 340 * MM)}
_BODY_RANGE_PT = (10.0, 24.0)
_MARGIN_RANGE_MM = (8.0, 40.0)
# Letters of Naskh look smaller than Latin ones of the same size.
_ARABIC = 1.12


def check_settings(document: Document) -> None:
    """Refuse a document whose page or language nobody could set.

    Raises:
        ReportError: a setting is out of range.
    """
    low, high = _BODY_RANGE_PT
    if not low <= document.body_pt <= high:
        raise ReportError(f"body is {document.body_pt:g} pt, expected {low:g} to {high:g}")
    low, high = _MARGIN_RANGE_MM
    if not low <= document.margin_mm <= high:
        raise ReportError(f"margin is {document.margin_mm:g} mm, expected {low:g} to {high:g}")
    if document.paper not in PAPERS:
        raise ReportError(f"unknown paper, expected one of {', '.join(PAPERS)}")
    if not (document.lang.isascii() and document.lang.isalpha() and 2 <= len(document.lang) <= 3):  # noqa: PLR2004
        raise ReportError("the language of a document is a code of two or three letters")


def enlargement(document: Document) -> float:
    """Return by how much the body is set larger than it asks for."""
    return _ARABIC if is_rtl(document) else 1.0


def is_rtl(document: Document) -> bool:
    """Tell whether the page is read from right to left."""
    return (document.direction or _direction(document.lang)) == "rtl"


def _direction(lang: str) -> str:
    return "rtl" if lang in RIGHT_TO_LEFT else "ltr"
