"""What a session hands back: typed records and small frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from amparo.model.base import Record
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
class ReportData:
    """What one report may say: a workspace that was cut to its audience in the keeper.

    *chosen* (ids of the measures that stand on the plan, worst risk first) and *review_on* were
    judged on the whole workspace before it was cut.
    """

    workspace: Workspace
    report: str
    audience: Audience
    lang: str
    paper: str | None
    today: date
    chosen: tuple[str, ...]
    review_on: date
    step: str | None = None
