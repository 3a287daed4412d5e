"""S2: what happened, what is coming, and the causes behind it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from amparo.model.base import Record
from amparo.model.reach import shown_to
from amparo.model.text import Line, Prose, RecordId, RoleLetter
from amparo.model.vocabularies import Confidence, RootCause

DatePrecision = Literal["day", "month", "year"]
Reachable = Literal["ours", "allies", "network", "beyond"]


class TimelineEvent(Record):
    """One event of the last years: a project stage, a law, an attack, a victory."""

    kind: ClassVar[str] = "timeline_event"
    step: ClassVar[str] = "S2"

    on: date
    date_precision: DatePrecision = "month"
    title: Line
    event_kind: Literal["project", "legal", "political", "attack", "victory", "seasonal"]
    source: Line = ""
    confidence: Confidence = "medium"


class Upcoming(Record):
    """A date that is coming and may change the risk; it also asks for a review."""

    kind: ClassVar[str] = "upcoming"
    step: ClassVar[str] = "S2"

    on: date
    title: Line
    effect_on_risk: Literal["up", "down", "unclear"] = "unclear"


class Driver(Record):
    """A force that makes attacks useful to somebody, and how far we can reach it."""

    kind: ClassVar[str] = "driver"
    step: ClassVar[str] = "S2"

    driver: RootCause
    how_it_shows_here: Prose = ""
    whys: tuple[Line, ...] = ()
    reach: Reachable = "beyond"
    evidence: Prose = ""
    confidence: Confidence = "medium"


class CausePath(Record):
    """How we act on one cause: who decides, what we ask, with which lever, by when.

    Source:
        domain safety rule 7 (a root cause is a cause path).
    """

    kind: ClassVar[str] = "cause_path"
    step: ClassVar[str] = "S2"

    driver_id: RecordId
    who_decides: Line = shown_to("allies", default="")
    ask: Line = shown_to("public", default="")
    lever: Line = shown_to("allies", default="")
    ally: Line = shown_to("group", default="")
    due: date | None = shown_to("allies", default=None)
    first_small_win: Line = shown_to("public", default="")
    owner_role: RoleLetter | None = shown_to("group", default=None)


class ContextFactors(Record):
    """The surroundings in seven short notes (one a workspace)."""

    kind: ClassVar[str] = "context_factors"
    step: ClassVar[str] = "S2"
    single: ClassVar[bool] = True

    political: Prose = ""
    economic: Prose = ""
    social: Prose = ""
    technological: Prose = ""
    legal: Prose = ""
    environmental: Prose = ""
    security: Prose = ""
