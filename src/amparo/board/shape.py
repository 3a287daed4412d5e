"""Whether a value has the shape that the control of its field makes.

A model reads leniently: "yes" would become a tick, and a number a day of 1970. What a page sends
is text as text, numbers as numbers and days as days, or it was not made by our controls.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from amparo.model.fields import FieldSpec

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BOUNDS = frozenset({"low", "best", "high"})


def fits(spec: FieldSpec, value: object) -> bool:
    """Tell whether *value* has the shape of the field; what it may say the model decides."""
    if not spec.many:
        return _fits_one(spec, value)
    return isinstance(value, list) and all(
        one is not None and _fits_one(spec, one) for one in value
    )


def named(spec: FieldSpec, value: Any) -> Iterator[tuple[str | None, str]]:
    """Yield the kind and the id of every record that a value which fits names."""
    for one in value if spec.many else [value]:
        if one is not None and spec.control == "record":
            yield spec.points_at, one
        elif one is not None and spec.control == "group":
            for inner in spec.fields:
                yield from named(inner, one.get(inner.name, [] if inner.many else None))


def _fits_one(spec: FieldSpec, value: object) -> bool:
    if value is None:
        return True
    if spec.control in _SHAPES:
        return _SHAPES[spec.control](value)
    if spec.control == "choice":
        return any(value == one and type(value) is type(one) for one in spec.options)
    if spec.control == "group":
        return isinstance(value, dict) and _fits_group(spec, value)
    return isinstance(value, str)


def _fits_group(spec: FieldSpec, value: dict[str, Any]) -> bool:
    inner = {one.name: one for one in spec.fields}
    return all(name in inner and fits(inner[name], part) for name, part in value.items())


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_range(value: object) -> bool:
    if not isinstance(value, dict) or value.keys() != _BOUNDS:
        return False
    return all(_is_whole(one) for one in value.values())


def _is_day(value: object) -> bool:
    return isinstance(value, str) and _DAY.fullmatch(value) is not None


_SHAPES: dict[str, Callable[[object], bool]] = {
    "flag": lambda value: isinstance(value, bool),
    "number": _is_whole,
    "scale": _is_whole,
    "range": _is_range,
    "date": _is_day,
}
