"""One record of every kind, with every field filled in."""

from __future__ import annotations

import inspect
from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest

from amparo.model.base import Record, Value
from amparo.model.ranges import Range
from amparo.model.registry import RECORD_TYPES, read_record
from amparo.model.text import ItemId, Line, Prose, RecordId, RoleLetter, Word

_TEXTS = {"word": Word, "line": Line, "prose": Prose}
_FIXED: tuple[tuple[Any, Any], ...] = (
    (RoleLetter, "B"),
    (RecordId, "ab" * 16),
    (ItemId, "m_example"),
    (bool, True),
    (date, "2026-11-23"),
    (Range, {"low": 1, "best": 2, "high": 3}),
)


def _value(hint: Any, name: str) -> Any:
    if any(hint == known for known in _TEXTS.values()):
        return f"text in {name}"[:40]
    found = [value for known, value in _FIXED if known == hint]
    if found:
        return found[0]
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _value(next(part for part in parts if part is not NoneType), name)
    if origin in (tuple, Literal):
        return [_value(parts[0], name)] if origin is tuple else parts[-1]
    if inspect.isclass(hint) and issubclass(hint, Value):
        return _fields(hint)
    assert origin is Annotated or hint is int, hint
    return 2


def _fields(model: type[Value]) -> dict[str, Any]:
    hints = get_type_hints(model, include_extras=True)
    return {name: _value(hints[name], name) for name in model.model_fields}


@pytest.fixture
def full_fields():
    """Kind -> plain JSON values for every field of it."""

    def make(kind: str, label: str = "amber") -> dict[str, Any]:
        model = next(m for m in RECORD_TYPES if m.kind == kind)
        fields = {**_fields(model), "sensitivity": label}
        if kind == "factor":
            del fields["capacity"]  # a factor is one side only
        return fields

    return make


@pytest.fixture
def full_record(full_fields):
    """Kind -> a record with every field filled in."""

    def make(kind: str, label: str = "amber") -> Record:
        return read_record(kind, full_fields(kind, label))

    return make
