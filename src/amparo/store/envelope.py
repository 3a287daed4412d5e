"""The values the store takes and gives; it knows nothing of what a record means."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from amparo.errors import RecordError

_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")
_WORD = re.compile(r"[0-9A-Za-z_.-]{0,64}")
MAX_JSON_CHARACTERS = 4_000_000


@dataclass(frozen=True, slots=True)
class Envelope:
    """One record as the store keeps it: JSON text and what the store must know about it.

    ``version`` is the version this text was made from: 0 for a new record. The store answers
    with the next version and the day of the change.
    """

    id: str
    kind: str
    json: str = field(repr=False)  # what people wrote stays out of logs
    version: int = 0
    sensitivity: str = ""
    changed_on: date | None = None
    delete_by: date | None = None
    space: str = ""


@dataclass(frozen=True, slots=True)
class Ack:
    """The promise that a save is committed: place in the history, new version, instant (UTC)."""

    seq: int
    version: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history.

    ``batch`` groups what was saved together. ``target`` is the batch that an undo or a redo
    concerns, else 0. ``before`` and ``after`` are None where the record did not exist.
    """

    seq: int
    batch: int
    action: str
    target: int
    record_id: str
    kind: str
    version: int
    role: str
    at: datetime
    before: Envelope | None
    after: Envelope | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A text that came too late, kept until somebody has chosen."""

    id: int
    record_id: str
    role: str
    at: datetime
    lost: Envelope


@dataclass(frozen=True, slots=True)
class Mark:
    """A name given to one moment of the history, for example a plan version."""

    id: int
    seq: int
    label: str = field(repr=False)
    role: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who, when, and what was done, for the lines one command adds to the history."""

    action: str
    role: str
    at: datetime
    target: int = 0


def checked(envelope: Envelope) -> Envelope:
    """Return *envelope* when the store can keep it.

    Raises:
        RecordError: an id, kind, label or text breaks a rule; the error repeats none of it.
    """
    rules = (
        ("id", _ID.fullmatch(envelope.id) is not None),
        ("kind", envelope.kind != "" and _WORD.fullmatch(envelope.kind) is not None),
        ("sensitivity", _WORD.fullmatch(envelope.sensitivity) is not None),
        ("space", _WORD.fullmatch(envelope.space) is not None),
        ("json", _is_json(envelope.json)),
    )
    bad = tuple((field, "not storable") for field, is_good in rules if not is_good)
    if bad:
        names = ", ".join(field for field, _ in bad)
        raise RecordError(f"cannot be stored: bad {names}", fields=bad, record="", names=names)
    return envelope


def same_content(one: Envelope | None, other: Envelope | None) -> bool:
    """Tell whether two states of a record hold the same, whatever their version and day."""
    return (None if one is None else _content(one)) == (None if other is None else _content(other))


def to_text(envelope: Envelope) -> str:
    """Write a state of a record as one canonical JSON text."""
    fields = {
        "changed_on": _day_text(envelope.changed_on),
        "delete_by": _day_text(envelope.delete_by),
        "id": envelope.id,
        "json": envelope.json,
        "kind": envelope.kind,
        "sensitivity": envelope.sensitivity,
        "space": envelope.space,
        "version": envelope.version,
    }
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_text(text: str) -> Envelope:
    """Read what ``to_text`` wrote."""
    fields = json.loads(text)
    return Envelope(
        **{
            **fields,
            "changed_on": to_day(fields["changed_on"]),
            "delete_by": to_day(fields["delete_by"]),
        }
    )


def to_day(text: str | None) -> date | None:
    """Read a day the store wrote."""
    return date.fromisoformat(text) if text else None


def to_instant(text: str) -> datetime:
    """Read an instant the store wrote."""
    return datetime.fromisoformat(text)


def utc_now() -> datetime:
    """Return the present instant in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def _content(envelope: Envelope) -> tuple[object, ...]:
    return (
        envelope.kind,
        envelope.json,
        envelope.sensitivity,
        envelope.delete_by,
        envelope.space,
    )


def _day_text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _is_json(text: str) -> bool:
    if len(text) > MAX_JSON_CHARACTERS:
        return False
    try:
        text.encode()  # a lone surrogate cannot be stored
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
