"""What drives the workbook's screens: every step, question and card that the method names."""

from __future__ import annotations

import re
from datetime import date
from typing import get_args

import pytest

from amparo.content import Pack, load
from amparo.model.process import Track
from amparo.resources import bundled

LANGUAGES = ("en", "es", "fr", "ar")
SCREENS = ("steps", "questions", "quick", "levers", "actor_cards")
FICTIONAL = {"en": "fictional", "es": "ficticio", "fr": "fictif", "ar": "خيالي"}
CHECK = {
    "en": "Check before use",
    "es": "Comprobar antes de usar",
    "fr": "À vérifier avant usage",
    "ar": "تحققوا منها قبل الاستعمال",
}

# Steps by depth, from the table of the method: quick, two days, five days.
DEPTHS = {
    "s0": ("full", "full", "full"),
    "s1": ("full", "full", "full"),
    "s2": ("none", "full", "full"),
    "s3": ("light", "full", "full"),
    "s4": ("none", "light", "full"),
    "s5": ("full", "full", "full"),
    "s6": ("full", "full", "full"),
    "s7": ("light", "full", "full"),
    "s8": ("light", "full", "full"),
    "s9": ("none", "full", "full"),
    "s10": ("full", "full", "full"),
    "s11": ("light", "full", "full"),
    "s12": ("light", "full", "full"),
    "s13": ("none", "light", "full"),
    "s14": ("light", "full", "full"),
}


def test_every_step_of_the_method_is_a_screen_in_its_order(foundations: Pack) -> None:
    """A step that is missing is a question that nobody is asked."""
    depths = {s.id: (s.quick, s.two_day, s.five_day) for s in foundations.steps.values()}

    assert list(depths) == list(DEPTHS)
    assert depths == DEPTHS


def test_the_steps_fill_the_eight_tiles_in_order(foundations: Pack) -> None:
    """Someone who walks along the step bar meets the steps in the order of the method."""
    stages = [step.stage for step in foundations.steps.values()]

    assert stages == sorted(stages)
    assert set(stages) == set(range(1, 9))


def test_tracks_of_the_pack_are_those_of_the_records(foundations: Pack) -> None:
    """A track without a label would show brackets on the first screens."""
    assert foundations.vocabularies["track"].ids == get_args(Track)


def test_quick_has_twelve_questions_and_six_of_them_for_ten_minutes(foundations: Pack) -> None:
    """In ten minutes a frightened group can answer these six and no more."""
    quick = foundations.quick.values()

    assert [question.number for question in quick] == list(range(1, 13))
    assert [question.number for question in quick if question.ten] == [1, 5, 6, 7, 8, 9]


def test_every_question_is_asked_in_a_step_and_says_who_may_hear_it(foundations: Pack) -> None:
    """A weak point that is asked for in the plenary is known to the whole village."""
    tags = foundations.vocabularies["question_tag"].ids

    assert len(foundations.questions) >= 130
    assert all(
        q.step in foundations.steps and q.tag in tags for q in foundations.questions.values()
    )


@pytest.mark.parametrize("track", ["quick", "two_day", "five_day"])
def test_every_track_asks_where_the_method_says_so(foundations: Pack, track: str) -> None:
    """A step without a question is an empty screen; a step left out asks nobody anything."""
    asked = {q.step for q in foundations.questions.values() if track in q.tracks and not q.groups}

    assert asked == {s.id for s in foundations.steps.values() if getattr(s, track) != "none"}


def test_a_light_step_asks_less_than_a_full_one(foundations: Pack) -> None:
    """In ninety minutes a light step is one or three questions, no more."""
    plain = [q for q in foundations.questions.values() if not q.groups]

    for step in foundations.steps.values():
        quick = [q for q in plain if q.step == step.id and "quick" in q.tracks]
        assert step.quick != "light" or 1 <= len(quick) <= 3


