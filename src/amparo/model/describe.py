"""Writes docs/reference/records.md from the models themselves.

``python -m amparo.model.describe > docs/reference/records.md``; a test holds the two in step.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from amparo.model.actors import Stance
from amparo.model.base import Record, Value, field_reach
from amparo.model.ranges import Scale5, Score4
from amparo.model.registry import RECORD_TYPES
from amparo.model.text import ItemId, Line, Prose, RecordId, RoleLetter, Word
from amparo.model.vocabularies import VOCABULARIES

_NAMED: tuple[tuple[Any, str], ...] = (
    (Word, "word"),
    (Line, "line"),
    (Prose, "text"),
    (RoleLetter, "role letter"),
    (RecordId, "record id"),
    (ItemId, "catalogue id"),
    (Scale5, "1 to 5"),
    (Score4, "0 to 4"),
    (Stance, "-2 to 2"),
    (bool, "yes or no"),
    (int, "number"),
    (date, "date"),
)
_HEAD = """# Records

Written by `python -m amparo.model.describe`; do not edit by hand.

A workspace is a set of records. Every record has an `id` (32 random hexadecimal digits),
a `sensitivity` label, `created_on` (a day, never an hour) and an optional `delete_by`.
There is no record for a person: people are role letters, from a card the group keeps itself.
A record refuses fields it does not know, and text with invisible or control characters.

**Reach** is the farthest a field may travel: `keepers` (those who keep the file), `group`,
`allies`, `public`. A field is cut before it leaves the keeper; the label of the whole record
may hold it back further. **Needed** fields have no default.

Types: a *word* has at most 40 characters, a *line* 300, a *text* 5000 and may have several
lines. A *range* is `low`, `best`, `high`, whole numbers from 1 to 5 in that order. A name in
backquotes after "one of" is a vocabulary of `curricula/foundations/taxonomies.yaml`.
"""


def describe() -> str:
    """Return the whole page as Markdown."""
    parts = [_HEAD, "\n## Overview\n\n", *_overview()]
    for model in RECORD_TYPES:
        parts += _section(model, f"{model.step} · `{model.kind}`")
    parts.append("\n# Parts of records\n")
    for value in _values():
        parts += _section(value, value.__name__)
    return "".join(parts)


def _overview() -> Iterator[str]:
    yield "| Step | Kind | What it is | How many |\n|---|---|---|---|\n"
    for model in RECORD_TYPES:
        number = "one" if model.single else "any"
        yield f"| {model.step} | `{model.kind}` | {_summary(model)} | {number} |\n"


def _section(model: type[Value], title: str) -> Iterator[str]:
    yield f"\n## {title}\n\n{_summary(model)}\n\n"
    yield "| Field | Type | Needed | Reach |\n|---|---|---|---|\n"
    is_record = issubclass(model, Record)
    for name, hint in get_type_hints(model, include_extras=True).items():
        field = model.model_fields.get(name)
        if field is None or (is_record and name in Record.model_fields):
            continue
        needed = "yes" if field.is_required() else ""
        reach = field_reach(model, name) if is_record else "as its record"
        yield f"| `{name}` | {_type(hint)} | {needed} | {reach} |\n"


def _summary(model: type[Value]) -> str:
    return (inspect.getdoc(model) or "").split("\n\n")[0].replace("\n", " ")


def _type(hint: Any) -> str:
    if get_origin(hint) in (Union, UnionType):
        return " or ".join(_type(part) for part in get_args(hint) if part is not NoneType)
    if get_origin(hint) is tuple:
        return f"list of {_type(get_args(hint)[0])}"
    if get_origin(hint) is Literal:
        return _choice(hint)
    if inspect.isclass(hint) and issubclass(hint, Value):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    return next((name for known, name in _NAMED if known == hint), _bare(hint))


def _choice(hint: Any) -> str:
    for name, known in VOCABULARIES.items():
        if known == hint:
            return f"one of `{name}`"
    return "one of " + ", ".join(str(value) for value in get_args(hint))


def _bare(hint: Any) -> str:
    if get_origin(hint) is Annotated:
        return _type(get_args(hint)[0])
    return getattr(hint, "__name__", str(hint))


def _values() -> list[type[Value]]:
    """Return the small parts, in the order in which the records first use them."""
    found: dict[type[Value], None] = {}
    for model in RECORD_TYPES:
        _collect(model, found)
    return list(found)


def _collect(model: type[Value], found: dict[type[Value], None]) -> None:
    for hint in get_type_hints(model).values():
        for part in (hint, *get_args(hint)):
            if inspect.isclass(part) and issubclass(part, Value) and part not in found:
                found[part] = None
                _collect(part, found)


if __name__ == "__main__":
    sys.stdout.write(describe())
