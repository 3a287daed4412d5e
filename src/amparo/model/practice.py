"""S13, S14: practise it, live it, look again."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from amparo.model.base import Record, Value
from amparo.model.ranges import Scale5
from amparo.model.reach import shown_to
from amparo.model.text import Line, Prose, RecordId, RoleLetter
from amparo.model.vocabularies import Band


class Drill(Record):
    """A practice of one protocol: what failed, what we mend."""

    kind: ClassVar[str] = "drill"
    step: ClassVar[str] = "S13"

    protocol_id: RecordId | None = None
    on: date
    announced: bool = True
    what_failed: Prose = ""
    fix: Prose = ""


class Agreement(Record):
    """Something we agreed to keep."""

    kind: ClassVar[str] = "agreement"
    step: ClassVar[str] = "S13"

    text: Line = shown_to("group")
    who: Line = ""
    since: date | None = None
    if_broken: Line = ""


class WellbeingCheck(Record):
    """The mood of the group; individual scores are never stored."""

    kind: ClassVar[str] = "wellbeing_check"
    step: ClassVar[str] = "S13"

    on: date
    group_mood: Scale5
    note: Prose = ""


class BandChange(Value):
    """How one threat moved between two versions, and why."""

    threat_id: RecordId
    from_band: Band | None = None
    to_band: Band
    why: Prose = ""


class Review(Record):
    """We looked again: what changed, what worked, when next."""

    kind: ClassVar[str] = "review"
    step: ClassVar[str] = "S14"

    on: date
    trigger: Literal[
        "date", "incident", "pattern", "upcoming", "change", "drill", "filing", "other"
    ]
    changed: tuple[BandChange, ...] = ()
    measures_done: tuple[RecordId, ...] = ()
    measures_working: tuple[RecordId, ...] = ()
    measures_dropped: tuple[RecordId, ...] = ()
    who_carries_too_much: Prose = ""
    what_to_stop: Prose = ""
    learned: Prose = ""
    next_on: date | None = shown_to("group", default=None)
    by_role: RoleLetter | None = None
