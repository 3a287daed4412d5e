"""When to look again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from amparo.method.reviews import next_review, review_dates
from amparo.model.context import Upcoming
from amparo.model.plan import Sheet
from amparo.model.practice import Review
from amparo.model.workspace import Workspace


@pytest.mark.parametrize(
    ("likelihood", "impact", "days"), [(5, 5, 30), (3, 4, 90), (3, 3, 182), (1, 1, 182)]
)
def test_the_band_sets_the_rhythm(likelihood, impact, days, maker, today) -> None:
    """S14: what is extreme is looked at every month."""
    threat = maker.threat()
    ws = Workspace.of([threat, maker.state(threat, likelihood, impact)])

    assert next_review(ws, today) == today + timedelta(days=days)


def test_even_an_empty_plan_is_looked_at_twice_a_year(today) -> None:
    """Risk changes; nothing is final."""
    assert next_review(Workspace(), today) == today + timedelta(days=182)


def test_a_coming_date_asks_for_a_review(maker, today) -> None:
    """A hearing or a loan decision may change everything."""
    hearing = maker.make(Upcoming, on=today + timedelta(days=12))

    assert next_review(Workspace.of([hearing]), today) == hearing.on


@pytest.mark.parametrize("kind", ["review", "sheet"])
def test_an_agreed_date_counts(kind, maker, today) -> None:
    """The group said when."""
    agreed = today + timedelta(days=20)
    records = {
        "review": maker.make(Review, next_on=agreed),
        "sheet": maker.make(Sheet, look_again_on=agreed),
    }

    assert next_review(Workspace.of([records[kind]]), today) == agreed


def test_the_newest_agreement_replaces_older_ones(maker, today) -> None:
    """A date that was moved must not come back."""
    old = maker.make(Review, on=date(2026, 6, 1), next_on=today + timedelta(days=2))
    new = maker.make(Review, next_on=today + timedelta(days=60))

    assert next_review(Workspace.of([new, old]), today) == today + timedelta(days=60)


def test_an_overdue_review_is_due_today(maker, today) -> None:
    """A date in the past is no date to print on a plan."""
    threat = maker.threat()
    state = maker.state(threat, 5, 5, assessed_on=date(2026, 9, 1))
    ws = Workspace.of([threat, state])

    assert next_review(ws, today) == today
    assert review_dates(ws, today)[0].on == date(2026, 10, 1)


def test_a_review_starts_the_count_anew(maker, today) -> None:
    """Who has just looked need not look again tomorrow."""
    threat = maker.threat()
    state = maker.state(threat, 5, 5, assessed_on=date(2026, 9, 1))

    ws = Workspace.of([threat, state, maker.make(Review, on=today)])

    assert next_review(ws, today) == today + timedelta(days=30)


def test_an_agreed_date_survives_the_cut_for_a_group(maker, today) -> None:
    """The plan of a group carries the day on which it meets again."""
    agreed = today + timedelta(days=20)
    ws = Workspace.of([maker.make(Review, next_on=agreed)])

    assert next_review(ws.for_audience("group"), today) == agreed
