"""What the fictional examples hold: enough of everything that pages and reports are tested on."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
import yaml

from amparo.content.examples import EXAMPLES, Size, example, example_id
from amparo.model.actors import Actor, Relation
from amparo.model.assets import Asset, InfoItem, Place
from amparo.model.context import CausePath, Driver, Upcoming
from amparo.model.incidents import Incident, Indicator
from amparo.model.measures import Measure
from amparo.model.plan import AlertLevel, PlanVersion, Protocol, Rule, Wheel
from amparo.model.practice import Agreement, Drill, Review, WellbeingCheck
from amparo.model.process import Activity, Practice
from amparo.model.registry import RECORD_TYPES
from amparo.model.risk import RiskState
from amparo.model.support import Consent, MechanismCheck, SupportRequest
from amparo.model.threats import DeclaredAnalysis, Factor, Threat
from amparo.model.workspace import Workspace
from amparo.resources import bundled

TODAY = date(2031, 5, 6)
SIZES: tuple[Size, ...] = ("small", "large")
ALL: tuple[Size, ...] = (*EXAMPLES, "large")
GROUPS = tuple(name for name in EXAMPLES if name != "small")


def workspace(size: Size, lang: str = "en") -> Workspace:
    return Workspace.of(example(size, lang, TODAY))


def p1_groups(incidents: tuple[Incident, ...]) -> set[str]:
    """Kinds and actors that occur three times within 30 days."""
    found = set()
    for key in ("incident_kind", "actor_id"):
        for value in {getattr(incident, key) for incident in incidents} - {None}:
            days = sorted(incident.on for incident in incidents if getattr(incident, key) == value)
            if any(c - a <= timedelta(days=30) for a, c in zip(days, days[2:], strict=False)):
                found.add(value)
    return found


def p2_threats(incidents: tuple[Incident, ...]) -> set[str]:
    """Threats whose last incidents hold three with rising severity, one after the other."""
    found = set()
    for threat in {threat for incident in incidents for threat in incident.linked_threat_ids}:
        linked = sorted(
            (item for item in incidents if threat in item.linked_threat_ids),
            key=lambda item: item.on,
        )
        rising = [a.severity < b.severity for a, b in pairwise(linked)]
        if any(a and b for a, b in pairwise(rising)):
            found.add(threat)
    return found


def foundation(stem: str) -> Any:
    path = bundled("curricula") / "foundations" / f"{stem}.yaml"
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def vocabulary(name: str) -> list[dict[str, str]]:
    return foundation("taxonomies")["vocabularies"][name]["items"]


@pytest.fixture
def categories() -> dict[str, str]:
    return {item["id"]: item["category"] for item in vocabulary("threat_types")}


def test_the_small_example_is_small() -> None:
    """Three threats and nine measures are what a room can hold in its head."""
    whole = workspace("small")

    assert len(whole.all(Threat)) == 3
    assert len(whole.all(Measure)) == 9
    assert len(whole.all(Incident)) == 4
    assert 3 <= len(whole.all(Actor)) <= 5
    assert len(whole.all(Relation)) >= 3
    assert (len(whole.all(Activity)), len(whole.all(Practice))) == (2, 3)
    assert (len(whole.all(Driver)), len(whole.all(CausePath))) == (1, 1)
    assert [level.colour for level in whole.all(AlertLevel)] == ["green", "yellow", "orange", "red"]
    assert all(level.end_after_days for level in whole.all(AlertLevel))
    assert [protocol.top for protocol in whole.all(Protocol)] == [True]
    assert {"care", "family", "information"} <= {rule.topic for rule in whole.all(Rule)}
    assert len(whole.all(Wheel)) == 1


@pytest.mark.parametrize("size", ALL)
def test_help_is_asked_for_with_consent(size: Size) -> None:
    """The example must never teach people to ask for help in somebody's name unasked."""
    whole = workspace(size)

    for request in whole.all(SupportRequest):
        consent = whole.get(request.consent_id)
        assert isinstance(consent, Consent)
        assert consent.level == request.consent


@pytest.mark.parametrize("size", ALL)
def test_measures_stand_in_all_phases_and_approaches(size: Size) -> None:
    """An example with nothing for the bad day, or nothing on causes, teaches the wrong balance."""
    measures = workspace(size).all(Measure)

    assert {phase for m in measures for phase in m.phases} == {"before", "during", "after"}
    assert {m.approach for m in measures} == {
        "proactive_root",
        "proactive_prevent",
        "reactive_protect",
        "reactive_restore",
    }
    assert all(m.owner_role and m.due and m.indicator_of_working for m in measures)


@pytest.mark.parametrize("size", ALL)
def test_every_threat_has_its_risk_and_at_most_three_stones_a_side(size: Size) -> None:
    """A threat without a picture, or a pile that nobody can see through, helps nobody."""
    whole = workspace(size)
    states = {(state.threat_id, state.state) for state in whole.all(RiskState)}

    for threat in whole.all(Threat):
        factors = [factor for factor in whole.all(Factor) if factor.threat_id == threat.id]
        exposed = [factor for factor in factors if factor.vulnerability]
        assert {(threat.id, "current"), (threat.id, "target")} <= states
        assert 1 <= len(exposed) <= 3
        assert 1 <= len(factors) - len(exposed) <= 3


@pytest.mark.parametrize("size", SIZES)
def test_repeated_incidents_are_there_to_find(size: Size) -> None:
    """Pattern P1: three of the same kind or by the same actor in 30 days."""
    assert {"i_watching", example_id("actor_guards")} <= p1_groups(workspace(size).all(Incident))


@pytest.mark.parametrize("size", SIZES)
def test_rising_severity_is_there_to_find(size: Size) -> None:
    """Pattern P2: severity rises over three incidents."""
    assert example_id("threat_attack") in p2_threats(workspace(size).all(Incident))


