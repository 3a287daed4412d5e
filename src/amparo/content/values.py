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


@dataclass(frozen=True, slots=True)
class Step:
    """One screen of the workbook: where it stands, who sees it, how deep each track goes."""

    id: str
    stage: int
    tag: str
    quick: str
    two_day: str
    five_day: str
    meta: Meta


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that a step asks; with ``groups``, only these groups are asked it.

    ``kind`` names the kind of record that the answer goes to; None if it is only talked about.
    """

    id: str
    step: str
    tag: str
    lens: str
    kind: str | None
    groups: tuple[str, ...]
    tracks: tuple[str, ...]
    meta: Meta


@dataclass(frozen=True, slots=True)
class Quick:
    """One of the twelve questions for people in danger now; ``ten``: in the ten-minute path."""

    id: str
    number: int
    ten: bool
    tag: str
    meta: Meta


@dataclass(frozen=True, slots=True)
class Lever:
    """A rule that somebody in the money chain is bound by; always checked before use."""

    id: str
    binds: tuple[str, ...]
    chain: tuple[str, ...]
    mechanisms: tuple[str, ...]
    meta: Meta


@dataclass(frozen=True, slots=True)
class ActorCard:
    """What moves one kind of actor, what makes it worse, who can talk, and what never to do."""

    id: str
    types: tuple[str, ...]
    meta: Meta
