"""S8, S9: the risk picture, our limits, and the logic we choose."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from amparo.model.base import Record, Value
from amparo.model.ranges import Range, Scale5
from amparo.model.text import Prose, RecordId, RoleLetter, Word
from amparo.model.vocabularies import Confidence, Strategy

State = Literal["inherent", "current", "target"]


class GroupImpact(Value):
    """Impact for the people hurt most, without naming them."""

    group: Word
    impact: Scale5


class RiskState(Record):
    """Likelihood and impact of one threat in one state, as ranges.

    *inherent*: without protection; *current*: as things are; *target*: what we hope.
    """

    kind: ClassVar[str] = "risk_state"
    step: ClassVar[str] = "S8"

    threat_id: RecordId
    state: State
    likelihood: Range
    impact: Range
    pressure: Scale5 | None = None
    confidence: Confidence = "medium"
    disagreement: Literal[0, 1, 2, 3, 4] = 0
    dissent_note: Prose = ""
    impact_by_group: tuple[GroupImpact, ...] = ()
    override_reason: Prose = ""
    assessed_on: date
    period_months: Literal[1, 3, 6, 12] = 6


class RiskLimit(Record):
    """The risk this group accepts, freely and reversibly, and who may say stop."""

    kind: ClassVar[str] = "risk_limit"
    step: ClassVar[str] = "S8"

    limit: Prose
    who_may_stop: tuple[RoleLetter, ...] = ()
    decided_on: date
    accepted_by_those_concerned: bool = False


class StrategyTest(Value):
    """Six questions to a strategy, each 0 (no) to 2 (yes); 0 on harm means: make it anew."""

    responsive: Literal[0, 1, 2] = 1
    adaptable: Literal[0, 1, 2] = 1
    sustainable: Literal[0, 1, 2] = 1
    effective: Literal[0, 1, 2] = 1
    reversible: Literal[0, 1, 2] = 1
    harms_nobody: Literal[0, 1, 2] = 1


class StrategyChoice(Record):
    """The logic behind a set of measures for one threat."""

    kind: ClassVar[str] = "strategy_choice"
    step: ClassVar[str] = "S9"

    threat_id: RecordId
    families: tuple[Strategy, ...] = ()
    reasoning: Prose = ""
    test: StrategyTest = StrategyTest()
    harms_considered: Prose = ""
    decided_by: RoleLetter | None = None
