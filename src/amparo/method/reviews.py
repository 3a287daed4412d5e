"""When to look again.

Source:
    method S14 (umbrella: at least twice a year); the numbers of days are ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from amparo.method.days import days_after
from amparo.method.priorities import ranked
from amparo.method.uncut import whole
from amparo.model.context import Upcoming
from amparo.model.plan import Sheet
from amparo.model.practice import Review
from amparo.model.vocabularies import Band
from amparo.model.workspace import Workspace

Reason = Literal["band", "upcoming", "agreed", "sheet", "half_year"]
HALF_YEAR_DAYS = 182
_DAYS: dict[Band | None, int] = {"extreme": 30, "high": 90}


@dataclass(frozen=True, slots=True)
class ReviewDate:
    """One date on which something asks for a review, and which record asks."""

    on: date
    reason: Reason
    record_id: str | None = None


def interval_days(band: Band | None) -> int:
    """Return after how many days a threat in this band is looked at again."""
    return _DAYS.get(band, HALF_YEAR_DAYS)


def review_dates(ws: Workspace, today: date) -> tuple[ReviewDate, ...]:
    """Return every date that asks for a review, the earliest first; it may lie in the past.

    Source:
        method S14 (time and events).
    """
    past = [review for review in whole(ws, Review) if review.on <= today]
    last = max((review.on for review in past), default=None)
    found = (
        ReviewDate(days_after(last or today, HALF_YEAR_DAYS), "half_year"),
        *_bands(ws, last, today),
        *_upcoming(ws, last, today),
        *_agreed(ws, past, today),
    )
    return tuple(sorted(found, key=lambda due: due.on))


def next_review(ws: Workspace, today: date) -> date:
    """Return the date of the next review: the earliest one, or today when it is overdue.

    Source:
        method S14.
    """
    return max(today, review_dates(ws, today)[0].on)


def _bands(ws: Workspace, last: date | None, today: date) -> Iterator[ReviewDate]:
    for item in ranked(ws):
        if item.current is not None:
            judged_on = min(item.current.assessed_on, today)
            since = max(judged_on, last or judged_on)
            yield ReviewDate(days_after(since, interval_days(item.band)), "band", item.threat.id)


def _upcoming(ws: Workspace, last: date | None, today: date) -> Iterator[ReviewDate]:
    for step in whole(ws, Upcoming):
        # A step that passed without a review since then still asks for one.
        if step.on >= today or (last is not None and step.on > last):
            yield ReviewDate(step.on, "upcoming", step.id)


def _agreed(ws: Workspace, past: list[Review], today: date) -> Iterator[ReviewDate]:
    newest = max(past, key=lambda review: review.on, default=None)
    if newest is not None:
        agreed = [newest]
    else:  # cut for an audience: the next date may be seen, the day of the review not
        agreed = [r for r in ws.all(Review) if r.next_on and r.next_on >= today]
    for review in agreed:
        if review.next_on is not None:
            yield ReviewDate(review.next_on, "agreed", review.id)
    for sheet in ws.all(Sheet):
        if sheet.look_again_on is not None and sheet.look_again_on >= today:
            yield ReviewDate(sheet.look_again_on, "sheet", sheet.id)
