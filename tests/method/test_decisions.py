"""What a band asks of us."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from amparo.method.decisions import due
from amparo.model.plan import Protocol
from amparo.model.practice import Review
from amparo.model.risk import RiskLimit, StrategyChoice
from amparo.model.support import SupportRequest
from amparo.model.workspace import Workspace


def names(findings) -> list[str]:
    return [f"{finding.rule}.{finding.part}" for finding in findings]


@pytest.fixture
def limit(maker):
    return maker.make(RiskLimit, who_may_stop=["A"], accepted_by_those_concerned=True)


def test_an_extreme_risk_asks_for_four_things(maker, limit, today) -> None:
    """D1: somebody in charge, go on or pause, help, and what each does."""
    threat = maker.threat()
    ws = Workspace.of([threat, maker.state(threat, 5, 5), limit])

    assert names(due(ws, today)) == ["D1.owner", "D1.pause", "D1.support", "D1.during"]
    assert {finding.record_ids for finding in due(ws, today)} == {(threat.id,)}


def test_an_extreme_risk_that_was_answered_asks_nothing(maker, limit, today) -> None:
    """Findings that never go away are no longer read."""
    threat = maker.threat()
    answers = [
        maker.measure(threat_ids=[threat.id], owner_role="B"),
        maker.make(StrategyChoice, threat_id=threat.id),
        maker.make(SupportRequest, threat_id=threat.id),
        maker.make(Protocol, threat_ids=[threat.id]),
    ]

    assert due(Workspace.of([threat, maker.state(threat, 5, 5), limit, *answers]), today) == ()


def test_a_high_risk_asks_for_a_date_within_a_month_and_a_protocol(maker, limit, today) -> None:
    """D2."""
    threat = maker.threat()
    late = maker.measure(threat_ids=[threat.id], due=today + timedelta(days=31))
    ws = Workspace.of([threat, maker.state(threat, 3, 4), late, limit])

    assert names(due(ws, today)) == ["D2.dated", "D2.during"]


def test_a_high_risk_is_looked_at_again_within_a_month(maker, limit, today) -> None:
    """D2: it does not wait for the next meeting of the year."""
    threat = maker.threat()
    base = [
        threat,
        maker.state(threat, 3, 4, assessed_on=date(2026, 10, 1)),
        maker.measure(threat_ids=[threat.id], due=today + timedelta(days=30)),
        maker.make(Protocol, threat_ids=[threat.id]),
        limit,
    ]
    looked = maker.make(Review, on=date(2026, 11, 1))

    assert names(due(Workspace.of(base), today)) == ["D2.review"]
    assert due(Workspace.of([*base, looked]), today) == ()


def test_a_moderate_risk_asks_for_a_date_within_three_months(maker, today) -> None:
    """D3."""
    threat = maker.threat()
    base = [threat, maker.state(threat, 3, 3)]
    soon = maker.measure(threat_ids=[threat.id], due=today + timedelta(days=91))

    assert names(due(Workspace.of(base), today)) == ["D3.dated"]
    assert due(Workspace.of([*base, soon]), today) == ()


def test_a_low_risk_asks_for_signs_to_watch(maker, today) -> None:
    """D4: low does not mean safe."""
    threat = maker.threat()
    watched = maker.threat(signs_to_watch=["Strangers ask for the assembly"])

    ws = Workspace.of([threat, watched, maker.state(threat, 1, 1), maker.state(watched, 1, 1)])

    assert [(f.rule, f.record_ids) for f in due(ws, today)] == [("D4", (threat.id,))]


def test_an_announced_threat_is_not_low_without_a_reason(maker, today) -> None:
    """S6: many killings came after an announced threat."""
    threat = maker.threat(declared=True, signs_to_watch=["x"])
    told = maker.threat(declared=True, signs_to_watch=["x"], reason_if_low="He was a child")
    ws = Workspace.of([threat, told, maker.state(threat, 1, 1), maker.state(told, 1, 1)])

    assert [(f.rule, f.record_ids) for f in due(ws, today)] == [("S6", (threat.id,))]


def test_grave_harm_now_leads_to_the_emergency_sheet(maker, today) -> None:
    """D5: people come before analysis."""
    threat = maker.threat(imminence="now")
    ws = Workspace.of([threat, maker.state(threat, 1, 4)])

    assert names(due(ws, today))[0] == "D5.now"


def test_what_happens_now_and_was_not_judged_counts_as_grave(maker, today) -> None:
    """D5: nobody should have to score first."""
    assert names(due(Workspace.of([maker.threat(imminence="now")]), today)) == ["D5.unjudged"]


def test_grave_harm_and_little_knowledge_asks_to_find_out(maker, today) -> None:
    """D6."""
    threat = maker.threat()
    ws = Workspace.of([threat, maker.state(threat, 1, 4, confidence="low")])

    assert "D6.find_out" in names(due(ws, today))


def test_serious_risks_ask_for_a_limit_that_is_free(maker, today) -> None:
    """D7: nobody accepts a risk for others."""
    threat = maker.threat()
    base = [threat, maker.state(threat, 5, 5)]
    bare = maker.make(RiskLimit)

    assert names(due(Workspace.of(base), today))[-1] == "D7.limit"
    assert names(due(Workspace.of([*base, bare]), today))[-2:] == ["D7.stop", "D7.free"]


def test_a_hope_that_stays_extreme_asks_to_choose_again(maker, today) -> None:
    """D8."""
    threat = maker.threat()
    hoped = maker.state(threat, 4, 5, state="target")

    assert names(due(Workspace.of([threat, hoped]), today)) == ["D8.still_extreme"]


def test_harm_that_is_made_small_is_named(maker, today) -> None:
    """S8: sexual violence is never less than 4."""
    threat = maker.threat(threat_type="sexual_violence")
    found = due(Workspace.of([threat, maker.state(threat, 3, 3)]), today)

    assert [f.values for f in found if f.rule == "S8"] == [{"least": 4}]
