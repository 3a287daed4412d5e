"""S5: what has happened, and the signs around us and in our bodies."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from amparo.model.base import Record
from amparo.model.context import DatePrecision
from amparo.model.ranges import Score4
from amparo.model.text import Line, Prose, RecordId
from amparo.model.vocabularies import Certainty, ConsentLevel, IncidentKind


class Incident(Record):
    """Anything that happened and may touch our safety.

    Sexual-violence events are not logged here (domain safety rule 1.3): only a measure may be.
    """

    kind: ClassVar[str] = "incident"
    step: ClassVar[str] = "S5"

    on: date
    date_precision: DatePrecision = "day"
    incident_kind: IncidentKind
    severity: Score4
    certainty: Certainty
    place_kind: Line = ""
    role_affected: Line = ""
    group_affected: bool = False
    gender_dimension: Literal["none", "possible", "clear"] = "none"
    actor_id: RecordId | None = None
    linked_activity_id: RecordId | None = None
    linked_threat_ids: tuple[RecordId, ...] = ()
    what_happened: Prose = ""
    response: Prose = ""
    outcome: Prose = ""
    reported_to: tuple[Line, ...] = ()
    consent: ConsentLevel = "none_yet"
    decision: Literal["undecided", "no_action", "watch", "measure", "emergency"] = "undecided"
    lesson: Prose = ""
    review_by: date | None = None


class Indicator(Record):
    """A sign that safety is changing; a sign is not a proof."""

    kind: ClassVar[str] = "indicator"
    step: ClassVar[str] = "S5"

    on: date
    indicator_kind: Literal[
        "environment", "behaviour_of_others", "digital", "body_emotion", "community_mood"
    ]
    note: Prose
    trend: Literal["better", "same", "worse", "unknown"] = "unknown"