@pytest.mark.parametrize("lens", ["gender", "collective", "non_state", "root_causes", "care"])
def test_every_lens_is_a_prompt_in_many_steps(foundations: Pack, lens: str) -> None:
    """A lens that has its own chapter is a lens that nobody looks through."""
    steps = {q.step for q in foundations.questions.values() if q.lens == lens and not q.groups}

    assert len(steps) >= 5


def test_weak_points_and_safe_places_are_never_for_the_plenary(foundations: Pack) -> None:
    """The plenary gets signals, care and demands."""
    whole = [q for q in foundations.questions.values() if q.tag == "whole_assembly"]

    assert not [q.id for q in whole if q.kind in {"place", "info_item", "incident", "risk_state"}]
    assert not [q.id for q in whole if q.step == "s4" and q.id != "q_s4_lose"]


@pytest.mark.parametrize(
    "group", ["trade_union", "corp_accountability", "indigenous", "women_defenders"]
)
def test_four_groups_have_their_own_prompts(foundations: Pack, group: str) -> None:
    """Lists, sources, own authorities, care: what a general question forgets."""
    own = [q for q in foundations.questions.values() if q.groups == (group,)]

    assert 8 <= len(own) <= 12
    assert len({q.step for q in own}) >= 8


@pytest.mark.parametrize("lang", LANGUAGES)
def test_questions_are_short_enough_to_be_said_aloud(foundations: Pack, lang: str) -> None:
    """The screen is read to people who do not read."""
    asks = {id_: foundations.text(lang, "question", id_, "ask") for id_ in foundations.questions}

    assert not [id_ for id_, ask in asks.items() if len(re.findall(r"[\w’'+]+", ask)) > 17]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_screens_speak_every_language_of_the_interface(lang: str) -> None:
    """A page that is half English is a page that a village cannot use."""
    screens = load(bundled("curricula") / "foundations", only=SCREENS)

    assert screens.missing(lang) == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_example_says_that_it_is_fictional(foundations: Pack, lang: str) -> None:
    """Nobody may take an example for something that happened next door."""
    word = FICTIONAL[lang]

    for step in foundations.steps:
        assert word in foundations.lines(lang, "step", step, "example")[0].lower()
    for quick in foundations.quick:
        assert word in foundations.text(lang, "quick", quick, "example").lower()


def test_every_kind_of_actor_has_a_card(foundations: Pack) -> None:
    """An actor without a card is one that people approach without a warning."""
    covered = {type_ for card in foundations.actor_cards.values() for type_ in card.types}

    assert covered == set(foundations.vocabularies["actor_types"].ids)
    assert len(foundations.actor_cards) >= 11


def test_every_link_of_the_money_chain_has_a_lever(foundations: Pack) -> None:
    """Who pays, insures or buys can be moved; a link without a lever looks untouchable."""
    covered = {role for lever in foundations.levers.values() for role in lever.chain}

    assert covered == set(foundations.vocabularies["chain_role"].ids)
    assert len(foundations.levers) >= 16


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_lever_says_that_it_must_be_checked_before_use(foundations: Pack, lang: str) -> None:
    """Rules and offices change; nobody has opened a living page for any of them."""
    for id_, lever in foundations.levers.items():
        assert CHECK[lang] in foundations.lines(lang, "lever", id_, "how_to_invoke")[-1]
        assert lever.meta.review_by <= date(2027, 5, 25)


def test_nobody_claims_a_review_of_the_screens(foundations: Pack) -> None:
    """The pack says openly that no practitioner has read them yet."""
    entries = (
        *foundations.steps.values(),
        *foundations.questions.values(),
        *foundations.quick.values(),
        *foundations.levers.values(),
        *foundations.actor_cards.values(),
    )

    assert {entry.meta.reviewed_by_role for entry in entries} == {None}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_screens_use_only_words_of_the_village(lang: str) -> None:
    """No word of an office, and no word that gives a paper away."""
    folder = bundled("curricula") / "foundations" / lang
    text = "".join((folder / f"{stem}.md").read_text("utf-8") for stem in SCREENS)

    assert not re.findall(
        "stakeholder|mitigat|residual|parte interesada|partie prenante", text, re.IGNORECASE
    )
