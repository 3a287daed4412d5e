"""Cards to be cut out: their size, their lines, and words that are too many for them."""

from __future__ import annotations

from typing import Any

import pypdfium2 as pdfium
import pytest

from amparo.report import blocks as b
from amparo.report.bundle_markdown import blocks_markdown
from amparo.report.typeset import page_count, typeset

_MM = 72 / 25.4


def _page(text: str, rows: int = 4, **settings: Any) -> b.Document:
    card: tuple[b.Block, ...] = (b.Paragraph(text),)
    cards = b.CutCards((card, (b.Blanks(1, "Medicina:"),)) * rows, folds=True)
    return b.Document("es", "T", (cards,), **{"body_pt": 12.0, **settings})


def _places(pdf: bytes, text: str) -> list[tuple[float, float]]:
    page = pdfium.PdfDocument(pdf)[0].get_textpage()
    search = page.search(text)
    found = []
    while place := search.get_next():
        left, bottom, _, _ = page.get_charbox(place[0])
        found.append((left, bottom))
    return found


def test_cards_have_the_size_that_was_asked_for() -> None:
    """A wallet is 85 by 54 millimetres."""
    pdf = typeset(_page("Pido defensa"))

    fronts, backs = _places(pdf, "Pido"), _places(pdf, "Medicina")

    assert len(fronts) == len(backs) == 4
    assert backs[0][0] - fronts[0][0] == pytest.approx(85 * _MM, abs=1.5)
    assert fronts[0][1] - fronts[1][1] == pytest.approx(54 * _MM, abs=0.5)


def test_from_the_right_the_first_card_stands_right() -> None:
    """Front and back must not change places."""
    card = ((b.Paragraph("AAA"),), (b.Paragraph("BBB"),))

    pdf = typeset(b.Document("ar", "T", (b.CutCards(card),)))

    assert _places(pdf, "AAA")[0][0] > _places(pdf, "BBB")[0][0]


def test_words_that_are_too_many_never_stand_on_the_next_card(paper_inspector: Any) -> None:
    """The card grows where it can be seen; letters shrink where a page is all there is."""
    long = _page("palabra " * 110)

    grown = typeset(long)
    shrunk = typeset(_page("palabra " * 40, rows=4, max_pages=1, floor_pt=10.0))

    assert paper_inspector(grown).none
    assert page_count(grown) > 1
    assert page_count(shrunk) == 1


def test_on_a_screen_cards_are_told_one_by_one() -> None:
    """The notebook shows what the paper says."""
    shown = blocks_markdown((b.CutCards(((b.Paragraph("uno"),), (b.Paragraph("dos"),))),))

    assert shown == "uno\n\n---\n\ndos"
