"""S6, S7: what could happen, why us, and what protects us."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from amparo.model.base import Record, Value
from amparo.model.ranges import Score4
from amparo.model.reach import shown_to
from amparo.model.text import Line, Prose, RecordId, RoleLetter, Word
from amparo.model.vocabularies import (
    Band,
    CapacityComponent,
    Confidence,
    Imminence,
    Level,
    ThreatType,
    VulnerabilityComponent,
)


class SentenceParts(Value):
    """The sentence builder: somebody could act against somebody when, in order to."""

    actor: Line = ""
    act: Line = ""
    target: Line = ""
    situation: Line = ""
    aim: Line = ""


class Threat(Record):
    """One possible harmful act or event, written as a whole sentence."""

    kind: ClassVar[str] = "threat"
    step: ClassVar[str] = "S6"

    letter: Word = ""
    sentence: Prose
    parts: SentenceParts = SentenceParts()
    threat_type: ThreatType
    targets: tuple[Word, ...] = ()
    actor_ids: tuple[RecordId, ...] = ()
    activity_ids: tuple[RecordId, ...] = ()
    declared: bool = False
    imminence: Imminence = "later"
    scope: Literal["individual", "family", "group", "community"] = "group"
    gendered_form: Prose = ""
    signs_to_watch: tuple[Line, ...] = shown_to("group", default=())
    history: Prose = ""
    confidence: Confidence = "medium"
    reason_if_low: Prose = ""


class SourceHypothesis(Value):
    """Who may be behind a declared threat, how sure we are, and why."""

    actor_id: RecordId | None = None
    confidence: Confidence = "low"
    why: Prose = ""


class DeclaredAnalysis(Record):
    """The five questions about a threat that somebody announced.

    Source:
        fld_five, fld_mod14, tt_threats (curricula/foundations/sources.yaml).
    """

    kind: ClassVar[str] = "declared_analysis"
    step: ClassVar[str] = "S6"

    threat_id: RecordId
    facts: Prose = ""
    pattern: Prose = ""
    objective: Prose = ""
    source_hypotheses: tuple[SourceHypothesis, ...] = ()
    conclusion: Prose = ""
    likelihood_band: Band | None = None
    confidence: Confidence = "low"
    decided_by_role: RoleLetter | None = None
    on: date
    next_check: date | None = None


class Factor(Record):
    """One thing that makes it easier to hurt us, or that protects us, for one threat.

    Exactly one of ``vulnerability`` and ``capacity`` is given. A capacity counts when it is
    practised, not when it only stands on paper.
    """

    kind: ClassVar[str] = "factor"
    step: ClassVar[str] = "S7"

    threat_id: RecordId
    vulnerability: VulnerabilityComponent | None = None
    capacity: CapacityComponent | None = None
    score: Score4
    practised: bool = False
    acts_on: Literal["likelihood", "impact", "both"] = "likelihood"
    level: Level | None = None
    who_mainly: tuple[Word, ...] = ()
    changeable: Literal["us_now", "us_later", "with_allies", "structural"] = "us_later"
    note: Prose = ""
    reason_if_not_used: Prose = ""

    @model_validator(mode="after")
    def _one_side(self) -> Self:
        if (self.vulnerability is None) == (self.capacity is None):
            raise ValueError("expected either a vulnerability or a capacity")
        return self


class IdentityFactor(Record):
    """How power over an identity works here, and what it asks of the plan."""

    kind: ClassVar[str] = "identity_factor"
    step: ClassVar[str] = "S7"

    factor: Line
    how_power_works_here: Prose = ""
    extra_threat_types: tuple[ThreatType, ...] = ()
    measure_needed: Prose = ""
