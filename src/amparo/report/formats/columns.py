"""Which columns a kind of record has in a table, and which of its lists are tables of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from amparo.model.fields import FieldSpec, every_field_of

_ENDS = ("low", "best", "high")
_STEPS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the way to a field, ``("data_rule", "storage")``, and what may stand there."""

    path: tuple[str, ...]
    spec: FieldSpec

    @property
    def name(self) -> str:
        """Its name in a table, ``data_rule.storage``."""
        return ".".join(self.path)

    def of(self, values: Any) -> Any:
        """Return what stands there in the JSON values of a record, or of one group of a list."""
        for name in self.path:
            values = None if values is None else values.get(name)
        return values


@lru_cache(maxsize=128)
def columns_of(kind: str) -> tuple[Column, ...]:
    """Return the columns of *kind*, its id first; a list of groups is no column.

    Raises:
        RecordError: there is no such kind.
    """
    return tuple(_columns(every_field_of(kind), ()))


@lru_cache(maxsize=128)
def lists_of(kind: str) -> dict[str, tuple[Column, ...]]:
    """Return the lists of groups of *kind*, each a further table with these columns.

    Raises:
        RecordError: there is no such kind.
    """
    return {
        spec.name: tuple(_columns(spec.fields, ()))
        for spec in every_field_of(kind)
        if spec.control == "group" and spec.many
    }


def _columns(specs: tuple[FieldSpec, ...], before: tuple[str, ...]) -> Iterator[Column]:
    for spec in specs:
        path = (*before, spec.name)
        if spec.control == "range":
            yield from (Column((*path, end), _end(end)) for end in _ENDS)
        elif spec.control == "group":
            yield from () if spec.many else _columns(spec.fields, path)
        else:
            yield Column(path, spec)


def _end(name: str) -> FieldSpec:
    return FieldSpec(name=name, control="number", needed=True, options=_STEPS)
