"""Patterns in what happened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from amparo.method.patterns import find, questions
from amparo.model.context import TimelineEvent, Upcoming
from amparo.model.practice import Review
from amparo.model.workspace import Workspace

ACTOR = "a" * 32


def days_ago(today: date, days: int) -> date:
    return today - timedelta(days=days)


def series(maker, today, days, **fields):
    return [maker.incident(on=days_ago(today, day), **fields) for day in days]


def test_three_of_a_kind_in_thirty_days_is_a_pattern(maker, today) -> None:
    """P1: repetition may be preparation."""
    threat = maker.threat()
    three = series(maker, today, [40, 25, 10], linked_threat_ids=[threat.id])

    (hit,) = find(Workspace.of([threat, *three]), today)

    assert (hit.rule, hit.part, hit.threat_ids) == ("P1", "kind", (threat.id,))
    assert hit.incident_ids == tuple(incident.id for incident in three)
    assert hit.facts == {"count": 3, "days": 30, "last_on": "2026-11-13"}


def test_three_of_a_kind_in_thirty_one_days_is_none(maker, today) -> None:
    """P1: the window is thirty days."""
    assert find(Workspace.of(series(maker, today, [41, 25, 10])), today) == ()


def test_three_by_the_same_one_is_a_pattern_and_leads_to_its_threats(maker, today) -> None:
    """P1: the kind may change while the hand stays the same."""
    threat = maker.threat(actor_ids=[ACTOR])
    kinds = ["i_watching", "i_question", "i_digital"]
    three = [
        maker.incident(on=days_ago(today, 5), incident_kind=kind, actor_id=ACTOR) for kind in kinds
    ]

    (hit,) = find(Workspace.of([threat, *three]), today)

    assert (hit.rule, hit.part, hit.threat_ids) == ("P1", "actor", (threat.id,))


def test_rising_severity_is_a_pattern_told_once(maker, today) -> None:
    """P2: the same three incidents by kind and by actor are one pattern."""
    three = [
        maker.incident(on=days_ago(today, 200 - 60 * step), severity=step, actor_id=ACTOR)
        for step in (1, 2, 3)
    ]

    (hit,) = find(Workspace.of(three), today)

    assert (hit.rule, hit.facts["count"]) == ("P2", 3)


@pytest.mark.parametrize("step", ["upcoming", "timeline"])
def test_what_follows_a_step_within_two_weeks_is_a_pattern(step, maker, today) -> None:
    """P3: then we can be ready on the next date."""
    on = days_ago(today, 20)
    steps = {
        "upcoming": maker.make(Upcoming, on=on),
        "timeline": maker.make(TimelineEvent, on=on, date_precision="day"),
    }
    soon = maker.incident(on=days_ago(today, 6))
    late = maker.incident(on=days_ago(today, 5), incident_kind="i_work")

    (hit,) = find(Workspace.of([steps[step], soon, late]), today)

    assert (hit.rule, hit.incident_ids) == ("P3", (soon.id,))
    assert hit.facts["step_on"] == on.isoformat()


def test_grave_news_is_real_until_checked(maker, today) -> None:
    """P6: better wrong than late."""
    rumour = maker.incident(severity=4, certainty="rumour")
    seen = maker.incident(severity=4, certainty="seen", incident_kind="i_work")

    (hit,) = find(Workspace.of([rumour, seen]), today)

    assert (hit.rule, hit.incident_ids) == ("P6", (rumour.id,))


def test_sexual_incidents_are_in_no_pattern(maker, today) -> None:
    """Safety rule 1.3: not even a count may point to somebody."""
    three = [
        maker.incident(
            on=days_ago(today, 9 - step),
            severity=step,
            incident_kind="i_sexual",
            certainty="rumour",
            actor_id=ACTOR,
        )
        for step in (2, 3, 4)
    ]
    upcoming = maker.make(Upcoming, on=days_ago(today, 10))

    assert find(Workspace.of([upcoming, *three]), today) == ()


def test_a_date_known_by_its_year_makes_no_pattern_of_days(maker, today) -> None:
    """Three incidents of 2019 all stand on the first of January."""
    three = series(maker, today, [5, 5, 5], date_precision="year")

    assert find(Workspace.of(three), today) == ()


def test_what_has_not_happened_yet_makes_no_pattern(maker, today) -> None:
    """A date typed wrongly must not raise an alarm."""
    assert find(Workspace.of(series(maker, today, [-1, -2, -3])), today) == ()


def test_a_pattern_that_was_looked_at_stands_last(maker, today) -> None:
    """A review answers what came before it."""
    old = series(maker, today, [60, 59, 58])
    new = maker.incident(on=days_ago(today, 1), severity=4, certainty="rumour")
    review = maker.make(Review, on=days_ago(today, 50))

    hits = find(Workspace.of([*old, new, review]), today)

    assert [(hit.rule, hit.looked_at) for hit in hits] == [("P6", False), ("P1", True)]


def test_what_no_record_holds_is_asked() -> None:
    """P4 and P5 are never computed."""
    assert [question.rule for question in questions()] == ["P3", "P4", "P5"]
