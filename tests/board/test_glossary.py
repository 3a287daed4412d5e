"""Terms in a sentence: whole words, the longest first, once."""

from __future__ import annotations

from datetime import date

import pytest

from amparo.board import glossary
from amparo.board.parts import step_head
from amparo.board.scene import Scene
from amparo.content.examples import example
from amparo.messages import messages
from amparo.model.process import OwnWord
from amparo.model.workspace import Workspace

_NAMES = {"risk": "Risk", "risk_map": "Risk map", "ally": "Ally"}
_DAY = date(2026, 11, 24)


def test_the_longest_term_wins_and_the_pieces_are_the_sentence() -> None:
    """ "Risk map" must not open the meaning of "risk"."""
    text = "Which risk map shows a risk, and a risk?"

    pieces = glossary.cut(text, _NAMES, "en")

    assert pieces[1] == ("risk map", "risk_map")
    assert [id_ for _, id_ in pieces if id_] == ["risk_map", "risk"]
    assert "".join(piece for piece, _ in pieces) == text


@pytest.mark.parametrize("text", ["We rally.", "An asterisk.", ""])
def test_a_part_of_a_word_is_no_term(text: str) -> None:
    """A dotted half of a word would only confuse."""
    assert glossary.terms_in(text, _NAMES, "en") == ()


def test_nothing_is_cut_where_no_names_are_given() -> None:
    """A language without marking shows its sentences whole."""
    assert glossary.cut("Risk.", {}, "en") == [("Risk.", None)]


def test_arabic_finds_a_term_behind_the_article_for_the_list_alone() -> None:
    """Arabic joins "the" to its word; marking half a word there would be wrong."""
    assert glossary.terms_in("من يحمل أكثر الخطر؟", {"risk": "خطر"}, "ar") == ("risk",)
    assert not glossary.marks_words("ar")


def _scene(lang: str, *more: OwnWord) -> Scene:
    records = (*example("large", "en", _DAY), *more)
    return Scene(Workspace.of(records), {}, messages(lang), _DAY, {"step": "s3"})


@pytest.mark.parametrize("lang", ["en", "es", "fr", "ar"])
def test_every_prompt_of_every_step_stays_whole_when_it_is_cut(lang: str) -> None:
    """A lost letter in a safety question is worse than no glossary."""
    held = Workspace.of(example("large", "en", _DAY))
    scenes = (Scene(held, {}, messages(lang), _DAY, {"step": f"s{n}"}) for n in range(15))
    steps = [step_head.draw(scene) for scene in scenes]
    prompts = [one for step in steps for one in step["questions"]]
    terms = [id_ for step in steps for one in step["questions"] for _, id_ in one["parts"] if id_]

    assert all("".join(text for text, _ in one["parts"]) == one["ask"] for one in prompts)
    assert sum(len(step["words"]) for step in steps) >= len(terms)
    assert (lang == "ar") != bool(terms)


def test_a_prompt_of_the_group_itself_is_marked_as_typed_and_not_cut() -> None:
    """What somebody typed is never read aloud and hides with the details."""
    first = step_head.draw(_scene("en"))["questions"][0]["id"]
    word = OwnWord(id="a" * 32, created_on=_DAY, what=first, text="Who of the valley?")

    drawn = step_head.draw(_scene("en", word))["questions"][0]

    assert (drawn["own"], drawn["ask"], "parts" in drawn) == (True, "Who of the valley?", False)
