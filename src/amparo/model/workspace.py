"""A whole workspace at one moment: the records the method judges and a report writes down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar, cast

from amparo.model.base import Record
from amparo.model.reach import Audience

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Workspace:
    """Records by kind, in the order they were made; missing kinds are simply empty."""

    records: tuple[Record, ...] = ()
    _by_id: dict[str, Record] = field(default_factory=dict, repr=False, compare=False)
    _by_model: dict[type[Record], tuple[Record, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        self._by_id.update((record.id, record) for record in self.records)

    @classmethod
    def of(cls, records: Iterable[Record]) -> Workspace:
        """Build a workspace from any iterable of records."""
        return cls(tuple(records))

    def all(self, model: type[R]) -> tuple[R, ...]:
        """Return every record of one kind, in order."""
        if model not in self._by_model:
            # A check-up asks hundreds of times.
            found = tuple(record for record in self.records if isinstance(record, model))
            self._by_model[model] = found
        return cast("tuple[R, ...]", self._by_model[model])

    def one(self, model: type[R]) -> R | None:
        """Return the only record of a kind that occurs once, or None."""
        return next(iter(self.all(model)), None)

    def get(self, record_id: str | None) -> Record | None:
        """Return the record with this id, or None."""
        return self._by_id.get(record_id) if record_id else None

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)

    def for_audience(self, audience: Audience) -> Workspace:
        """Return the workspace cut, record by record and field by field, to one audience."""
        cut = (record.for_audience(audience) for record in self.records)
        return Workspace.of(record for record in cut if record is not None)
