"""Records with a word in every field."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from amparo.errors import RecordError
from amparo.model.base import Record, Value, field_reach
from amparo.model.contributions import Contribution


@pytest.fixture
def full_record() -> Callable[[type[Record], str], Record]:
    """Fill every field of a kind: hidden text says KEEPWORD, text for the group GROUPWORD."""

    def fill(model: type[Record], record_id: str) -> Record:
        values = {name: _fill_field(model, name) for name in model.model_fields}
        values.update(id=record_id, sensitivity="amber_strict", created_on="2026-03-01")
        if model is Contribution:
            values["place"] = "wall"  # what only its writer reads crosses for nobody
        return _read_with_fewer(model, values)

    return fill


def _fill_field(model: type[Value], name: str) -> Any:
    word = "KEEPWORD" if field_reach(model, name) == "keepers" else "GROUPWORD"
    return _fill(model.model_fields[name].rebuild_annotation(), word)


def _fill(annotation: Any, word: str) -> Any:
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated and typing.get_origin(args[0]) is not tuple:
        bare = args[0]
        return _simple(annotation, word) if not _is_value(bare) else _fill(bare, word)
    if origin is typing.Annotated:
        return _fill(args[0], word)
    if origin is tuple:
        return [_fill(args[0], word)]
    if origin in {typing.Union, types.UnionType}:
        return _fill(args[0], word)
    if _is_value(annotation):
        return {
            name: _fill(annotation.model_fields[name].rebuild_annotation(), word)
            for name in annotation.model_fields
        }
    return _simple(annotation, word)


def _is_value(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Value)


def _simple(annotation: Any, word: str) -> Any:
    literal = typing.get_args(annotation)[:1]
    rules = TypeAdapter(annotation)
    offers = (word, word.lower(), "a" * 32, "A", "2026-03-02", 1, 0, True, *literal)
    for offer in offers:
        try:
            rules.validate_python(offer)
        except ValidationError:
            continue
        return offer
    raise AssertionError(f"no value for {annotation}")


def _read_with_fewer(model: type[Record], values: dict[str, Any]) -> Record:
    # Some kinds want exactly one of two fields: leave optional ones out until the rule is met.
    optional = [name for name, field in model.model_fields.items() if not field.is_required()]
    for left_out in (None, *optional):
        try:
            return model.read({name: v for name, v in values.items() if name != left_out})
        except RecordError:
            continue
    raise AssertionError(f"no full record of {model.kind}")
