"""Which incidents a paper tells, and the number that each has on every paper."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from amparo.formats import Precision
from amparo.model.incidents import Incident, Indicator
from amparo.report.parameters import Period, read_parameters
from amparo.report.sections.material import ReportData

_SEALED = "i_sexual"


@dataclass(frozen=True, slots=True)
class Told:
    """What happened in a period.

    Attributes:
        incidents: of the period, by date.
        signs: of the period, by date.
        outside: how many incidents lie outside of it.
        numbers: id -> number, counted over all of them, so that number 7 is the same incident in
            every period and on every paper.
        period: the days that were asked for.
    """

    incidents: tuple[Incident, ...]
    signs: tuple[Indicator, ...]
    outside: int
    numbers: Mapping[str, int]
    period: Period

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell at all."""
        return not (self.incidents or self.signs)


def told(data: ReportData) -> Told:
    """Return what the report may tell: no sexual violence, nothing outside the period."""
    asked = read_parameters(data.report, data.parameters)
    period = asked if isinstance(asked, Period) else Period()
    everything = told_incidents(data)
    inside = tuple(item for item in everything if _touches(period, *_days(item)))
    signs = sorted(data.workspace.all(Indicator), key=lambda item: (item.on, item.id))
    return Told(
        inside,
        tuple(item for item in signs if period.holds(item.on)),
        len(everything) - len(inside),
        {item.id: number for number, item in enumerate(everything, start=1)},
        period,
    )


def told_incidents(data: ReportData) -> tuple[Incident, ...]:
    """Return the incidents that may be shown, by date.

    Sexual violence stays out of every picture, list, count and trend (domain safety rule 1.3).
    """
    told = (item for item in data.workspace.all(Incident) if item.incident_kind != _SEALED)
    return tuple(sorted(told, key=lambda item: (item.on, item.id)))


def _touches(period: Period, first: date, last: date) -> bool:
    """What is known by its month may have been on any day of it: when in doubt it is told."""
    return (period.since is None or last >= period.since) and (
        period.until is None or first <= period.until
    )


def _days(item: Incident) -> tuple[date, date]:
    return _span(item.on, item.date_precision)


def _span(on: date, precision: Precision) -> tuple[date, date]:
    if precision == "year":
        return on.replace(month=1, day=1), on.replace(month=12, day=31)
    if precision == "month":
        return on.replace(day=1), on.replace(day=monthrange(on.year, on.month)[1])
    return on, on
