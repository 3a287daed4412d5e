"""Who drives, who restrains, and who stands where in the money chain."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest

from amparo.method.forces import can_backfire, side, usual_place
from amparo.model.actors import Actor
from amparo.model.vocabularies import ActorType


def _actor(**fields: Any) -> Actor:
    base = {"id": "1" * 32, "created_on": date(2026, 11, 24), "label": "the mill"}
    return Actor.read({**base, "actor_type": "project_company", **fields})


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"stance": -1}, "driving"),
        ({"stance": 2}, "restraining"),
        ({"stance": 0}, "between"),
        ({"stance": None}, "unknown"),
        ({"stance": None, "protection_role": "driving_force"}, "driving"),
        ({"stance": -1, "protection_role": "restraining_force"}, "restraining"),
        ({"stance": -2, "protection_role": "duty_bearer"}, "driving"),
    ],
)
def test_what_somebody_does_counts_before_what_they_think(fields, expected) -> None:
    """A buyer who dislikes us and still stops the guards holds the danger back."""
    assert side(_actor(**fields)) == expected


def test_a_place_in_the_chain_is_only_guessed_for_types_that_usually_stand_there() -> None:
    """Nobody must be drawn into a money chain because of a vague type."""
    assert usual_place(_actor(actor_type="dev_finance")) == "financier"
    assert usual_place(_actor(actor_type="police")) is None
    assert usual_place(_actor(actor_type="unknown")) is None


def test_levers_can_backfire_with_armed_and_criminal_groups_only() -> None:
    """For these, a report or publicity can kill; the screen says stop first."""
    found = {one for one in get_args(ActorType) if can_backfire(one)}

    assert found == {"organised_crime", "hired_killer", "armed_group"}
