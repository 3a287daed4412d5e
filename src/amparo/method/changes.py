"""What is another record now than it was when a version of the plan was agreed.

Source:
    method S14 (review and learn; plan version n+1, bands per date).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from amparo.method.matrix import band_range
from amparo.method.states import newest
from amparo.model.base import Record
from amparo.model.plan import PlanVersion
from amparo.model.registry import BY_KIND
from amparo.model.threats import Threat
from amparo.model.vocabularies import Band
from amparo.model.workspace import Workspace

How = Literal["new", "other", "gone"]
# A version, and the review that leads to it, are made by looking; they are not what was looked at.
_SILENT = frozenset({"plan_version", "review"})
_ORDER = {kind: place for place, kind in enumerate(BY_KIND)}


@dataclass(frozen=True, slots=True)
class Changed:
    """One record that is new, another one than before, or gone.

    Attributes:
        how: which of the three.
        record: as it is now; as it last was, when it is gone.
        before: as it was; None when it is new.
        fields: names of the fields that differ, in the order of the model; only of ``other``.
    """

    how: How
    record: Record
    before: Record | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MovedBand:
    """A threat whose band is another one; ``from_band`` is None when nobody had judged it."""

    threat: Threat
    from_band: Band | None
    to_band: Band


def agreed_version(ws: Workspace, number: int | None = None) -> PlanVersion | None:
    """Return the agreed plan with this number, or the last one; None when there is none."""
    held = [one for one in ws.all(PlanVersion) if number is None or one.number == number]
    # Two committees may both have agreed on a "version 2": the later one stands.
    return max(held, key=lambda one: (one.number, one.on), default=None)


def changed(before: Workspace, now: Workspace) -> tuple[Changed, ...]:
    """Compare two states of one workspace, both whole or both cut for the same audience.

    Returns:
        Each record that differs, once, by kind in the order of the method; within a kind new
        ones first, then changed, then gone, each in the order in which they were made.
    """
    found = (one for one in _compared(before, now) if one.record.kind not in _SILENT)
    hows = ("new", "other", "gone")
    return tuple(sorted(found, key=lambda one: (_ORDER[one.record.kind], hows.index(one.how))))


def moved_bands(before: Workspace, now: Workspace) -> tuple[MovedBand, ...]:
    """Return each threat whose band differs, in the order in which they were written."""
    old, new = newest(before, "current"), newest(now, "current")
    moved: list[MovedBand] = []
    for threat in now.all(Threat):
        was, is_now = (states.get(threat.id) for states in (old, new))
        from_band = band_range(was)[1] if was else None
        if is_now and band_range(is_now)[1] != from_band:
            moved.append(MovedBand(threat, from_band, band_range(is_now)[1]))
    return tuple(moved)


def _compared(before: Workspace, now: Workspace) -> Iterator[Changed]:
    for record in now:
        was = before.get(record.id)
        if was is None:
            yield Changed("new", record)
        elif fields := _differing(was, record):
            yield Changed("other", record, was, fields)
    for was in before:
        if now.get(was.id) is None:
            yield Changed("gone", was, was)


def _differing(was: Record, record: Record) -> tuple[str, ...]:
    # A cut record has no value at all for a field that is needed and not shown.
    return tuple(
        name
        for name in type(record).model_fields
        if getattr(was, name, None) != getattr(record, name, None)
    )