@pytest.mark.parametrize("size", ALL)
def test_incidents_are_tied_to_activities(size: Size) -> None:
    """Risk attaches to what people do; the example must show that tie."""
    assert any(incident.linked_activity_id for incident in workspace(size).all(Incident))


def test_the_large_example_is_rich_enough_to_test_everything() -> None:
    """What is not in the large example is not tested by anything that is built on it."""
    whole = workspace("large")
    at_least = {
        Threat: 12,
        Actor: 14,
        Relation: 14,
        Incident: 20,
        Measure: 35,
        Indicator: 5,
        Asset: 5,
        InfoItem: 5,
        Place: 4,
        Consent: 4,
        SupportRequest: 4,
        MechanismCheck: 2,
        Drill: 2,
        Agreement: 3,
        WellbeingCheck: 3,
        Review: 3,
        DeclaredAnalysis: 1,
        PlanVersion: 2,
    }

    assert not [model.kind for model, count in at_least.items() if len(whole.all(model)) < count]
    assert not [model.kind for model in RECORD_TYPES if not whole.all(model)]


def test_its_threats_are_of_all_categories(
    categories: dict[str, str],
) -> None:
    """A page that breaks on one kind of threat must break here first."""
    found = {categories[threat.threat_type] for threat in workspace("large").all(Threat)}

    assert found == set(categories.values())
    assert len(found) == 8


def test_the_money_chain_runs_from_owner_to_guard() -> None:
    """Who pays, orders and executes is what the picture of forces is for."""
    whole = workspace("large")
    ties = {(relation.from_id, relation.to_id) for relation in whole.all(Relation)}
    chain = [
        ("actor_holding", "actor_company"),
        ("actor_company", "actor_contractor"),
        ("actor_contractor", "actor_guards"),
        ("actor_lender", "actor_company"),
        ("actor_insurer", "actor_bank"),
        ("actor_buyer", "actor_company"),
        ("actor_company", "actor_permits"),
    ]

    assert not [tie for tie in chain if (example_id(tie[0]), example_id(tie[1])) not in ties]


def test_all_twelve_cells_of_the_balance_hold_a_measure() -> None:
    """Three phases and four approaches: an empty cell here would never be printed full."""
    cells = {(phase, m.approach) for m in workspace("large").all(Measure) for phase in m.phases}

    assert len(cells) == 12


def test_an_incident_follows_a_date_that_was_coming() -> None:
    """Pattern P3 by date: within 14 days after a step that stood in the calendar."""
    whole = workspace("large")
    dates = [upcoming.on for upcoming in whole.all(Upcoming) if upcoming.on < TODAY]

    assert any(0 < (i.on - on).days <= 14 for i in whole.all(Incident) for on in dates)


def test_its_protocols_cover_the_five_bad_days() -> None:
    """Arrest, raid, missing person, threat and eviction each have steps with a letter."""
    protocols = workspace("large").all(Protocol)

    assert {"arrest", "raid", "missing_person", "threat_received", "eviction"} <= {
        protocol.event for protocol in protocols
    }
    assert all(step.role for protocol in protocols for step in protocol.steps)


def test_all_threats_of_the_large_example_have_three_states() -> None:
    """Without protection, today, and what we hope: the picture shows the way between them."""
    whole = workspace("large")
    states = {(state.threat_id, state.state) for state in whole.all(RiskState)}

    assert states == {
        (threat.id, state)
        for threat in whole.all(Threat)
        for state in ("inherent", "current", "target")
    }


@pytest.mark.parametrize("size", ALL)
def test_what_it_takes_from_the_catalogue_is_there(size: Size) -> None:
    """A measure or a mechanism that the foundations do not know shows an empty card."""
    whole = workspace(size)
    measures = {item["id"] for item in foundation("measures")["measures"]}
    mechanisms = {item["id"] for item in foundation("mechanisms")["mechanisms"]}

    assert {m.from_catalogue for m in whole.all(Measure)} <= measures
    assert {r.mechanism_id for r in whole.all(SupportRequest)} <= mechanisms
    assert {c.mechanism_id for c in whole.all(MechanismCheck)} <= mechanisms


@pytest.mark.parametrize("name", GROUPS)
def test_the_example_of_a_group_is_as_small_as_the_first_one(name: Size) -> None:
    """A room holds three threats and nine measures in its head, whoever is in the room."""
    whole = workspace(name)

    assert (len(whole.all(Threat)), len(whole.all(Measure))) == (3, 9)
    assert len(whole.all(Incident)) == 4
    assert (len(whole.all(Driver)), len(whole.all(CausePath))) == (1, 1)
    assert [level.colour for level in whole.all(AlertLevel)] == ["green", "yellow", "orange", "red"]
    assert {measure.on_sheet for measure in whole.all(Measure)} == {True, False}


@pytest.mark.parametrize("name", GROUPS)
def test_the_example_of_a_group_follows_the_money(name: Size) -> None:
    """From whoever is seen to whoever pays: without it, people fight the guard."""
    whole = workspace(name)
    money = {"owns", "finances", "employs"}
    ties = [relation for relation in whole.all(Relation) if relation.relation_type in money]

    assert len(ties) >= 2
    assert any(relation.relation_type == "pressures" for relation in whole.all(Relation))
    assert any(actor.stance == 2 for actor in whole.all(Actor)) or name == "corporate"


@pytest.mark.parametrize("name", GROUPS)
def test_something_happens_more_than_once(name: Size) -> None:
    """Pattern P1 or P2 is there to find in every example."""
    incidents = workspace(name).all(Incident)

    assert p1_groups(incidents) or p2_threats(incidents)
