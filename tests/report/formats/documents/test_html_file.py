"""One file for a browser: it asks nobody for anything, and everybody can read it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from defusedxml import ElementTree

from amparo.report import blocks as b
from amparo.report.page_html import page

REPORTS = ("sheet", "plan", "analysis", "notes")


def _tree(text: str) -> Any:
    return ElementTree.fromstring(text)


@pytest.fixture(scope="module")
def full(made: Any) -> str:
    """The page with the most kinds of blocks."""
    return page(made("analysis", "ar").document)


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_page_refers_to_nothing_outside_it(report: str, lang: str, written: Any) -> None:
    """An opened file that fetches a picture tells somebody who opened it, and where."""
    text = written("html", report, lang).decode().lower()

    found = re.findall(
        r"https?:|//|@import|<script|<link|<iframe|<object|<embed|<form|<base|srcset|href"
        r"|\son\w+=|src=(?!\"data:)|url\((?!#)",
        text,
    )
    assert found == []


def test_a_page_forbids_the_browser_to_fetch_or_run_anything(full: str) -> None:
    """A second lock, should the first ever fail."""
    policy = next(
        meta.get("content")
        for meta in _tree(full).iter("meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    )

    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")


def test_a_page_says_its_language_direction_and_harmless_title(made: Any) -> None:
    """A voice reads Arabic as Arabic, and the window shows what the group chose."""
    document = made("plan", "ar").document

    root = _tree(page(document))

    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")
    assert root.findtext("head/title") == document.title
    assert [part.text for part in root.iter("h1")] == [document.title]


def test_headings_leave_out_no_level(full: str) -> None:
    """People who listen jump from heading to heading."""
    levels = [int(part.tag[1]) for part in _tree(full).iter() if re.fullmatch("h[1-6]", part.tag)]

    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_cells_that_name_others_are_headers_with_a_scope(full: str) -> None:
    """A voice says to which column a cell belongs."""
    heads = list(_tree(full).iter("th"))

    assert heads
    assert {head.get("scope") for head in heads} == {"col", "row"}
    assert all("".join(head.itertext()).strip() for head in heads)


def test_charts_are_pictures_with_their_words(made: Any) -> None:
    """Who cannot see the map hears it."""
    root = _tree(page(made("analysis", "en").document))

    pictures = list(root.iter("svg"))
    assert len(pictures) >= 4
    assert all(picture.get("role") == "img" for picture in pictures)
    assert any("T1: extreme" in picture.get("aria-label", "") for picture in pictures)


def test_the_same_chart_twice_shares_no_id() -> None:
    """Two patterns of one name: the second picture would be drawn with the first one's."""
    from amparo.report.blocks_charts import Spoke, Wheel

    wheel = Wheel("flat", tuple(Spoke(name, 2) for name in "abcde"))

    ids = re.findall(r'\sid="([^"]+)"', page(b.Document("en", "T", (wheel, wheel))))

    assert ids
    assert len(ids) == len(set(ids))


def test_numbers_in_arabic_are_kept_apart() -> None:
    """A telephone that is turned around rings somewhere else."""
    text = page(b.Document("ar", "T", (b.Paragraph("اتصل +51 900-000 الآن"),)))

    assert '<bdi dir="ltr">+51 900-000</bdi>' in text


def test_lines_to_fill_in_by_hand_are_there_and_have_a_name() -> None:
    """The numbers of the people to call are written with a pen."""
    blanks = (b.Blanks(4, numbered=True), b.Blanks(1, label="Copy"))

    lines = [s for s in _tree(page(b.Document("en", "T", blanks))).iter("span") if s.get("role")]

    assert len(lines) == 5
    assert all(line.get("aria-label") for line in lines)


def test_paper_and_margins_are_those_of_the_document() -> None:
    """A page that is printed from a browser fits the paper of the group."""
    text = page(b.Document("en", "T", paper="oficio", margin_mm=14))

    assert "size: 216.0mm 340.0mm; margin: 14mm" in text


def test_titles_that_paper_leaves_out_are_still_said() -> None:
    """The eye understands two columns; the ear needs their names."""
    columns = (b.Column("Task"), b.Column("Letter"))
    table = b.Table(columns, (("alarm", "A"),), header=False)

    root = _tree(page(b.Document("en", "T", (table,))))

    assert root.find(".//thead").get("class") == "unseen"  # type: ignore[union-attr]
    assert [head.text for head in root.iter("th")] == ["Task", "Letter"]
