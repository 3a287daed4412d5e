"""Short ways to make records, and strategies that make any workspace."""

from __future__ import annotations

import inspect
from datetime import date
from itertools import count
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import strategies as st

from amparo.model.actors import Stance
from amparo.model.base import Record, Value
from amparo.model.context import CausePath, Driver, TimelineEvent, Upcoming
from amparo.model.incidents import Incident
from amparo.model.measures import Measure
from amparo.model.plan import Protocol, Sheet, Wheel
from amparo.model.practice import Review
from amparo.model.ranges import Range, Scale5, Score4
from amparo.model.registry import RECORD_TYPES
from amparo.model.risk import RiskLimit, RiskState, StrategyChoice
from amparo.model.support import SupportRequest
from amparo.model.text import ItemId, Line, Prose, RecordId, RoleLetter, Word
from amparo.model.threats import Factor, Threat
from amparo.model.workspace import Workspace

TODAY = date(2026, 11, 23)
JUDGED = (
    Threat, RiskState, Measure, Incident, Factor, Driver, CausePath, TimelineEvent, Upcoming,
    Review, Sheet, Wheel, Protocol, RiskLimit, StrategyChoice, SupportRequest,
)  # fmt: skip
_DEFAULTS: dict[type[Record], dict[str, Any]] = {
    Threat: {"sentence": "Somebody could do something", "threat_type": "intimidation"},
    Incident: {"on": TODAY, "incident_kind": "i_watching", "severity": 1, "certainty": "seen"},
    RiskState: {"state": "current", "assessed_on": TODAY},
    Measure: {"title": "We meet"},
    Driver: {"driver": "rc_tenure"},
    Upcoming: {"on": TODAY, "title": "A hearing"},
    TimelineEvent: {"on": TODAY, "title": "A hearing", "event_kind": "legal"},
    Review: {"on": TODAY, "trigger": "date"},
    Protocol: {"event": "raid", "title": "Raid", "steps": [{"does": "Stay together"}]},
    RiskLimit: {"limit": "Nobody goes alone", "decided_on": TODAY},
    SupportRequest: {"request_type": "r_statement"},
    Wheel: {"on": TODAY},
}


class Maker:
    """Makes records with ids of their own."""

    def __init__(self) -> None:
        self._ids = count(1)

    def make(self, model: type[Record], **fields: Any) -> Any:
        own = {"id": f"{next(self._ids):032x}", "created_on": TODAY}
        return model.read({**own, **_DEFAULTS.get(model, {}), **fields})

    def threat(self, **fields: Any) -> Any:
        return self.make(Threat, **fields)

    def measure(self, **fields: Any) -> Any:
        return self.make(Measure, **fields)

    def incident(self, **fields: Any) -> Any:
        return self.make(Incident, **fields)

    def state(self, threat: Any, likelihood: int | Range, impact: int, **fields: Any) -> Any:
        likely = Range.at(likelihood) if isinstance(likelihood, int) else likelihood
        own = {"threat_id": threat.id, "likelihood": likely, "impact": Range.at(impact)}
        return self.make(RiskState, **{**own, **fields})

    def vulnerability(self, score: int, **fields: Any) -> Any:
        own = {"threat_id": "0" * 32, "vulnerability": "v_routine", "score": score}
        return self.make(Factor, **{**own, **fields})

    def capacity(self, score: int, **fields: Any) -> Any:
        own = {"threat_id": "0" * 32, "capacity": "c_unity", "score": score, "practised": True}
        return self.make(Factor, **{**own, **fields})


@pytest.fixture
def maker() -> Maker:
    return Maker()


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY


_IDS = st.sampled_from([f"{number:032x}" for number in range(6)])
_DATES = st.dates(date(2026, 9, 1), date(2027, 3, 1)) | st.sampled_from([date.min, date.max])
_KNOWN: tuple[tuple[Any, st.SearchStrategy[Any]], ...] = (
    (Word, st.sampled_from(["", "a word"])),
    (Line, st.sampled_from(["", "a line"])),
    (Prose, st.sampled_from(["", "a text"])),
    (RoleLetter, st.sampled_from("AB")),
    (RecordId, _IDS),
    (ItemId, st.sampled_from(["m_follow_money", "m_other"])),
    (Scale5, st.integers(1, 5)),
    (Score4, st.integers(0, 4)),
    (Stance, st.integers(-2, 2)),
    (bool, st.booleans()),
    (int, st.integers(1, 9)),
    (date, _DATES),
    (Range, st.lists(st.integers(1, 5), min_size=3, max_size=3).map(
        lambda three: dict(zip(("low", "best", "high"), sorted(three), strict=True)))),
)  # fmt: skip


def _strategy(hint: Any) -> st.SearchStrategy[Any]:
    found = [strategy for known, strategy in _KNOWN if known == hint]
    if found:
        return found[0]
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return st.one_of(*(st.none() if p is NoneType else _strategy(p) for p in parts))
    if origin is tuple:
        return st.lists(_strategy(parts[0]), max_size=2)
    if origin is Literal:
        return st.sampled_from(parts)
    assert inspect.isclass(hint)
    assert issubclass(hint, Value), hint
    return _fields(hint)


def _fields(model: type[Value]) -> st.SearchStrategy[dict[str, Any]]:
    hints = get_type_hints(model, include_extras=True)
    needed, extra = {}, {}
    for name, field in model.model_fields.items():
        (needed if field.is_required() else extra)[name] = _strategy(hints[name])
    return st.fixed_dictionaries(needed, optional=extra)


def _records(model: type[Record]) -> st.SearchStrategy[Record]:
    fields = _fields(model)
    if model is Factor:
        fields = fields.map(_one_side)
    return fields.map(model.read)


def _one_side(fields: dict[str, Any]) -> dict[str, Any]:
    fields = {"vulnerability": None, "capacity": None, **fields}
    if fields["vulnerability"]:
        return {**fields, "capacity": None}
    return {**fields, "capacity": fields["capacity"] or "c_unity"}


@pytest.fixture(scope="session")
def workspaces() -> st.SearchStrategy[Workspace]:
    """Any workspace: ids that meet and ids that lead nowhere, dates at both ends of time."""
    some = st.one_of(*(_records(model) for model in JUDGED))
    judged = st.lists(_records(Threat), max_size=2)
    states = st.lists(_records(RiskState), max_size=3)
    parts = st.tuples(judged, states, st.lists(some, max_size=6))
    return parts.map(lambda three: Workspace.of([*three[0], *three[1], *three[2]]))


@pytest.fixture(scope="session")
def full_workspaces() -> st.SearchStrategy[Workspace]:
    """Any workspace of any kinds of record: for what looks at all of it."""
    judged = st.tuples(_records(Threat), _records(RiskState), _records(Measure))
    some = st.lists(st.one_of(*(_records(model) for model in RECORD_TYPES)), max_size=12)
    return st.tuples(judged, some).map(lambda two: Workspace.of([*two[0], *two[1]]))


@pytest.fixture(scope="session")
def factor_lists() -> st.SearchStrategy[list[Factor]]:
    """Any list of factors of one threat."""
    return st.lists(_records(Factor), max_size=5)  # type: ignore[return-value]


@pytest.fixture(scope="session")
def any_day() -> st.SearchStrategy[date]:
    return _DATES


@pytest.fixture(scope="session")
def any_factor() -> st.SearchStrategy[Record]:
    return _records(Factor)
