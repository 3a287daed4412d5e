"""What the parts of "who is involved" show: stance and weight, the money chain, the cards."""

from __future__ import annotations

import json
from datetime import date

import pytest

from amparo.board.parts import actor_cards, actor_map, money_chain
from amparo.board.scene import Scene
from amparo.content.examples import Size, example
from amparo.messages import messages
from amparo.model.actors import Actor
from amparo.model.base import Record, field_reach
from amparo.model.registry import read_record
from amparo.model.workspace import Workspace

TODAY = date(2026, 11, 24)
PARTS = (actor_map, money_chain, actor_cards)


def _scene(lang: str, *records: Record) -> Scene:
    return Scene(Workspace.of(records), {}, messages(lang), TODAY)


def _example(lang: str = "en", size: Size = "large") -> Scene:
    return _scene(lang, *example(size, lang, TODAY))


def _actor(number: int = 1, **fields: object) -> Record:
    base = {"id": f"{number:032x}", "created_on": TODAY.isoformat(), "label": f"code {number}"}
    return read_record("actor", {**base, "actor_type": "project_company", **fields})


def _tie(number: int, source: Record, target: Record, **fields: object) -> Record:
    base = {"id": f"{number:032x}", "created_on": TODAY.isoformat(), "relation_type": "employs"}
    return read_record("relation", {**base, "from_id": source.id, "to_id": target.id, **fields})


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__.rpartition(".")[2])
@pytest.mark.parametrize("lang", ["es", "fr", "ar"])
def test_a_part_says_everything_in_every_language(part, lang: str) -> None:
    """What is not translated shows as a key, and a widget sends nothing but JSON."""
    shown = json.dumps(part.draw(_example(lang, "small")), ensure_ascii=False)

    assert "⟦" not in shown


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__.rpartition(".")[2])
def test_an_empty_workspace_is_drawn_too(part) -> None:
    """A screen that breaks when nothing is written helps nobody to begin."""
    assert json.dumps(part.draw(_scene("en")))


def test_every_actor_has_one_number_in_all_pictures() -> None:
    """A number that means two actors would send people to the wrong door."""
    scene = _example()

    numbers = {mark["id"]: mark["number"] for mark in actor_map.draw(scene)["marks"]}

    assert sorted(numbers.values()) == list(range(1, len(scene.workspace.all(Actor)) + 1))
    nodes = money_chain.draw(scene)["nodes"]
    assert {node["id"]: node["number"] for node in nodes}.items() <= numbers.items()


def test_an_unknown_stance_is_said_and_not_drawn_as_in_between() -> None:
    """Not knowing is not neutral: the unknown one may be the danger."""
    (mark,) = actor_map.draw(_scene("en", _actor(stance=None)))["marks"]

    assert mark["stance"] is None
    assert mark["stance_words"] == "we do not know"
    assert mark["side"] == "unknown"


def test_much_weight_without_a_known_stance_is_warned_of() -> None:
    """Method S3: influence of 4 or more with an unknown stance asks to find out, safely."""
    strong, weak = _actor(1, stance=None, influence=4), _actor(2, stance=None, influence=3)

    (warning,) = actor_map.draw(_scene("en", strong, weak))["warnings"]

    assert warning["records"] == [{"id": strong.id, "label": "code 1"}]
    assert warning["step"] == "s3"


def test_a_threat_that_we_only_guess_about_is_warned_of() -> None:
    """Method S3: attribution on low confidence alone must not harden into a fact."""
    guess = _actor(1, stance=-2, confidence="low")
    fields = {"id": "9" * 32, "created_on": TODAY.isoformat(), "sentence": "they could come"}
    threat = read_record(
        "threat", {**fields, "threat_type": "intimidation", "actor_ids": [guess.id]}
    )

    (warning,) = actor_map.draw(_scene("en", guess, threat))["warnings"]

    assert warning["step"] == "s6"
    assert warning["records"][0]["id"] == threat.id


def test_the_place_in_the_chain_stays_with_the_keepers() -> None:
    """Who we think pays and orders is analysis, never a paper for the group."""
    assert field_reach(Actor, "chain_role") == "keepers"


def test_the_type_only_suggests_a_place_and_the_group_decides() -> None:
    """A guess that looks like knowledge is an accusation."""
    said, guessed = _actor(1, chain_role="owner"), _actor(2)

    nodes = money_chain.draw(_scene("en", said, guessed))["nodes"]

    assert [(node["place"], node["guessed"]) for node in nodes] == [
        ("owner", False),
        ("operator", True),
    ]


def test_eight_places_ask_who_even_when_nobody_is_known() -> None:
    """The money chain is where danger can be made expensive: an empty place is a question."""
    places = money_chain.draw(_scene("en"))["places"]

    assert len(places) == 8
    assert all(place["ask"].endswith(("?", ".")) for place in places)


def test_a_tie_says_direction_and_kind_in_words() -> None:
    """An arrow alone is lost on paper, to a screen reader and in a hurry."""
    company, guards = _actor(1), _actor(2, actor_type="private_security")
    tie = _tie(3, company, guards)

    drawn = money_chain.draw(_scene("en", company, guards, tie))

    assert drawn["records"][0]["label"] == "code 1 → employs → code 2"
    assert drawn["ties"][0]["unsure"]


def test_somebody_outside_the_chain_is_drawn_only_when_tied_to_it() -> None:
    """Twenty boxes without an arrow hide the chain."""
    company, church = _actor(1), _actor(2, actor_type="religious")

    alone = money_chain.draw(_scene("en", company, church))
    tied = money_chain.draw(_scene("en", company, church, _tie(3, church, company)))

    assert [node["id"] for node in alone["nodes"]] == [company.id]
    assert [node["id"] for node in tied["nodes"]] == [company.id, church.id]


def test_what_binds_a_lender_comes_first_and_its_offices_say_check() -> None:
    """Old knowledge about a complaint office can expose the person who knocks."""
    drawn = money_chain.draw(_scene("en", _actor(1, actor_type="dev_finance")))

    (node,) = drawn["nodes"]
    first = drawn["levers"][node["levers"][0]]

    assert first["id"] in {"lv_no_retaliation", "lv_loan_clauses"}
    assert first["offices"]
    assert all(office["old"] for office in first["offices"])
    shown = json.dumps(drawn["levers"])
    assert "http" not in shown
    assert "@" not in shown


def test_levers_against_armed_groups_come_with_stop_and_think() -> None:
    """There, a report or publicity can kill."""
    armed = _actor(1, actor_type="armed_group", chain_role="guard")

    (node,) = money_chain.draw(_scene("en", armed))["nodes"]

    assert node["can_backfire"]


def test_cards_are_for_the_types_that_are_here_and_all_can_be_chosen() -> None:
    """A card about a type that nobody meets is noise; not finding one is worse."""
    cards = actor_cards.draw(_scene("en", _actor(1, actor_type="organised_crime")))["cards"]

    here = [card for card in cards if card["actors"]]

    assert [card["id"] for card in here] == ["card_crime"]
    assert [card["id"] for card in cards if card["stop"]] == ["card_crime", "card_armed_group"]
    assert all(card[name] for card in cards for name in actor_cards.LISTS)
