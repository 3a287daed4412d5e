"""What a session hands back: typed records and small frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from amparo.keeper.roles import WorkshopRole
from amparo.method.budget import BudgetLine
from amparo.model.base import Record
from amparo.model.contributions import Prompt, Stand
from amparo.model.reach import Audience
from amparo.model.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Ack:
    """The promise that a save is on the disk: its place in the history, version, instant."""

    seq: int
    version: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Stored:
    """One record as it stood after change number *seq*."""

    record: Record
    version: int
    seq: int


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history; *before* and *after* are None where there was no record."""

    seq: int
    id: str
    kind: str
    role: str
    at: datetime
    version: int
    action: str
    before: Record | None
    after: Record | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A record that came too late; it is kept until somebody has chosen."""

    id: int
    record: Record
    role: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Status:
    """Where the store stands; *notices* are catalogue keys of what to say about this opening."""

    seq: int
    session_only: bool
    can_undo: bool
    can_redo: bool
    last_saved_at: datetime | None
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to open the workspace; its id takes it away."""

    id: str
    kind: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a reader does not get of one kind: whole records, and fields of those they do get."""

    records: int
    fields: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers alone: lines that people showed, and measures by what they are for."""

    contributions: int
    ready: int
    prevents: int
    causes: int


@dataclass(frozen=True, slots=True)
class WallLine:
    """One line of a workshop; *version* is known of one's own only."""

    id: str
    prompt: Prompt
    text: str
    place: Stand
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Wall:
    """What a room sees together, and what one person of it sees of herself.

    Attributes:
        seq: another number whenever any of this changed; it says nothing else.
        sheet: field -> value of what may be said aloud of the sheet; None where there is none.
        contributions: what hangs there, also what the group has taken into its plan.
        own: one's own lines, wherever they stand.
        late: one's own texts that came too late and wait for a choice: save that line once more.
        counts: numbers alone.
    """

    seq: int
    sheet: Mapping[str, Any] | None
    contributions: tuple[WallLine, ...]
    own: tuple[WallLine, ...]
    late: tuple[WallLine, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Seated:
    """Somebody who holds a capability; *workshop_role* is None for the keepers' own programs."""

    identity: str
    role: str
    workshop_role: WorkshopRole | None


@dataclass(frozen=True, slots=True)
class Ended:
    """How many lines a workshop leaves, and how many that nobody was shown are gone."""

    kept: int
    gone: int


@dataclass(frozen=True, slots=True)
class ReportData:
    """What one report may say: a workspace that was cut to its audience in the keeper.

    *chosen* (ids of the measures that stand on the plan, worst risk first), *review_on* and
    *counts* (measures that make us ready, prevent, act on causes) and *budget* (for a donor only)
    were judged on the whole workspace before it was cut. *before* are the records as they stood
    at an agreed plan, cut alike; only a review has them, and only where there was such a plan.
    """

    workspace: Workspace
    report: str
    audience: Audience
    lang: str
    paper: str | None
    today: date
    chosen: tuple[str, ...]
    review_on: date
    parameters: Mapping[str, str | int] = field(default_factory=dict)
    counts: tuple[int, int, int] | None = None
    before: Workspace | None = None
    budget: tuple[BudgetLine, ...] = ()
