"""Plain text that people can read, change and send, and that shows what was written."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.report import blocks as b
from amparo.report import blocks_charts as c
from amparo.report.markdown_blocks import markdown_blocks
from amparo.report.paper_text import visible
from amparo.report.plain_markdown import markdown

_SIGNS = "ab1 _*`[]()<>&;#|-+=.~$\\!:/x\n"


def _of(*blocks: b.Block, lang: str = "en", title: str = "T") -> str:
    return markdown(b.Document(lang, title, blocks)).split("\n\n---\n\n")[0]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_charts_are_words_and_tables(lang: str, written: Any) -> None:
    """Shapes in a text editor are noise."""
    text = written("md", "analysis", lang).decode()

    assert not re.search("<svg|<img|data:|base64", text)
    assert re.search(r"^\| T1 \|", text, re.MULTILINE)


def test_the_title_is_the_only_heading_of_the_first_level(made: Any, written: Any) -> None:
    """Programs that read Markdown take it for the name of the text."""
    lines = written("md", "plan", "fr").decode().split("\n")

    assert [x for x in lines if re.match("# ", x)] == [f"# {made('plan', 'fr').document.title}"]


def test_ordinary_sentences_stay_as_they_are() -> None:
    """Whoever edits it should not have to read around signs."""
    text = "Call A/B (today) - 3 May, 8:30; 50 % of us: it's 2.5 km! ____ #1 snake_case."

    assert _of(b.Paragraph(text)) == f"# T\n\n{text}"


@settings(max_examples=80)
@given(st.text(alphabet=_SIGNS, max_size=40))
def test_a_paragraph_comes_back_as_it_was_typed(text: str) -> None:
    """Markdown in a sentence is a sentence."""
    found = markdown_blocks(_of(b.Paragraph(text)))[1:]

    assert "".join("".join(_words(found)).split()) == "".join(visible(text).split())


@settings(max_examples=50)
@given(st.lists(st.tuples(st.text(alphabet=_SIGNS, max_size=9), st.integers(0, 2)), max_size=5))
def test_bold_and_slanted_words_come_back_too(parts: list[tuple[str, int]]) -> None:
    """A sign beside a bold word must not become one of ours."""
    runs = tuple(b.Run(text, strong=how == 1, emphasis=how == 2) for text, how in parts)

    found = markdown_blocks(_of(b.Paragraph(runs)))[1:]

    assert "".join("".join(_words(found)).split()) == "".join(b.plain(runs).split())


@settings(max_examples=50)
@given(st.lists(st.text(alphabet=_SIGNS, max_size=12), min_size=2, max_size=2))
def test_a_cell_comes_back_as_it_was_typed(cells: list[str]) -> None:
    """A bar in a cell must not make a new column."""
    table = b.Table((b.Column("x"), b.Column("y")), (tuple(cells),))

    (found,) = markdown_blocks(_of(table).replace("<br>", " "))[1:]

    assert isinstance(found, b.Table)
    assert ["".join(b.plain(cell).split()) for cell in found.rows[0]] == [
        "".join(cell.split()) for cell in cells
    ]


def _words(blocks: Any) -> list[str]:
    found = []
    for block in blocks:
        found.append(b.plain(getattr(block, "text", "")))
        assert isinstance(block, b.Paragraph)
    return found


def test_lists_that_follow_each_other_stay_two() -> None:
    """The second list of steps starts with one again."""
    found = markdown_blocks(_of(b.Numbered(("a", "b")), b.Numbered(("c",)), b.Bullets(("d",))))

    kinds = [type(block).__name__ for block in found]
    assert kinds == ["Heading", "Numbered", "Numbered", "Bullets"]


def test_every_chart_is_told() -> None:
    """A number that stands in a picture only would be lost here."""
    wheel = c.Wheel("flat", tuple(c.Spoke(name, 3, 1) for name in "abcde"))
    bars = c.Bars("three", (c.Bar("ready", 6, "six"),))
    line = c.Timeline("one", ("May",), (c.Happening(0, "7", 2),), ("no", "small", "grave"))

    text = _of(wheel, bars, line)

    assert "| a | 3 (1) |" in text
    assert "| ready | six |" in text
    assert "| May | 7 (grave) |" in text


def test_lines_to_fill_in_stand_where_they_belong() -> None:
    """Somebody prints it and takes a pen."""
    text = _of(b.Blanks(2, numbered=True), b.Blanks(1, label="Copy"))

    assert text.endswith("1. ________\n2. ________\n\nCopy ________")


def test_numbers_in_arabic_keep_their_order() -> None:
    """A telephone that is turned around rings somewhere else."""
    assert "\u200e+51 900-000\u200e" in _of(b.Paragraph("اتصل +51 900-000 الآن"), lang="ar")
