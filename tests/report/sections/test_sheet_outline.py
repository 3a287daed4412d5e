"""The sheet on a screen and the sheet on paper are one and the same."""

from __future__ import annotations

from typing import Any

import pytest

from amparo.messages import messages
from amparo.model.plan import Sheet
from amparo.model.workspace import Workspace
from amparo.report.sections.sheet import WORDS_MOST as ON_PAPER
from amparo.report.sections.sheet import sheet_length
from amparo.wording.sheet import WORDS_MOST, length, outline

_FULL: dict[str, Any] = {
    "signs": ["Lights at the bridge", "Call +00 555 0100 12", "Phones are dead"],
    "signal": "Bell, three", "all_clear": "One long", "first_five": ["Stop", "Count all"],
    "duties": [{"duty": "alarm", "letter": "A", "deputy": "B"}, {"duty": "other", "letter": "C"}],
    "go_to": "mango", "do_not": ["follow", "film"], "if_taken": ["Note the hour", "Sign nothing."],
    "afterwards": ["Count all"], "look_again_on": "2026-12-24", "foot_code": "3 - 30/4",
}  # fmt: skip


def _sheet(**fields: Any) -> Sheet:
    return Sheet.read({"id": "a" * 32, "created_on": "2026-11-25", **fields})


@pytest.mark.parametrize("lang", ["en", "es", "fr", "ar"])
@pytest.mark.parametrize("fields", [{}, _FULL], ids=["empty", "full"])
def test_the_screen_counts_the_words_that_the_paper_has(
    material: Any, fields: dict[str, Any], lang: str
) -> None:
    """A group that stays under 150 on screen must not find three dots on paper."""
    sheet = _sheet(**fields)

    parts = outline(sheet, messages(lang))

    assert length(parts) == sheet_length(material("sheet", lang, of=Workspace.of([sheet])))
    assert WORDS_MOST == ON_PAPER


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_example_says_on_screen_too_that_it_is_fictional(material: Any, lang: str) -> None:
    """Nobody must take an example for a plan."""
    data = material("sheet", lang)
    sheet = data.workspace.one(Sheet)

    parts = outline(sheet, messages(lang), example=True)

    assert length(parts) == sheet_length(data)
    assert parts[0].title == messages(lang).text("report.example.foot")


def test_a_telephone_number_is_a_gap_on_screen_as_on_paper() -> None:
    """People see at once that numbers are filled in by hand."""
    told = [line.text for line in outline(_sheet(**_FULL), messages("en"))[0].lines]

    assert told[1] == "Call ____"
