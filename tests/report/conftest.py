"""What the report tests share: an inspector that finds ugliness in a PDF by machine."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from dataclasses import dataclass

import pypdfium2 as pdfium
import pytest
from pypdfium2 import raw

_SLACK_PT = 1.5
# A line hangs from its capitals; accents and risers of a heading stand a little above.
_RISE_PT = 5.0
_EDGE_PT = 17.0
# Accents and tails of neighbouring lines come close; letters of two texts in one place do not.
_OVERLAP_WIDE_PT = 1.6
_OVERLAP_HIGH = 0.22
_SAME_LINE_PT = 6.0
_VOWEL_MARK = re.compile("[\u064b-\u0652]")


@dataclass(frozen=True)
class Line:
    """A piece of one line of text and the box around its letters, y upwards."""

    page: int
    text: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class PaperFaults:
    """What is wrong with a PDF; every list is empty when it is well made."""

    overlapping: tuple[tuple[str, str], ...]
    outside: tuple[str, ...]
    too_small: tuple[str, ...]
    drawn_outside: int
    pages: int
    text: str
    seen: tuple[str, ...]
    """Every line as the eye meets it from left to right, without spaces."""

    @property
    def none(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.overlapping or self.outside or self.too_small or self.drawn_outside)


Inspector = Callable[..., PaperFaults]


@pytest.fixture(scope="session")
def paper_inspector() -> Inspector:
    """Return ``inspect(pdf, min_pt=10, margin_mm=18)``, which looks at every page of a PDF."""
    return _inspect


def _inspect(pdf: bytes, *, min_pt: float = 10.0, margin_mm: float = 18.0) -> PaperFaults:
    document = pdfium.PdfDocument(pdf)
    overlapping: list[tuple[str, str]] = []
    outside: list[str] = []
    small: list[str] = []
    texts: list[str] = []
    seen: list[str] = []
    drawn = 0
    margin = margin_mm * 72 / 25.4 - _SLACK_PT
    for number in range(len(document)):
        page = document[number]
        textpage = page.get_textpage()
        size = page.get_size()
        lines = _lines(textpage, number)
        texts.append(textpage.get_text_range())
        seen += _seen(textpage)
        overlapping += _overlaps(lines)
        outside += _outside(textpage, size, margin)
        small += _small(textpage, min_pt)
        drawn += _drawn_outside(page, size)
    return PaperFaults(
        tuple(overlapping),
        tuple(outside),
        tuple(small),
        drawn,
        len(document),
        "\n".join(texts),
        tuple(seen),
    )


def _lines(textpage: pdfium.PdfTextPage, page: int) -> list[Line]:
    found = []
    for i in range(textpage.count_rects()):
        left, bottom, right, top = textpage.get_rect(i)
        text = textpage.get_text_bounded(left, bottom, right, top).strip()
        if text:
            found.append(Line(page, text, left, bottom, right, top))
    return found


def _seen(textpage: pdfium.PdfTextPage) -> list[str]:
    rows: dict[int, list[tuple[float, str]]] = {}
    x, y = ctypes.c_double(), ctypes.c_double()
    for i in range(textpage.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(textpage, i))
        if character.strip() and raw.FPDFText_IsGenerated(textpage, i) != 1:
            raw.FPDFText_GetCharOrigin(textpage, i, ctypes.byref(x), ctypes.byref(y))
            rows.setdefault(round(y.value), []).append((x.value, character))
    return ["".join(c for _, c in sorted(row)) for _, row in sorted(rows.items(), reverse=True)]


def _overlaps(lines: list[Line]) -> list[tuple[str, str]]:
    ordered = sorted(lines, key=lambda line: line.bottom)
    found = []
    for i, one in enumerate(ordered):
        for other in ordered[i + 1 :]:
            if other.bottom >= one.top:
                break
            wide = min(one.right, other.right) - max(one.left, other.left)
            high = min(one.top, other.top) - max(one.bottom, other.bottom)
            least = min(one.top - one.bottom, other.top - other.bottom)
            if _bare(one.text) in _bare(other.text) or _bare(other.text) in _bare(one.text):
                continue  # pdfium gives a piece of a right-to-left line twice
            if _pieces_of_one_line(one, other):
                continue
            if wide > _OVERLAP_WIDE_PT and high > _OVERLAP_HIGH * least:
                found.append((one.text, other.text))
    return found


def _bare(text: str) -> str:
    """Return *text* without signs of direction, vowel marks (they stand on a letter) and spaces."""
    return re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u064b-\u0652\\s]", "", text)


def _pieces_of_one_line(one: Line, other: Line) -> bool:
    """Tell whether pdfium cut a right-to-left line in two at a vowel mark, with the letter twice."""
    marked = any(_VOWEL_MARK.search(line.text) for line in (one, other))
    return marked and abs(one.top + one.bottom - other.top - other.bottom) < _SAME_LINE_PT


def _outside(textpage: pdfium.PdfTextPage, size: tuple[float, float], margin: float) -> list[str]:
    """Find letters that stand in a margin (a space at the end of a line may)."""
    found = []
    wide, high = size
    for i in range(textpage.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(textpage, i))
        if not character.strip() or raw.FPDFText_IsGenerated(textpage, i) == 1:
            continue
        left, bottom, right, top = textpage.get_charbox(i)
        beside = left < margin or right > wide - margin
        # The foot stands in the lower margin, but never within 6 mm of the edge.
        if beside or top > high - margin + _RISE_PT or bottom < _EDGE_PT:
            found.append(f"{character} at {left:.0f}, {bottom:.0f}")
    return found


def _small(textpage: pdfium.PdfTextPage, min_pt: float) -> list[str]:
    found = []
    matrix = raw.FS_MATRIX()
    for i in range(textpage.count_chars()):
        if raw.FPDFText_IsGenerated(textpage, i) == 1:
            continue
        raw.FPDFText_GetMatrix(textpage, i, ctypes.byref(matrix))
        scale = abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
        size = raw.FPDFText_GetFontSize(textpage, i) * scale
        character = chr(raw.FPDFText_GetUnicode(textpage, i))
        if character.strip() and size < min_pt - 0.05:
            found.append(f"{character} {size:.1f} pt")
    return found


def _drawn_outside(page: pdfium.PdfPage, size: tuple[float, float]) -> int:
    """Count shapes and pictures that reach over the edge of the paper."""
    count = 0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = item.get_bounds()
        count += left < -1 or bottom < -1 or right > size[0] + 1 or top > size[1] + 1
    return count
