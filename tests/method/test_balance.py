"""Is there something for the bad day, something that prevents, something on the causes?"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from amparo.method.balance import LEGAL_THREATS, counts, questions, warnings
from amparo.method.causes import incomplete, is_complete, missing, open_drivers
from amparo.method.purpose import purpose
from amparo.method.wheel import SPOKES, flattest, spokes
from amparo.model.context import CausePath, Driver
from amparo.model.plan import Wheel
from amparo.model.workspace import Workspace

PACK = Path(__file__).parents[2] / "curricula" / "foundations" / "taxonomies.yaml"
WHOLE_PATH = {
    "who_decides": "The bank's board", "ask": "No loan", "lever": "Its own rules",
    "ally": "A union", "due": "2027-01-10", "first_small_win": "A meeting",
}  # fmt: skip


def names(findings) -> list[str]:
    return [f"{finding.rule}.{finding.part}" for finding in findings]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "prevents"),
        ({"acts_on": "impact"}, "ready"),
        ({"phases": ["during"]}, "ready"),
        ({"approach": "reactive_restore"}, "ready"),
        ({"approach": "proactive_root"}, "causes"),
        ({"acts_on": "cause"}, "causes"),
        ({"approach": "proactive_root", "from_catalogue": "m_follow_money"}, "prevents"),
        ({"acts_on": "cause", "from_catalogue": "m_positive_narrative"}, "prevents"),
    ],
)
def test_a_measure_has_one_purpose(fields, expected, maker) -> None:
    """Safety rule 7: what only softens harm does not prevent it."""
    assert purpose(maker.measure(**fields)) == expected


def test_three_counts_and_a_grid(maker) -> None:
    """What a group sees instead of a hollow share."""
    ws = Workspace.of(
        [
            maker.measure(),
            maker.measure(phases=["during", "after"], approach="reactive_protect"),
            maker.measure(approach="proactive_root"),
            maker.measure(status="dropped"),
        ]
    )

    balance = counts(ws)

    assert (balance.ready_for_bad_day, balance.prevents, balance.acts_on_causes) == (1, 1, 1)
    assert balance.grid == ((1, 1, 0, 0), (0, 0, 1, 0), (0, 0, 1, 0))


def test_a_whole_cause_path_acts_on_a_cause_once(maker) -> None:
    """A path and its measure are one act."""
    driver = maker.make(Driver, reach="ours")
    path = maker.make(CausePath, driver_id=driver.id, **WHOLE_PATH)
    measure = maker.measure(approach="proactive_root", driver_id=driver.id)

    assert counts(Workspace.of([driver, path])).acts_on_causes == 1
    assert counts(Workspace.of([driver, path, measure])).acts_on_causes == 1


def test_a_count_of_zero_is_a_warning(maker) -> None:
    """B1: a plan needs three legs."""
    found = warnings(Workspace.of([maker.measure(dimension="psychosocial")]))

    assert names(found) == ["B1.ready", "B1.causes"]


def test_a_workspace_just_begun_is_not_scolded() -> None:
    """Nothing blocks, and nobody is blamed for an empty page."""
    assert warnings(Workspace()) == ()


def test_a_cause_within_reach_wants_a_path_or_a_measure(maker) -> None:
    """B2: if the cause stays, the attacks come back."""
    ours, beyond = maker.make(Driver, reach="ours"), maker.make(Driver, reach="beyond")
    with_path, with_measure = (
        maker.make(Driver, reach="allies"),
        maker.make(Driver, reach="network"),
    )
    ws = Workspace.of(
        [
            ours, beyond, with_path, with_measure,
            maker.make(CausePath, driver_id=with_path.id),
            maker.measure(approach="proactive_root", driver_id=with_measure.id),
        ]
    )  # fmt: skip

    assert open_drivers(ws) == (ours,)
    assert ("B2", (ours.id,)) in [(f.rule, f.record_ids) for f in warnings(ws)]


def test_a_serious_threat_wants_something_during_and_after(maker) -> None:
    """B3: prevention can fail."""
    threat = maker.threat()
    before = maker.measure(threat_ids=[threat.id], phases=["before", "after"])

    found = warnings(Workspace.of([threat, maker.state(threat, 3, 4), before]))

    assert [name for name in names(found) if name.startswith("B3")] == ["B3.during"]


def test_a_plan_for_heroes_is_named(maker) -> None:
    """B4 and B5: a plan that rests on one person falls with that person."""
    four = [maker.measure(level="individual", owner_role="A") for _ in range(4)]

    found = {f.rule + f.part: f for f in warnings(Workspace.of(four))}

    assert {"B4one_level", "B4one_owner", "B5owner_load"} <= set(found)
    assert found["B5owner_load"].values == {"owner": "A", "count": 4}


def test_what_already_works_is_no_load(maker) -> None:
    """B5 counts what is still to be done."""
    four = [maker.measure(owner_role="A", status="working") for _ in range(4)]

    assert "B5.owner_load" not in names(warnings(Workspace.of(four)))


def test_care_and_law_are_not_forgotten(maker) -> None:
    """B6."""
    found = names(warnings(Workspace.of([maker.threat(threat_type="slapp"), maker.measure()])))

    assert found[-2:] == ["B6.care", "B6.legal"]


def test_legal_threats_are_those_of_the_pack() -> None:
    """B6 must not miss a type that the pack calls legal."""
    pack = yaml.safe_load(PACK.read_text(encoding="utf-8"))["vocabularies"]["threat_types"]

    assert {i["id"] for i in pack["items"] if i["category"] == "legal"} == LEGAL_THREATS


def test_who_the_owners_are_is_asked() -> None:
    """Neither gender nor a number of active people is in any record."""
    assert [question.rule for question in questions()] == ["B4", "B5"]


def test_a_cause_path_says_what_it_lacks(maker) -> None:
    """A cause turns into a wish when one step is missing."""
    whole = maker.make(CausePath, driver_id="0" * 32, **WHOLE_PATH)
    part = whole.with_changes(id="f" * 32, ally="", due=None)

    assert is_complete(whole)
    assert missing(part) == ("ally", "due")
    assert names(incomplete(Workspace.of([whole, part]))) == ["C1.ally", "C1.due"]


def test_the_flattest_spoke_is_the_one_to_work_on(maker) -> None:
    """A wheel rolls as well as its flattest part."""
    wheel = maker.make(Wheel, **{**dict.fromkeys(SPOKES, 3), "planning": 1, "reacting": 1})

    assert flattest(wheel) == "planning"
    assert [name for name, _ in spokes(wheel)] == list(SPOKES)
