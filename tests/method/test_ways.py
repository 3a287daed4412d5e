"""What makes a group look twice at the ways it chose."""

from __future__ import annotations

import pytest

from amparo.method.ways import doubts
from amparo.model.actors import Actor
from amparo.model.process import Profile
from amparo.model.risk import StrategyChoice
from amparo.model.workspace import Workspace


def _choice(maker, threat, *families: str, harms_nobody: int = 2):
    test = {"harms_nobody": harms_nobody}
    return maker.make(StrategyChoice, threat_id=threat.id, families=families, test=test)


def test_a_way_that_harms_somebody_is_made_anew(maker) -> None:
    """Other people pay for a plan that only looks at us."""
    threat = maker.threat()
    choice = _choice(maker, threat, "care", "acceptance", harms_nobody=0)

    assert doubts(Workspace.of([threat, choice]), threat.id) == ("harms",)


@pytest.mark.parametrize(
    ("families", "seen"), [((), True), (("care",), True), (("care", "acceptance"), False)]
)
def test_a_serious_risk_asks_for_a_second_way(maker, families, seen) -> None:
    """When one way fails, the other one still holds."""
    threat = maker.threat()
    records = [threat, maker.state(threat, 5, 5), _choice(maker, threat, *families)]

    assert ("second_way" in doubts(Workspace.of(records), threat.id)) is seen


def test_ways_of_two_choices_count_together(maker) -> None:
    """Two small teams may write down two ways."""
    threat = maker.threat()
    choices = [_choice(maker, threat, "care"), _choice(maker, threat, "acceptance")]

    ws = Workspace.of([threat, maker.state(threat, 5, 5), *choices])

    assert doubts(ws, threat.id) == ()


@pytest.mark.parametrize("kind", ["organised_crime", "armed_group", "hired_killer"])
def test_publicity_against_armed_people_is_a_card_to_stop_and_think(maker, kind) -> None:
    """Noise can get somebody killed; the card stays even when harm was considered."""
    actor = maker.make(Actor, label="Those of the road", actor_type=kind)
    threat = maker.threat(actor_ids=[actor.id])

    loud = Workspace.of([threat, actor, _choice(maker, threat, "deterrence", "care")])
    quiet = Workspace.of([threat, actor, _choice(maker, threat, "avoidance", "care")])

    assert doubts(loud, threat.id) == ("publicity",)
    assert doubts(quiet, threat.id) == ()


def test_guards_alone_do_not_end_a_conflict_over_land_or_work(maker) -> None:
    """The cause stays, and so do the attacks."""
    land = maker.threat(threat_type="land_grab")
    ours = maker.threat()
    union = maker.make(Profile, groups=["trade_union"])

    on_land = Workspace.of([land, _choice(maker, land, "protection")])
    of_union = Workspace.of([ours, union, _choice(maker, ours, "protection")])
    with_more = Workspace.of([land, _choice(maker, land, "protection", "transformation")])

    assert doubts(on_land, land.id) == ("guards_only",)
    assert doubts(of_union, ours.id) == ("guards_only",)
    assert doubts(with_more, land.id) == ()


def test_a_threat_that_is_gone_raises_no_doubt(maker) -> None:
    """Another page may have removed it a moment ago."""
    assert doubts(Workspace(), "0" * 32) == ()
