"""The wall of a workshop: the little that a whole room may see, worked out once for each change.

Source:
    domain safety rule 1.6: signals, care and demands are for everybody; weak points, safe places
    and who calls whom are not, so the sheet hangs here without them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from amparo.keeper.report_cut import cut
from amparo.keeper.veil import PARTICIPANT, contribution_in
from amparo.method.balance import counts
from amparo.model.base import Record
from amparo.model.contributions import Contribution
from amparo.model.plan import Sheet
from amparo.model.registry import read_record
from amparo.model.workspace import Workspace
from amparo.store import Book, Envelope

# Where we go and meet, who does what, and the mark on the paper are for those who hold the paper.
_NOT_ALOUD = frozenset({"sheet.go_to", "sheet.meet_at", "sheet.duties", "sheet.foot_code"})
_HANGING = frozenset({"wall", "taken"})
_ERASURES = frozenset({"erase", "forget"})


@dataclass(frozen=True, slots=True)
class _Held:
    """One line as the wall keeps it: as its writer sees it, and as the room does or does not."""

    writer: str | None
    own: dict[str, Any]
    shown: dict[str, Any] | None
    is_counted: bool


class Wall:
    """What one workspace shows a room, and a number that moves only when that changes.

    The number of the last change would tell how busy the group is behind its door; so everybody
    who sees the wall has a number of her own, which counts what *she* could have seen. Only what
    is new is read: a room asks after every line that somebody hangs up.
    """

    def __init__(self) -> None:
        self._seq = 0
        self._records: dict[str, Record] = {}
        self._lines: dict[str, _Held] = {}
        self._by_writer: dict[str, dict[str, _Held]] = {}
        self._plan: dict[str, Any] = {}
        self._shared: dict[str, Any] = {}
        self._moves = 0
        self._numbers: dict[str, tuple[str, int]] = {}
        self._show()

    def for_writer(self, store: Book, writer: str | None) -> dict[str, Any]:
        """Return what somebody sees: the shared wall, and her own lines if she writes."""
        self._follow(store)
        own = {
            "own": [held.own for held in self._of(writer).values()] if writer else [],
            "late": list(_late(store, writer)) if writer else [],
        }
        number = self._number(f"wall {writer}", [self._moves, own])
        return {"seq": number, **self._shared, **own}

    def counts(self, store: Book) -> dict[str, Any]:
        """Return numbers and nothing else."""
        self._follow(store)
        counted = self._shared["counts"]
        return {"seq": self._number("counts", counted), "counts": counted}

    def lines_of(self, store: Book, writer: str) -> int:
        """Return how many lines somebody has, wherever they stand."""
        self._follow(store)
        return len(self._of(writer))

    def _of(self, writer: str) -> dict[str, _Held]:
        return self._by_writer.get(writer, {})

    def _follow(self, store: Book) -> None:
        changes = store.changes_since(self._seq)
        if not changes:
            return
        if any(change.action in _ERASURES for change in changes):
            # Erasing takes lines out of the history: what followed from them no longer holds.
            self._records, self._lines, self._by_writer = {}, {}, {}
            for envelope in store.list():
                self._take(envelope.id, envelope)
        else:
            for change in changes:
                self._take(change.record_id, change.after)
        self._seq = changes[-1].seq
        if any(change.kind != Contribution.kind for change in changes):
            self._plan = {}
        self._show()

    def _take(self, record_id: str, state: Envelope | None) -> None:
        if state is None:
            self._records.pop(record_id, None)
            gone = self._lines.pop(record_id, None)
            if gone and gone.writer:
                self._of(gone.writer).pop(record_id, None)
            return
        record = read_record(state.kind, json.loads(state.json))
        if not isinstance(record, Contribution):
            self._records[record_id] = record
            return
        held = _held(record, state.version)
        self._lines[record_id] = held
        if held.writer:
            self._by_writer.setdefault(held.writer, {})[record_id] = held

    def _show(self) -> None:
        self._plan = self._plan or _plan(self._records.values())
        lines = self._lines.values()
        shared = {
            "sheet": self._plan["sheet"],
            "contributions": [held.shown for held in lines if held.shown],
            "counts": {
                "contributions": sum(held.is_counted for held in lines),
                **self._plan["counts"],
            },
        }
        if shared != self._shared:
            self._shared = shared
            self._moves += 1

    def _number(self, who: str, content: Any) -> int:
        mark = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        before, number = self._numbers.get(who, ("", 0))
        if mark != before:
            number += 1
            self._numbers[who] = (mark, number)
        return number


def _plan(records: Iterable[Record]) -> dict[str, Any]:
    """Return what the room sees of the plan itself."""
    whole = Workspace.of(record for record in records if record.may_reach("group"))
    sheet, balance = whole.one(Sheet), counts(whole)
    return {
        "sheet": _aloud(sheet) if sheet else None,
        "counts": {
            "ready": balance.ready_for_bad_day,
            "prevents": balance.prevents,
            "causes": balance.acts_on_causes,
        },
    }


def _held(found: Contribution, version: int) -> _Held:
    line, is_seen = _line(found), found.may_reach("group")
    return _Held(
        writer=found.writer,
        own={**line, "version": version},
        shown=line if is_seen and found.place in _HANGING else None,
        is_counted=is_seen and found.place != "own",
    )


def _aloud(sheet: Sheet) -> dict[str, Any]:
    seen = cut(sheet, "group", _NOT_ALOUD) or {"values": {}}
    return {
        name: value for name, value in seen["values"].items() if name not in {"id", "sensitivity"}
    }


def _line(found: Contribution) -> dict[str, Any]:
    return found.model_dump(mode="json", include={"id", "prompt", "text", "place"})


def _late(store: Book, writer: str) -> Iterator[dict[str, Any]]:
    """Yield this writer's texts that came too late and wait for a choice."""
    for conflict in store.conflicts():
        if conflict.role == PARTICIPANT and conflict.lost.kind == Contribution.kind:
            found = contribution_in(conflict.lost)
            if found.writer == writer:
                yield _line(found)
