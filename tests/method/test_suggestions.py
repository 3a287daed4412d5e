"""Which measures of a catalogue fit, and in which order."""

from __future__ import annotations

from typing import Any, get_args

from amparo.method.suggestions import _BUILDS_ON, Idea, suggest
from amparo.model.actors import Actor
from amparo.model.context import Driver
from amparo.model.vocabularies import CapacityComponent
from amparo.model.workspace import Workspace


def _idea(name: str, **facts: Any) -> Idea:
    usual: dict[str, Any] = {
        "phases": ("before",), "approach": "proactive_prevent", "strategy": "protection",
        "levels": ("org",), "dimensions": ("physical",), "reduces": ("intimidation",),
        "causes": (), "cost": "high", "effort": "high",
    }  # fmt: skip
    return Idea(name, **{**usual, **facts})


def _ids(ws: Workspace, threat, *ideas: Idea, **cell: str) -> list[str]:
    return [one.id for one in suggest(ws, threat.id, ideas, **cell)]


def test_only_what_fits_the_threat_or_a_cause_of_ours_is_suggested(maker) -> None:
    """A long list of good advice is no help."""
    threat = maker.threat()
    near = maker.make(Driver, driver="rc_tenure", reach="ours")
    far = maker.make(Driver, driver="rc_impunity", reach="beyond")
    ideas = (
        _idea("other", reduces=("slapp",)),
        _idea("cause", reduces=("slapp",), causes=("rc_tenure",)),
        _idea("too_far", reduces=("slapp",), causes=("rc_impunity",)),
        _idea("fits"),
    )

    assert _ids(Workspace.of([threat, near, far]), threat, *ideas) == ["fits", "cause"]


def test_what_is_cheap_comes_before_what_is_dear(maker) -> None:
    """A group without money must find something to do this week."""
    threat = maker.threat()
    cheap = _idea("cheap", cost="low", effort="med")

    found = suggest(Workspace.of([threat]), threat.id, (_idea("dear"), cheap))

    assert [one.id for one in found] == ["cheap", "dear"]
    assert found[0].reasons == ("covers", "feasible", "fills")


def test_what_builds_on_a_practised_strength_comes_first(maker) -> None:
    """People do what they are already good at; a paper strength does not count."""
    threat = maker.threat()
    strong = maker.capacity(3, threat_id=threat.id, capacity="c_legal")
    paper = maker.capacity(4, threat_id=threat.id, capacity="c_media", practised=False)
    weak = maker.capacity(2, threat_id=threat.id, capacity="c_finance")
    ideas = (
        _idea("loud", dimensions=("advocacy",)),
        _idea("money", dimensions=("economic",)),
        _idea("legal", dimensions=("legal",)),
    )

    ws = Workspace.of([threat, strong, paper, weak])

    assert _ids(ws, threat, *ideas) == ["legal", "loud", "money"]


def test_what_fills_an_empty_place_comes_before_more_of_the_same(maker) -> None:
    """Ten precautions and nothing for the day after is a hole."""
    threat = maker.threat()
    held = maker.measure(threat_ids=[threat.id])
    after = _idea("after", phases=("after",), approach="reactive_restore")

    assert _ids(Workspace.of([threat, held]), threat, _idea("more"), after) == ["after", "more"]


def test_an_empty_place_asks_only_for_what_goes_there(maker) -> None:
    """Somebody who looks at one empty place wants ideas for that place."""
    threat = maker.threat()
    there = _idea("there", phases=("before", "during"), approach="reactive_protect")
    ideas = (_idea("before"), there, _idea("other", phases=("during",)))

    cell = {"phase": "during", "approach": "reactive_protect"}

    assert _ids(Workspace.of([threat]), threat, *ideas, **cell) == ["there"]


def test_what_the_group_already_has_is_not_suggested_again(maker) -> None:
    """Also not what it gave up: that was a decision."""
    threat = maker.threat()
    held = maker.measure(from_catalogue="m_held")
    dropped = maker.measure(from_catalogue="m_dropped", status="dropped")
    ideas = (_idea("m_held"), _idea("m_dropped"), _idea("m_new"))

    assert _ids(Workspace.of([threat, held, dropped]), threat, *ideas) == ["m_new"]


def test_noise_against_armed_people_and_complaints_to_the_actor_stand_last(maker) -> None:
    """The first idea on a screen is the one a tired group takes."""
    gang = maker.make(Actor, label="Those of the road", actor_type="organised_crime")
    police = maker.make(Actor, label="The post", actor_type="police")
    threat = maker.threat(actor_ids=[gang.id, police.id])
    ideas = (
        _idea("loud", strategy="deterrence", cost="none", effort="low"),
        _idea("m_complaint_police", cost="none", effort="low"),
        _idea("quiet"),
    )

    found = suggest(Workspace.of([threat, gang, police]), threat.id, ideas)

    assert [(one.id, one.careful) for one in found] == [
        ("quiet", None), ("loud", "publicity"), ("m_complaint_police", "officials"),
    ]  # fmt: skip


def test_without_a_threat_nothing_is_suggested() -> None:
    """First what could happen, then what to do."""
    assert suggest(Workspace(), "0" * 32, (_idea("fits"),)) == ()


def test_every_strength_that_ideas_build_on_is_one_that_can_be_written_down() -> None:
    """A slip of the pen in an id would silently never fit."""
    assert set(_BUILDS_ON) <= set(get_args(CapacityComponent))
