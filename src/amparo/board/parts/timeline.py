"""What happened and what is coming, on one line of time.

The line has two stretches: the past, and the next twelve months, which get more room for each
month because that is where a group can still act. What lies further ahead stands at the end.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from amparo.board.scene import Scene
from amparo.formats import Precision
from amparo.model.context import TimelineEvent, Upcoming

KINDS = ("timeline_event", "upcoming")
# Shares of the line: today stands where the marks ask for it; after twelve months comes "later".
_TODAY_BETWEEN = (0.35, 0.65)
_YEAR_AHEAD = 0.94
_SHORTEST_PAST = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of time from 0 (long ago) to 1 (far ahead)."""

    first: date
    today: date
    now: float = 0.5

    def place(self, day: date) -> float:
        """Return where *day* stands on the line."""
        ahead = (day - self.today).days
        if ahead <= 0:
            past = max((self.today - self.first).days, 1)
            return round(max(0.0, self.now * (1 + ahead / past)), 4)
        year = (self.year_end - self.today).days
        if ahead <= year:
            return round(self.now + (_YEAR_AHEAD - self.now) * ahead / year, 4)
        return 1.0

    @property
    def year_end(self) -> date:
        """The day twelve months from today."""
        return _years(self.today, 1)

    def ticks(self) -> Iterator[date]:
        """Yield the days that the line names: the new years of the past, quarters ahead."""
        for year in range(self.first.year + 1, self.today.year + 1):
            yield date(year, 1, 1)
        for month in (3, 6, 9, 12):
            years, left = divmod(self.today.month - 1 + month, 12)
            yield date(self.today.year + years, left + 1, 1)


def extent(day: date, precision: Precision) -> tuple[date, date]:
    """Return the first and the last day that a date may mean: a day, a month or a year."""
    if precision == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if precision == "month":
        last = monthrange(day.year, day.month)[1]
        return day.replace(day=1), day.replace(day=last)
    return day, day


def draw(scene: Scene) -> dict[str, Any]:
    """Return both lists for the editor, and the marks of the picture in order of time."""
    happened, coming = scene.workspace.all(TimelineEvent), scene.workspace.all(Upcoming)
    line = _line(scene.today, happened, coming)
    marks = [_happened(scene, line, one) for one in happened]
    marks += [_coming(scene, line, one) for one in coming]
    return {
        "records": {kind: [scene.drawn(one) for one in scene.records(kind)] for kind in KINDS},
        "marks": sorted(marks, key=lambda mark: mark["on"]),
        "now": line.now,
        "year_end": _YEAR_AHEAD,
        "ticks": _ticks(scene, line),
        "today": scene.today.isoformat(),
        "refs": {},
    }


def _line(today: date, happened: tuple[TimelineEvent, ...], coming: tuple[Upcoming, ...]) -> Line:
    """Make the line long enough for all, with room on both sides of today for their words."""
    starts = [extent(one.on, one.date_precision)[0] for one in happened]
    over = len(happened) + sum(one.on < today for one in coming)
    share = over / max(len(happened) + len(coming), 1)
    low, high = _TODAY_BETWEEN
    now = round(min(max(share, low), high), 4)
    return Line(min([*starts, today - _SHORTEST_PAST]), today, now)


def _ticks(scene: Scene, line: Line) -> list[dict[str, Any]]:
    return [
        {
            "at": line.place(day),
            "label": str(day.year) if day <= scene.today else scene.words.month(day),
        }
        for day in line.ticks()
    ]


def _happened(scene: Scene, line: Line, one: TimelineEvent) -> dict[str, Any]:
    first, last = extent(one.on, one.date_precision)
    return {
        "id": one.id,
        "on": one.on.isoformat(),
        "from": line.place(first),
        "to": line.place(min(last, max(scene.today, first))),
        "when": scene.words.date(one.on, one.date_precision),
        "title": one.title,
        "sort": one.event_kind,
        "what": scene.choice("timeline_event", "event_kind", one.event_kind),
        "unsure": one.confidence == "low",
        "state": "past",
    }


def _coming(scene: Scene, line: Line, one: Upcoming) -> dict[str, Any]:
    place = line.place(one.on)
    return {
        "id": one.id,
        "on": one.on.isoformat(),
        "from": place,
        "to": place,
        "when": scene.words.date(one.on),
        "title": one.title,
        "sort": one.effect_on_risk,
        "what": scene.choice("upcoming", "effect_on_risk", one.effect_on_risk),
        "unsure": False,
        "state": _state(line, one.on),
    }


def _state(line: Line, day: date) -> str:
    if day < line.today:
        return "gone"
    return "soon" if day <= line.year_end else "later"


def _years(day: date, number: int) -> date:
    try:
        return day.replace(year=day.year + number)
    except ValueError:  # 29 February
        return day.replace(year=day.year + number, day=28)
