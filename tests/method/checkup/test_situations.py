"""Rules that look at several records: a situation that fires each one, and one that does not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

OVER, AHEAD = date(2026, 11, 1), date(2026, 12, 1)
DAYS = [date(2026, 11, day) for day in (1, 8, 15)]


def _kinds(s: Any, kinds: str) -> list[Any]:
    return [s.one(kind) for kind in kinds.split()]


def _owned(s: Any, letters: str, **fields: Any) -> list[Any]:
    return [s.one("measure", owner_role=letter, **fields) for letter in letters]


def _incidents(s: Any, severities: str, **fields: Any) -> list[Any]:
    return [
        s.one("incident", on=day, severity=int(severity), **fields)
        for day, severity in zip(DAYS, severities, strict=True)
    ]


def _asked(s: Any, **consent: Any) -> list[Any]:
    given = s.one("consent", **consent)
    return [given, s.one("support_request", consent_id=given.id, consent="submit_named")]


def _door(s: Any, **check: Any) -> list[Any]:
    request = s.one("support_request", mechanism_id="a_door")
    return [request, s.one("mechanism_check", **check)]


def _who(s: Any, *confidences: str, actor_type: str = "project_company") -> list[Any]:
    actors = [s.one("actor", actor_type=actor_type, confidence=one) for one in confidences]
    return [*s.risk("high", actor_ids=[actor.id for actor in actors]), *actors]


def _armed(s: Any, actor_type: str = "armed_group", **choice: Any) -> list[Any]:
    told = _who(s, "high", actor_type=actor_type)
    return [*told, s.of(told, "strategy_choice", families=["deterrence"], **choice)]


def _plus(risk: list[Any], *more: Any) -> list[Any]:
    return [*risk, *more]


def _with(s: Any, band: str, kind: str, fields: dict[str, Any], **threat: Any) -> list[Any]:
    """A judged threat and one record that names it."""
    risk = s.risk(band, **threat)
    return [*risk, s.of(risk, kind, **fields)]


def _measured(s: Any, band: str, **fields: Any) -> list[Any]:
    risk = s.risk(band)
    return [*risk, s.against(risk, **fields)]


def _protocol(s: Any, band: str) -> list[Any]:
    risk = s.risk(band)
    return [*risk, s.one("protocol", threat_ids=[risk[0].id])]


def _target(s: Any, band: str, likelihood: int, impact: int) -> list[Any]:
    risk = s.risk(band)
    return [*risk, s.hoped(risk, likelihood, impact)]


def _judged_on(s: Any, day: date) -> list[Any]:
    threat = s.one("threat")
    likely, bad = ({"low": n, "best": n, "high": n} for n in (3, 4))
    return [threat, s.one("risk_state", threat_id=threat.id, likelihood=likely, impact=bad,
                          assessed_on=day)]  # fmt: skip


def _sure(s: Any, confidence: str, *, finds_out: bool = False) -> list[Any]:
    threat = s.one("threat")
    at = {"low": 4, "best": 4, "high": 4}
    state = s.one("risk_state", threat_id=threat.id, likelihood=at, impact=at,
                  confidence=confidence)  # fmt: skip
    return [threat, state, s.one("measure", threat_ids=[threat.id], finds_out=finds_out)]


def _drilled(s: Any, *, drilled: bool) -> list[Any]:
    protocol = s.one("protocol")
    return [protocol, *([s.one("drill", protocol_id=protocol.id)] if drilled else [])]


# rule -> a situation that fires it, one that keeps it silent
TABLE = {
    "d1_owner": (lambda s: _measured(s, "extreme"),
                 lambda s: _measured(s, "extreme", owner_role="A")),
    "d1_pause": (lambda s: s.risk("extreme"),
                 lambda s: _with(s, "extreme", "strategy_choice", {})),
    "d1_support": (lambda s: s.risk("extreme"),
                   lambda s: _with(s, "extreme", "support_request", {})),
    "d1_during": (lambda s: s.risk("extreme"), lambda s: _protocol(s, "extreme")),
    "d2_date": (lambda s: s.risk("high"), lambda s: _measured(s, "high", due=AHEAD)),
    "d2_protocol": (lambda s: s.risk("high"), lambda s: _protocol(s, "high")),
    "d2_review": (lambda s: _judged_on(s, date(2026, 10, 1)), lambda s: _judged_on(s, OVER)),
    "d3_date": (lambda s: s.risk("moderate"), lambda s: _measured(s, "moderate", due=AHEAD)),
    "d4_signs": (lambda s: s.risk("low"), lambda s: s.risk("low", signs_to_watch=["Trucks"])),
    "d6_find_out": (lambda s: _sure(s, "low"), lambda s: _sure(s, "low", finds_out=True)),
    "d7_limit": (lambda s: s.risk("high"),
                 lambda s: _plus(s.risk("high"), s.one("risk_limit"))),
    "d8_extreme": (lambda s: _target(s, "extreme", 4, 5), lambda s: _target(s, "extreme", 2, 5)),
    "declared_low": (lambda s: s.risk("low", declared=True),
                     lambda s: s.risk("low", declared=True, reason_if_low="A child's joke")),
    "least_impact": (lambda s: s.risk("moderate", threat_type="outing"),
                     lambda s: s.risk("high", threat_type="outing")),
    "b2_cause": (lambda s: [s.one("measure"), s.one("driver", reach="ours")],
                 lambda s: [s.one("measure"), s.one("driver", reach="beyond")]),
    "b3_during": (lambda s: s.risk("high"), lambda s: _measured(s, "high", phases=["during"])),
    "b3_after": (lambda s: s.risk("high"), lambda s: _measured(s, "high", phases=["after"])),
    "b4_together": (lambda s: _owned(s, "AB", level="individual"),
                    lambda s: [*_owned(s, "A", level="individual"), *_owned(s, "B")]),
    "b4_one_owner": (lambda s: _owned(s, "AAA"), lambda s: _owned(s, "AAB")),
    "b5_load": (lambda s: _owned(s, "AAAAB"), lambda s: _owned(s, "AAAB")),
    "b6_legal": (lambda s: s.risk("low", threat_type="slapp"),
                 lambda s: _plus(s.risk("low", threat_type="slapp"),
                                 s.one("measure", dimension="legal"))),
    "owner_share": (lambda s: _owned(s, "AAABC"), lambda s: _owned(s, "AABBC")),
    "no_threats": (lambda s: [s.one("process")], lambda s: [s.one("process"), s.one("threat")]),
    "nothing_judged": (lambda s: [s.one("threat")], lambda s: s.risk("low")),
    "threat_unjudged": (lambda s: _plus(s.risk("low"), s.one("threat")),
                        lambda s: _plus(s.risk("low"), s.one("threat", imminence="now"))),
    "weak_point_open": (
        lambda s: _with(s, "low", "factor", {"vulnerability": "v_routine", "score": 4}),
        lambda s: _plus(r := s.risk("low"), s.against(r),
                        s.of(r, "factor", vulnerability="v_routine", score=4))),
    "target_above": (lambda s: _target(s, "moderate", 4, 3), lambda s: _target(s, "moderate", 3, 3)),
    "target_leap": (lambda s: _target(s, "extreme", 2, 5), lambda s: _target(s, "extreme", 3, 5)),
    "few_strategies": (
        lambda s: _with(s, "high", "strategy_choice", {"families": ["care"]}),
        lambda s: _with(s, "high", "strategy_choice", {"families": ["care", "deterrence"]})),
    "guards_only": (
        lambda s: _with(s, "high", "strategy_choice", {"families": ["protection"]},
                        threat_type="land_grab"),
        lambda s: _with(s, "high", "strategy_choice", {"families": ["protection"]},
                        threat_type="killing")),
    "loud_against_armed": (_armed,
                           lambda s: _armed(s, harms_considered="Only the bishop speaks")),
    "attribution_low": (lambda s: _who(s, "low", "low"), lambda s: _who(s, "low", "high")),
    "p1_again": (lambda s: _incidents(s, "111"), lambda s: _incidents(s, "111")[:2]),
    "p2_rising": (lambda s: _incidents(s, "123"), lambda s: _incidents(s, "122")),
    "p3_after_step": (lambda s: [s.one("upcoming", on=OVER), s.one("incident", on=s.day(15))],
                      lambda s: [s.one("upcoming", on=OVER), s.one("incident", on=s.day(2))]),
    "p6_unchecked": (
        lambda s: [s.one("incident", severity=4, certainty="reported", on=OVER)],
        lambda s: [s.one("incident", severity=4, certainty="reported", on=OVER),
                   s.one("review", on=s.today)]),
    "review_overdue": (lambda s: _judged_on(s, date(2026, 8, 1)), lambda s: _judged_on(s, OVER)),
    "small_group": (
        lambda s: [s.one("profile", members_size_band="1-5"),
                   s.one("sheet", duties=[{"duty": "alarm", "letter": "A"}])],
        lambda s: [s.one("profile", members_size_band="21-100"),
                   s.one("sheet", duties=[{"duty": "alarm", "letter": "A"}])]),
    "no_sheet": (lambda s: [s.one("threat")], lambda s: _kinds(s, "threat sheet")),
    "no_care_rule": (lambda s: [s.one("threat")], lambda s: [s.one("threat"), s.one("rule")]),
    "no_family_rule": (lambda s: _kinds(s, "threat rule"),
                       lambda s: [s.one("threat"), s.one("rule", topic="family")]),
    "plan_never_agreed": (lambda s: [s.one("measure")],
                          lambda s: _kinds(s, "measure plan_version")),
    "wheel_never": (lambda s: [s.one("measure")], lambda s: _kinds(s, "measure wheel")),
    "protocol_unpractised": (lambda s: _drilled(s, drilled=False), lambda s: _drilled(s, drilled=True)),
    "no_reprisal_check": (_door, lambda s: _door(s, reprisal_plan_done=True)),
    "contact_unchecked": (lambda s: _door(s, verified_on=date(2026, 1, 1)),
                          lambda s: _door(s, verified_on=OVER)),
    "consent_expired": (lambda s: _asked(s, expires_on=OVER), lambda s: _asked(s, expires_on=AHEAD)),
    "consent_withdrawn": (lambda s: _asked(s, withdrawn_on=OVER),
                          lambda s: _asked(s, expires_on=OVER)),
}  # fmt: skip


@pytest.mark.parametrize("rule", TABLE)
def test_a_rule_fires_in_one_situation_and_is_silent_in_another(rule, scene, seen) -> None:
    """The two differ by what the rule is about, and by little else."""
    fires, silent = TABLE[rule]

    assert seen(rule, fires(scene)) != []
    assert seen(rule, silent(scene)) == []


def test_a_land_or_union_group_meets_the_guards_question_for_any_threat(scene, seen) -> None:
    """A union knows why: the conflict is about work, whatever the threat."""
    told = _with(scene, "high", "strategy_choice", {"families": ["protection"]})

    assert seen("guards_only", told) == []
    assert seen("guards_only", [*told, scene.one("profile", groups=["trade_union"])]) != []


def test_publicity_against_a_company_is_no_alarm(scene, seen) -> None:
    """It is often what protects."""
    assert seen("loud_against_armed", _armed(scene, "project_company")) == []


def test_a_firm_answer_to_the_five_questions_is_not_a_guess(scene, seen) -> None:
    """The analysis knows more than the map."""
    told = _who(scene, "low")
    named = {"actor_id": told[-1].id, "confidence": "medium"}
    told.append(scene.of(told, "declared_analysis", source_hypotheses=[named]))

    assert seen("attribution_low", told) == []


def test_what_is_old_in_the_catalogue_is_told_where_it_is_used(scene, seen) -> None:
    """Old advice can send somebody through a door that is shut."""
    from amparo.method.checkup import ContentFacts

    old = ContentFacts(frozenset({"m_old"}), frozenset({"a_door"}))
    told = [scene.one("measure", from_catalogue="m_old"), *_door(scene)]

    assert [result.kind for result in seen("measure_old", told, old)] == ["measure"]
    assert [result.kind for result in seen("mechanism_old", told, old)] == ["support_request"]
    assert seen("measure_old", told) == seen("mechanism_old", told) == []
