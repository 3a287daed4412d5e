"""S3: who is involved, and how they are tied together."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from amparo.model.base import Record
from amparo.model.ranges import Scale5, Score4
from amparo.model.text import Line, Prose, RecordId
from amparo.model.vocabularies import (
    ActorType,
    ChainRole,
    Confidence,
    ProtectionRole,
    RelationType,
    ThreatType,
)

Stance = Annotated[int, Field(ge=-2, le=2, strict=True)]


class Actor(Record):
    """Somebody with a stance and influence; a type and a code word, not a person's name."""

    kind: ClassVar[str] = "actor"
    step: ClassVar[str] = "S3"

    label: Line
    actor_type: ActorType
    sphere: Literal["state", "non_state", "mixed"] | None = None
    stance: Stance | None = None
    stance_trend: Literal["better", "same", "worse", "unknown"] = "unknown"
    influence: Scale5 = 3
    interest: Prose = ""
    methods: tuple[ThreatType, ...] = ()
    willingness_to_harm: Score4 | None = None
    capability_to_harm: Score4 | None = None
    history: Prose = ""
    protection_role: ProtectionRole | None = None
    chain_role: ChainRole | None = None
    contactable_through: Line = ""
    promised: Line = ""
    promise_tested: bool = False
    confidence: Confidence = "medium"


class Relation(Record):
    """One tie of the money-and-command chain, from one actor to another."""

    kind: ClassVar[str] = "relation"
    step: ClassVar[str] = "S3"

    from_id: RecordId
    to_id: RecordId
    relation_type: RelationType
    evidence: Prose = ""
    confidence: Confidence = "low"
