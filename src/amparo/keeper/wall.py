"""The wall of a workshop: the little that a whole room may see, worked out once for each change.

Source:
    domain safety rule 1.6: signals, care and demands are for everybody; weak points, safe places
    and who calls whom are not, so the sheet hangs here without them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from amparo.keeper.report_cut import cut
from amparo.keeper.veil import PARTICIPANT, contribution_in
from amparo.method.balance import counts
from amparo.model.base import Record
from amparo.model.contributions import Contribution
from amparo.model.plan import Sheet
from amparo.model.registry import read_record
from amparo.model.workspace import Workspace
from amparo.store import Book

# Where we go and meet, who does what, and the mark on the paper are for those who hold the paper.
_NOT_ALOUD = frozenset({"sheet.go_to", "sheet.meet_at", "sheet.duties", "sheet.foot_code"})
_HANGING = frozenset({"wall", "taken"})


class Wall:
    """What one workspace shows a room, and a number that moves only when that changes.

    The number of the last change would tell how busy the group is behind its door; so everybody
    who sees the wall has a number of her own, which counts what *she* could have seen.
    """

    def __init__(self) -> None:
        self._seq = -1
        self._shared: dict[str, Any] = {}
        self._mark = ""
        self._own: dict[str, list[dict[str, Any]]] = {}
        self._read: dict[str, tuple[int, Record]] = {}
        self._numbers: dict[str, tuple[str, int]] = {}

    def for_writer(self, store: Book, writer: str | None) -> dict[str, Any]:
        """Return what somebody sees: the shared wall, and her own lines if she writes."""
        self._follow(store)
        own = {
            "own": self._own.get(writer, []) if writer else [],
            "late": list(_late(store, writer)) if writer else [],
        }
        number = self._number(f"wall {writer}", [self._mark, own])
        return {"seq": number, **self._shared, **own}

    def counts(self, store: Book) -> dict[str, Any]:
        """Return numbers and nothing else."""
        self._follow(store)
        counted = self._shared["counts"]
        return {"seq": self._number("counts", counted), "counts": counted}

    def _follow(self, store: Book) -> None:
        seq = store.seq
        if seq == self._seq:
            return
        records = tuple(self._records(store))
        whole = Workspace.of(record for record in records if record.may_reach("group"))
        sheet = whole.one(Sheet)
        hanging = [found for found in whole.all(Contribution) if found.place in _HANGING]
        self._shared = {
            "sheet": _aloud(sheet) if sheet else None,
            "contributions": [_line(found) for found in hanging],
            "counts": _counts(whole),
        }
        self._mark = _mark(self._shared)
        self._seq = seq

    def _records(self, store: Book) -> Iterator[Record]:
        known, self._read, self._own = self._read, {}, {}
        for envelope in store.list():
            version, record = known.get(envelope.id, (0, None))
            if record is None or version != envelope.version:
                record = read_record(envelope.kind, json.loads(envelope.json))
            self._read[envelope.id] = (envelope.version, record)
            if isinstance(record, Contribution) and record.writer:
                line = {**_line(record), "version": envelope.version}
                self._own.setdefault(record.writer, []).append(line)
            yield record

    def _number(self, who: str, content: Any) -> int:
        mark = _mark(content)
        before, number = self._numbers.get(who, ("", 0))
        if mark != before:
            number += 1
            self._numbers[who] = (mark, number)
        return number


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


def _counts(whole: Workspace) -> dict[str, int]:
    balance = counts(whole)
    lines = whole.all(Contribution)
    return {
        "contributions": sum(found.place != "own" for found in lines),
        "ready": balance.ready_for_bad_day,
        "prevents": balance.prevents,
        "causes": balance.acts_on_causes,
    }


def _mark(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
