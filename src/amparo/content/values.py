"""What a pack holds, as frozen values: ids and dates, never a sentence.

The sentences stand in the language files and come from ``Pack.text``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Meta:
    """Where a piece of content comes from and when it has to be looked at again."""

    sources: tuple[str, ...]
    checked: date
    knowledge_year: int
    review_by: date
    reviewed_by_role: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a vocabulary."""

    id: str
    category: str | None = None
    sphere: str | None = None
    value: int | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """An ordered list of ids that records may use."""

    id: str
    items: tuple[Item, ...]
    meta: Meta

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the items, in the order people should see them."""
        return tuple(item.id for item in self.items)


@dataclass(frozen=True, slots=True)
class Measure:
    """A suggestion that a group may adapt; always shown with its caveats."""

    id: str
    phases: tuple[str, ...]
    approach: str
    levels: tuple[str, ...]
    dimensions: tuple[str, ...]
    strategy: str
    acts_on: str
    reduces: tuple[str, ...]
    causes: tuple[str, ...]
    cost: str
    effort: str
    meta: Meta


@dataclass(frozen=True, slots=True)
class Scenario:
    """A composite story for training: never a real case, never a likelihood."""

    id: str
    groups: tuple[str, ...]
    actors: tuple[str, ...]
    threat_types: tuple[str, ...]
    measures: tuple[str, ...]
    root_causes: tuple[str, ...]
    meta: Meta


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A door outside the group. It has no contact, on purpose, and always shows its age.

    ``seen_at`` says where a fact was read; it is a reference, never a link for people.
    """

    id: str
    category: str
    status: str
    basis: str
    verified: bool
    verify_before_use: bool
    seen_at: str | None
    meta: Meta


@dataclass(frozen=True, slots=True)
class Source:
    """A published work, or (kind ``practice``) experience that no work was found for."""

    id: str
    kind: str
    title: str | None
    organisation: str | None
    year: str | None
    url: str | None
    seen: str
    licence: str | None


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary."""

    id: str
    meta: Meta
