"""What a file would change in a workspace: a list that somebody reads before anything is saved.

A record that is there already is changed only in the fields that the file holds; an unknown id is
a new record; nothing is deleted because it is missing in a file. What the program itself writes,
and who may see a record, no file changes.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from amparo.errors import RecordError
from amparo.keeper.admission import admit
from amparo.model.base import Record
from amparo.model.fields import NOT_ASKED
from amparo.model.process import Process
from amparo.model.registry import BY_KIND
from amparo.report.importing.proposals import Fault, Place, Proposal
from amparo.session import Stored

State = Literal["new", "changed", "same", "refused"]
# Never taken from a file: whether records are invented, and where a plan stood in another store.
_NEVER = frozenset({"example", "store_seq"})
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
# Why the rules of a record refused a value -> the last part of a sentence's key.
_WHY = {
    "missing": "needed",
    "literal_error": "choice",
    "string_too_long": "long",
    "too_long": "many",
    "string_pattern_mismatch": "form",
    "extra_forbidden": "column",
    "not_kept_here": "not_kept_here",
}
_WHY_BY_BEGINNING = (("date", "day"), ("int", "number"), ("greater", "number"), ("less", "number"))


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one record of a file.

    Attributes:
        state: ``new``, ``changed``, ``same`` or ``refused``.
        kind: of the record; ``?`` when there is no such kind.
        place: where it stands in the file.
        record: as it would be saved; None when it is refused.
        version: the version it was compared with; None for a new one.
        fields: the fields that change.
        left: the fields that differ, and that no file changes.
        faults: why it is refused.
    """

    state: State
    kind: str
    place: Place
    record: Record | None = None
    version: int | None = None
    fields: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What becomes of every record of a file, in its order."""

    all: tuple[Change, ...]

    def of(self, *states: State) -> tuple[Change, ...]:
        """Return those in one of these states."""
        return tuple(change for change in self.all if change.state in states)

    @property
    def can_be_saved(self) -> bool:
        """Whether nothing is refused and something is there to save."""
        return not self.of("refused") and bool(self.of("new", "changed"))


def changes_for(
    proposals: Iterable[Proposal],
    stored: Iterable[Stored],
    *,
    today: date,
    was_deleted: Callable[[str], bool] = lambda _: False,
) -> Changes:
    """Compare what a file proposes with what is stored.

    Args:
        proposals: the records of a file.
        stored: every record of the workspace, with its version.
        today: the day a new record is written on, when the file does not say.
        was_deleted: whether an id that is not stored was deleted here.
    """
    comparing = _Comparing({one.record.id: one for one in stored}, today, was_deleted)
    return Changes(tuple(map(comparing.change, proposals)))


@dataclass(slots=True)
class _Comparing:
    stored: Mapping[str, Stored]
    today: date
    was_deleted: Callable[[str], bool]
    singles: set[str] = field(init=False)
    seen: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.singles = {one.record.kind for one in self.stored.values() if one.record.single}

    def change(self, proposal: Proposal) -> Change:
        """Return what becomes of one record."""
        if not proposal.faults:
            self._check(proposal)
        known = self.stored.get(proposal.id)
        if not proposal.faults:
            try:
                return _compared(proposal, known) if known else self._new(proposal)
            except RecordError as error:
                _refuse(proposal, error)
        faults = tuple(proposal.faults)
        return Change("refused", proposal.kind, proposal.place, faults=faults)

    def _check(self, proposal: Proposal) -> None:
        known = self.stored.get(proposal.id)
        if proposal.id and not _ID.fullmatch(proposal.id):
            proposal.refuse("id", "id")
        elif proposal.id in self.seen:
            proposal.refuse("twice", "id")
        elif known is not None and known.record.kind != proposal.kind:
            proposal.refuse("other_kind", "id")
        elif known is None and proposal.kind in self.singles:
            proposal.refuse("single", "id")
        elif known is None and proposal.id and self.was_deleted(proposal.id):
            proposal.refuse("deleted", "id")
        self.seen.update([proposal.id] if proposal.id else [])

    def _new(self, proposal: Proposal) -> Change:
        values = {name: one for name, one in proposal.values.items() if name not in _NEVER}
        start = {"id": proposal.id or secrets.token_hex(16), "created_on": self.today.isoformat()}
        record = admit(proposal.kind, {**start, **self._defaults(), **values})
        if record.single:
            self.singles.add(record.kind)
        return Change("new", record.kind, proposal.place, record)

    def _defaults(self) -> dict[str, Any]:
        """What this workspace says of every new record: who may see it, when it is deleted."""
        found = (one.record for one in self.stored.values() if isinstance(one.record, Process))
        process = next(found, None)
        if process is None:
            return {}
        return {"sensitivity": process.labels_default, "delete_by": process.data_rule.delete_by}


def _compared(proposal: Proposal, known: Stored) -> Change:
    before = known.record.model_dump(mode="json")
    asked = {name: one for name, one in proposal.values.items() if name not in NOT_ASKED}
    left = tuple(
        name
        for name in BY_KIND[proposal.kind].model_fields
        if name in NOT_ASKED and proposal.values.get(name, before[name]) != before[name]
    )
    record = admit(
        proposal.kind, {**before, **{n: _joined(before.get(n), one) for n, one in asked.items()}}
    )
    after = record.model_dump(mode="json")
    fields = tuple(name for name in before if before[name] != after[name])
    state: State = "changed" if fields else "same"
    return Change(state, record.kind, proposal.place, record, known.version, fields, left)


def _joined(before: Any, given: Any) -> Any:
    """Return a group with only those fields replaced that the file holds."""
    if isinstance(before, dict) and isinstance(given, dict):
        return {**before, **given}
    return given


def _refuse(proposal: Proposal, error: RecordError) -> None:
    for name, rule in error.fields or (("?", ""),):
        begins = next((why for start, why in _WHY_BY_BEGINNING if rule.startswith(start)), "value")
        proposal.refuse(_WHY.get(rule, begins), name.replace("?", ""))
