"""The typesetter keeps little in memory, and lays nothing out twice that it need not."""

from __future__ import annotations

import json
from typing import Any

import psutil
import pypdfium2
import pytest

from amparo.report import blocks as b
from amparo.report import paper_compose, typesetter
from amparo.report.blocks import Document
from amparo.report.paper_compose import compose
from amparo.report.paper_heights import SMALL_PT
from amparo.report.typeset import page_count, typeset

_WORDS = "Alguien podría seguirnos por el camino del río. "


def _long(number: int) -> Document:
    rows = tuple((f"{number} {row} {_WORDS}", _WORDS * 3) for row in range(120))
    table = b.Table((b.Column("x"), b.Column("y")), rows)
    return Document(lang="es", title="T", blocks=(table,))


def test_the_words_of_one_group_do_not_stay_for_the_next_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A worker that makes a thousand different analyses would fill the computer."""
    monkeypatch.setattr(typesetter, "_KEPT_MOST", 20_000)
    for number in range(2):
        typeset(_long(number))
    before = psutil.Process().memory_info().rss

    for number in range(2, 9):
        typeset(_long(number))

    assert psutil.Process().memory_info().rss - before < 30_000_000  # 50 without


def test_it_forgets_when_it_keeps_much_and_not_after_every_small_paper(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """To forget costs as much as a small paper."""
    made: list[str] = []

    class Dummy:
        def __init__(self, template: str) -> None:
            self.template = template

        def compile(self, **_: Any) -> bytes:
            made.append(self.template)
            return b""

    monkeypatch.setattr(typesetter, "_compiler", Dummy)
    monkeypatch.setattr(typesetter, "_memory", typesetter._Memory())

    for letters in (50_000, 50_000, 50_000, 50_000):
        typesetter.compiled("paper.typ", "x" * letters)

    assert made == ["paper.typ"] * 3 + ["nothing.typ"] * 11 + ["paper.typ"]


@pytest.mark.parametrize("letters", ["W", "i", "W ", "ﷺ ", "م ", "\n", "W\n"])
@pytest.mark.parametrize("count", [20, 200, 900, 4000])
def test_what_is_taken_for_small_fits_the_smallest_page(letters: str, count: int) -> None:
    """What must not break and is higher than a page would be cut off."""
    text = letters * count
    blocks = (
        b.Box(text[:80], (b.Paragraph(text), b.Box("", (b.Bullets((text,)),)))),
        b.KeyValues(((text[:50], text),)),
        b.Table((b.Column("x"), b.Column(text[:40])), ((text, text[:99]),)),
    )
    for lang in ("es", "ar"):
        for block in blocks:
            document = Document(lang, "T", (block,), paper="letter", margin_mm=40, body_pt=14)
            (composed, *_) = compose(document)["blocks"]
            if composed["size"] == "small":
                assert page_count(typeset(document)) == 1


@pytest.mark.parametrize("rows", [1, 6, 12, 24, 60])
def test_a_guess_changes_no_page(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Measured or guessed, what moves to the next page as a whole is the same."""
    filler = tuple(b.Paragraph(_WORDS * 3) for _ in range(9))
    boxes = tuple(b.Box("T", tuple(b.Paragraph(_WORDS) for _ in range(rows))) for _ in range(3))
    pairs = b.KeyValues(tuple((_WORDS[:20], _WORDS * 2) for _ in range(rows)))
    document = Document("es", "T", (*filler, *boxes, pairs))
    guessed = typeset(document)
    monkeypatch.setattr(
        paper_compose, "fitting", lambda block, _room, _pt: {**block, "size": "measure"}
    )

    measured = typeset(document)

    assert _seen(guessed) == _seen(measured)


def _seen(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [document[i].get_textpage().get_text_range() for i in range(len(document))]


def test_nearly_everything_of_a_paper_is_known_without_measuring() -> None:
    """Else a report takes twice the time, and nobody would notice why."""
    text = json.dumps(compose(Document("es", "T", (b.Box("T", (b.Paragraph(_WORDS),)),))))

    assert '"size": "small"' in text
    assert SMALL_PT <= 300
