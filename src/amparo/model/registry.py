"""All kinds of record, by name."""

from __future__ import annotations

import json
from typing import Any

from amparo.errors import RecordError
from amparo.model.actors import Actor, Relation
from amparo.model.assets import Asset, InfoItem, Place
from amparo.model.base import Record
from amparo.model.context import CausePath, ContextFactors, Driver, TimelineEvent, Upcoming
from amparo.model.contributions import Contribution
from amparo.model.incidents import Incident, Indicator
from amparo.model.measures import Measure
from amparo.model.plan import AlertLevel, PlanVersion, Protocol, Rule, Sheet, Wheel
from amparo.model.practice import Agreement, Drill, Review, WellbeingCheck
from amparo.model.process import Activity, OwnWord, Practice, Process, Profile
from amparo.model.risk import RiskLimit, RiskState, StrategyChoice
from amparo.model.statements import Statement
from amparo.model.support import Consent, MechanismCheck, SupportRequest
from amparo.model.threats import DeclaredAnalysis, Factor, IdentityFactor, Threat

# In the order of the method's steps.
RECORD_TYPES: tuple[type[Record], ...] = (
    Process, OwnWord, Profile, Activity, Practice, Contribution,
    TimelineEvent, Upcoming, ContextFactors, Driver, CausePath,
    Actor, Relation,
    Asset, InfoItem, Place,
    Incident, Indicator,
    Threat, DeclaredAnalysis, Factor, IdentityFactor,
    RiskState, RiskLimit, StrategyChoice,
    Measure,
    Sheet, AlertLevel, Protocol, Rule, Wheel, PlanVersion,
    SupportRequest, MechanismCheck, Consent, Statement,
    Drill, Agreement, WellbeingCheck, Review,
)  # fmt: skip

BY_KIND: dict[str, type[Record]] = {model.kind: model for model in RECORD_TYPES}


def record_type(kind: str) -> type[Record]:
    """Return the class of *kind*.

    Raises:
        RecordError: there is no such kind.
    """
    if kind not in BY_KIND:
        raise RecordError("unknown kind of record", record="?", names="kind")
    return BY_KIND[kind]


def read_record(kind: str, fields: dict[str, Any]) -> Record:
    """Build a record of *kind* from plain JSON values.

    Raises:
        RecordError: the kind is unknown or a value breaks a rule.
    """
    return record_type(kind).read(fields)


def to_json(record: Record) -> str:
    """Write a record as canonical JSON: sorted keys, no spaces, one way only."""
    return json.dumps(
        record.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
