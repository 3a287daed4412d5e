"""What a file proposes: records, or parts of records, and what cannot be read in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the table (``threat``, ``sheet.duties``) and the row."""

    table: str
    row: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one row: ``key`` is a sentence of the catalogue, ``column`` may be empty."""

    place: Place
    column: str
    key: str


@dataclass(slots=True)
class Proposal:
    """One record as a file has it.

    Args:
        kind: of the record.
        id: 32 digits, or empty for a new record that has none yet.
        place: where it begins.
        values: the fields that the file holds, as JSON values.
        faults: what cannot be read; a proposal with one is refused.
    """

    kind: str
    id: str
    place: Place
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, key: str, column: str = "", place: Place | None = None) -> None:
        """Note one fault."""
        self.faults.append(Fault(place or self.place, column, f"import.why.{key}"))


@dataclass(frozen=True, slots=True)
class Proposals:
    """All records of one file, in its order, and how many sheets of it were left alone."""

    records: tuple[Proposal, ...]
    unread_sheets: int = 0
