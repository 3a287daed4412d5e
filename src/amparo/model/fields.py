"""What a screen must know of each field to ask for it: its control, its choices, its bounds.

Read off the models themselves, so that a new field is asked for on the day it is declared.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from amparo.model.actors import Stance
from amparo.model.base import Record, Value
from amparo.model.ranges import Range, Scale5, Score4
from amparo.model.registry import record_type
from amparo.model.text import ItemId, Line, Prose, RecordId, RoleLetter, Word
from amparo.model.vocabularies import VOCABULARIES

Control = Literal[
    "word", "line", "text", "letter", "date", "flag", "choice", "scale", "number", "range",
    "record", "item", "group",
]  # fmt: skip

# A record id names its kind by the name of the field.
_POINTS_AT: dict[str, str] = {
    "threat_id": "threat",
    "threat_ids": "threat",
    "linked_threat_ids": "threat",
    "driver_id": "driver",
    "actor_id": "actor",
    "actor_ids": "actor",
    "from_id": "actor",
    "to_id": "actor",
    "activity_ids": "activity",
    "linked_activity_id": "activity",
    "protocol_id": "protocol",
    "consent_id": "consent",
    "depends_on": "measure",
    "measures_done": "measure",
    "measures_working": "measure",
    "measures_dropped": "measure",
    "mechanism_id": "mechanism",
    "from_catalogue": "measure",
}
_NAMED: tuple[tuple[Any, Control], ...] = (
    (Word, "word"), (Line, "line"), (Prose, "text"), (RoleLetter, "letter"),
    (RecordId, "record"), (ItemId, "item"), (bool, "flag"), (int, "number"), (date, "date"),
)  # fmt: skip
_SCALES: tuple[tuple[Any, str, tuple[int, int]], ...] = (
    (Scale5, "five", (1, 5)), (Score4, "four", (0, 4)), (Stance, "stance", (-2, 2)),
)  # fmt: skip
_LENGTHS: dict[str, int] = {"word": 40, "line": 300, "text": 5000, "letter": 2}
# Asked of every record alike.
COMMON = ("sensitivity", "delete_by")
# Written by the program itself: nobody says of own work that it is invented, where a plan was, or
# who wrote a line in a workshop.
NOT_ASKED = frozenset({"id", "created_on", "example", "store_seq", "writer", *COMMON})
# The keeper takes no record of it (domain safety rule 1.3), or only from a participant, so no form,
# screen or paper, offers it.
NOT_OFFERED = frozenset({"i_sexual", "own"})


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field as a screen asks for it.

    Attributes:
        name: of the field.
        control: what it is filled in with.
        many: whether it holds a list.
        needed: whether the record cannot exist without it.
        at_most: how many a list may hold, or how many characters a text; None without a bound.
        vocabulary: the vocabulary a choice comes from.
        options: the values of a choice that has no vocabulary.
        points_at: the kind of record, or of catalogue entry, that an id names.
        fields: of a group, one spec each.
    """

    name: str
    control: Control
    many: bool = False
    needed: bool = False
    at_most: int | None = None
    vocabulary: str | None = None
    options: tuple[str | int, ...] = ()
    points_at: str | None = None
    fields: tuple[FieldSpec, ...] = ()
    start: Any = None


@lru_cache(maxsize=128)
def form_of(kind: str) -> tuple[FieldSpec, ...]:
    """Return what is asked for a record of *kind*, in the order of the model.

    Raises:
        RecordError: there is no such kind.
    """
    return tuple(spec for spec in _specs(record_type(kind)) if spec.name not in NOT_ASKED)


@lru_cache(maxsize=128)
def common_of(kind: str) -> tuple[FieldSpec, ...]:
    """Return what is asked of every record alike: who may see it, when it is deleted."""
    return tuple(spec for spec in _specs(record_type(kind)) if spec.name in COMMON)


@lru_cache(maxsize=128)
def every_field_of(kind: str) -> tuple[FieldSpec, ...]:
    """Return all that a record of *kind* holds, asked for or not: its id, its own, the common.

    Raises:
        RecordError: there is no such kind.
    """
    own = form_of(kind)
    known = {spec.name: spec for spec in _specs(record_type(kind))}
    named = {"id", *COMMON, "created_on", *(spec.name for spec in own)}
    written = (spec for name, spec in known.items() if name not in named)
    return (known["id"], *own, *written, *common_of(kind), known["created_on"])


def paths(specs: tuple[FieldSpec, ...], before: str = "") -> Iterator[str]:
    """Yield every field that can be filled in, ``group.field`` for the fields of a group."""
    for spec in specs:
        yield before + spec.name
        yield from paths(spec.fields, f"{before}{spec.name}.")


def _specs(model: type[Value]) -> Iterator[FieldSpec]:
    own = get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        hint, many = _bare(own[name])
        bound = next((m.max_length for m in field.metadata if hasattr(m, "max_length")), None)
        needed = field.is_required()
        start = None if needed else field.get_default(call_default_factory=True)
        yield _spec(name, hint, many=many, needed=needed, bound=bound, start=start)


def _bare(hint: Any) -> tuple[Any, bool]:
    """Return what a field holds without ``None`` and without its list, and whether it has one."""
    if get_origin(hint) in (Union, UnionType):
        hint = next(part for part in get_args(hint) if part is not NoneType)
    if get_origin(hint) is tuple:
        return get_args(hint)[0], True
    return hint, False


def _spec(
    name: str, hint: Any, *, many: bool, needed: bool, bound: int | None, start: Any
) -> FieldSpec:
    common: dict[str, Any] = {"name": name, "many": many, "needed": needed, "start": _plain(start)}
    for known, scale, (low, high) in _SCALES:
        if known == hint:
            steps = tuple(range(low, high + 1))
            return FieldSpec(control="scale", vocabulary=scale, options=steps, **common)
    if inspect.isclass(hint) and issubclass(hint, Value) and not issubclass(hint, Record):
        if hint is Range:
            return FieldSpec(control="range", **common)
        return FieldSpec(control="group", fields=tuple(_specs(hint)), at_most=bound, **common)
    if get_origin(hint) is Literal:
        vocabulary = next((key for key, known in VOCABULARIES.items() if known == hint), None)
        options = get_args(hint)
        return FieldSpec(control="choice", vocabulary=vocabulary, options=options, **common)
    control = _named(hint)
    at_most = bound if many else _LENGTHS.get(control)
    return FieldSpec(control=control, at_most=at_most, points_at=_POINTS_AT.get(name), **common)


def _named(hint: Any) -> Control:
    base = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    for wanted in (hint, base):
        for known, control in _NAMED:
            if known == wanted:
                return control
    return "line"


def _plain(value: Any) -> Any:
    if isinstance(value, Value):
        return value.model_dump(mode="json")
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value
