"""What one drawing of a screen is made of: the records, their versions, words and content."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from amparo.content import Pack
from amparo.messages import Messages
from amparo.model.base import Record
from amparo.model.process import Process, Track
from amparo.model.workspace import Workspace
from amparo.session import Change, Conflict
from amparo.wording.choices import choice_label, pack_of
from amparo.wording.labels import label_of, records_of


def _no_history(_seq: int) -> tuple[Change, ...]:
    return ()


def _no_conflict() -> tuple[Conflict, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Scene:
    """The stored state at one moment, in the language of one page.

    Attributes:
        workspace: every record.
        versions: of each record, by id.
        words: the catalogue of the page's language.
        today: the day on which it is looked at.
        options: what the part was made with (kinds it edits, and the like).
        changes_since: the history after a place in it, oldest first.
        conflicts: the texts that came too late and wait for a choice.
        session_only: whether all of it ends with this session.
    """

    workspace: Workspace
    versions: Mapping[str, int]
    words: Messages
    today: date
    options: Mapping[str, Any] = field(default_factory=dict)
    changes_since: Callable[[int], tuple[Change, ...]] = _no_history
    conflicts: Callable[[], tuple[Conflict, ...]] = _no_conflict
    session_only: bool = True

    @property
    def lang(self) -> str:
        """The language of the page."""
        return self.words.lang

    @property
    def process(self) -> Process | None:
        """How the group works, once it has said so."""
        return self.workspace.one(Process)

    @property
    def track(self) -> Track:
        """Quick, two days or five days."""
        return self.process.track if self.process else "quick"

    def pack(self, *stems: str) -> Pack:
        """Return the content pack with these files (``measures``, ``steps`` …) read."""
        return pack_of(*stems)

    def records(self, kind: str) -> tuple[Record, ...]:
        """Return the records of one kind, in the order they were made."""
        return records_of(self.workspace, kind)

    def drawn(self, record: Record) -> dict[str, Any]:
        """Return one record as a screen takes it: id, version, label and all its fields."""
        return {
            "id": record.id,
            "kind": record.kind,
            "version": self.versions.get(record.id, 1),
            "label": self.label(record),
            "fields": record.model_dump(mode="json", exclude={"id", "created_on"}),
        }

    def label(self, record: Record) -> str:
        """Return the line that stands for *record*."""
        return label_of(record, lambda name, value: self.choice(record.kind, name, value))

    def choice(self, kind: str, name: str, value: Any) -> str:
        """Return the label of one choice of a field; text that somebody typed stays as it is."""
        return choice_label(self.words, kind, name, value)

    def pairs(self, kind: str) -> list[list[str]]:
        """Return (id, label) of everything an id of *kind* may name: records, or the catalogue."""
        return [[record.id, self.label(record)] for record in self.records(kind)]
