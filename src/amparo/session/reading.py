"""Turn what came over the line into typed values."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from amparo.method.budget import BudgetLine
from amparo.model.base import Record
from amparo.model.registry import read_record, record_type
from amparo.model.workspace import Workspace
from amparo.session.values import (
    Ack,
    Change,
    Conflict,
    Counts,
    ReportData,
    Seated,
    Slot,
    Status,
    Stored,
    Wall,
    WallLine,
)

_LINES = ("contributions", "own", "late")


def to_ack(said: dict[str, Any]) -> Ack:
    """Read an acknowledgement."""
    return Ack(said["seq"], said["version"], datetime.fromisoformat(said["at"]))


def to_stored(said: dict[str, Any]) -> Stored:
    """Read one stored record."""
    return Stored(read_record(said["kind"], json.loads(said["json"])), said["version"], said["seq"])


def to_change(said: dict[str, Any]) -> Change:
    """Read one line of the history."""
    return Change(
        seq=said["seq"],
        id=said["id"],
        kind=said["kind"],
        role=said["role"],
        at=datetime.fromisoformat(said["at"]),
        version=said["version"],
        action=said["action"],
        before=_record(said["kind"], said["before"]),
        after=_record(said["kind"], said["after"]),
    )


def to_conflict(said: dict[str, Any]) -> Conflict:
    """Read one record that came too late."""
    record = read_record(said["kind"], json.loads(said["json"]))
    return Conflict(said["id"], record, said["role"], datetime.fromisoformat(said["at"]))


def to_status(said: dict[str, Any]) -> Status:
    """Read where the store stands."""
    saved_at = said["last_saved_at"]
    return Status(
        seq=said["seq"],
        session_only=said["session_only"],
        can_undo=said["can_undo"],
        can_redo=said["can_redo"],
        last_saved_at=datetime.fromisoformat(saved_at) if saved_at else None,
        notices=tuple(said["notices"]),
    )


def to_slot(said: dict[str, Any]) -> Slot:
    """Read one key slot."""
    return Slot(said["id"], said["kind"])


def to_counts(said: dict[str, int]) -> Counts:
    """Read the numbers of a workshop."""
    return Counts(**said)


def to_wall(said: dict[str, Any]) -> Wall:
    """Read the wall of a workshop."""
    lines = {name: tuple(WallLine(**one) for one in said[name]) for name in _LINES}
    return Wall(seq=said["seq"], sheet=said["sheet"], counts=to_counts(said["counts"]), **lines)


def to_seated(said: dict[str, Any]) -> Seated:
    """Read who holds a capability."""
    return Seated(said["identity"], said["role"], said["workshop_role"])


def to_report_data(said: dict[str, Any]) -> ReportData:
    """Read the data of one report."""
    return ReportData(
        workspace=to_workspace(said["records"]),
        report=said["report"],
        audience=said["audience"],
        lang=said["lang"],
        paper=said["paper"],
        today=date.fromisoformat(said["today"]),
        chosen=tuple(said["chosen"]),
        review_on=date.fromisoformat(said["review_on"]),
        parameters=said["parameters"],
        counts=_three(said["counts"]),
        before=None if said["before"] is None else to_workspace(said["before"]),
        budget=tuple(BudgetLine(**line) for line in said["budget"]),
    )


def _three(said: list[int]) -> tuple[int, int, int]:
    ready, prevents, causes = said
    return ready, prevents, causes


def to_workspace(said: list[dict[str, Any]]) -> Workspace:
    """Read records that were cut to an audience."""
    return Workspace.of(to_cut_record(item["kind"], item["values"]) for item in said)


def to_cut_record(kind: str, values: dict[str, Any]) -> Record:
    """Build a record from only the fields an audience may see.

    The same record that ``Record.for_audience`` gives: what was cut holds its default, or is
    absent when it has none.
    """
    model = record_type(kind)
    if values.keys() == model.model_fields.keys():
        return model.read(values)
    seen = {name: _reader(model, name).validate_python(value) for name, value in values.items()}
    return model.model_construct(_fields_set=set(seen), **seen)


@lru_cache(maxsize=512)
def _reader(model: type[Record], name: str) -> TypeAdapter[Any]:
    return TypeAdapter(model.model_fields[name].rebuild_annotation())


def _record(kind: str, text: str | None) -> Record | None:
    return read_record(kind, json.loads(text)) if text else None
