"""Reading and saving records; every save adds one line to the history."""

# ruff: noqa: S608  every part of a query is a constant of this file
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from amparo.errors import ConflictError, RecordMissingError
from amparo.store.database import Database, last_seq, transaction
from amparo.store.envelope import (
    Ack,
    Conflict,
    Envelope,
    Stamp,
    checked,
    from_text,
    same_content,
    to_day,
    to_instant,
    to_text,
)

_COLUMNS = "id, kind, json, version, sensitivity, changed_on, delete_by, space"


def find(database: Database, record_id: str) -> Envelope | None:
    """Return one record, or None."""
    row = database.execute(f"SELECT {_COLUMNS} FROM record WHERE id = ?", (record_id,)).fetchone()
    return _envelope(row) if row else None


def get(database: Database, record_id: str) -> Envelope:
    """Return one record.

    Raises:
        RecordMissingError: there is none; it may have been deleted.
    """
    found = find(database, record_id)
    if found is None:
        raise RecordMissingError("no record has this id")
    return found


def listed(database: Database, kind: str | None) -> tuple[Envelope, ...]:
    """Return all records of a kind, or all there are, in the order they were first saved."""
    where, values = ("WHERE kind = ?", (kind,)) if kind is not None else ("", ())
    rows = database.execute(f"SELECT {_COLUMNS} FROM record {where} ORDER BY rowid", values)
    return tuple(_envelope(row) for row in rows)


def save(database: Database, envelopes: Sequence[Envelope], stamp: Stamp) -> tuple[Ack, ...]:
    """Save records in one transaction.

    Args:
        database: an open workspace.
        envelopes: n of them; ``version`` is the version each text was made from, 0 for a new one.
        stamp: who and when.

    Returns:
        n acknowledgements, same order. A text that is stored already is acknowledged as it is,
        so that a page may send a save again when it did not hear the answer.

    Raises:
        ConflictError: somebody saved or deleted one of them since; nothing of this call is saved,
            the texts that came too late are kept aside, and the error carries what is stored.
        RecordMissingError: one of them was erased for good.
        RecordError: a text cannot be stored.
    """
    for envelope in envelopes:
        checked(envelope)
    with transaction(database):
        late = tuple(item for item in envelopes if not _fits(database, item))
        if not late:
            batch = last_seq(database) + 1
            return tuple(_save_one(database, item, stamp, batch) for item in envelopes)
        for item in late:
            _keep_aside(database, item, stamp)
        stored = find(database, late[0].id)
    raise ConflictError("the record was changed since it was read", stored=stored)


def remove(
    database: Database, record_ids: Sequence[str], stamp: Stamp, expected: Mapping[str, int]
) -> tuple[Ack, ...]:
    """Take records out in one transaction; the history keeps them until they are erased.

    Raises:
        RecordMissingError: one of them is not there; nothing is deleted.
        ConflictError: one of them is no longer at its expected version; nothing is deleted.
    """
    with transaction(database):
        batch = last_seq(database) + 1
        befores = [get(database, record_id) for record_id in record_ids]
        for before in befores:
            if expected.get(before.id, before.version) != before.version:
                raise ConflictError("the record was changed since it was read", stored=before)
        return tuple(write(database, before, None, stamp, batch) for before in befores)


def write(
    database: Database, before: Envelope | None, after: Envelope | None, stamp: Stamp, batch: int
) -> Ack:
    """Bring one record from one state to the next and add the line; inside a transaction.

    Raises:
        RecordMissingError: neither state is given.
    """
    either = after or before
    if either is None:
        raise RecordMissingError("nothing to write")
    version = latest_version(database, either.id) + 1
    if after is not None:
        after = replace(after, version=version, changed_on=stamp.at.date())
    take(database, either.id, after)
    seq = log(database, stamp, batch, (either.id, either.kind, version), (before, after))
    return Ack(seq, version, stamp.at)


def take(database: Database, record_id: str, state: Envelope | None) -> None:
    """Put one record in the state that a line of the history tells; inside a transaction."""
    if state is None:
        database.execute("DELETE FROM record WHERE id = ?", (record_id,))
    else:
        _store(database, state)


def log(
    database: Database,
    stamp: Stamp,
    batch: int,
    subject: tuple[str, str, int],
    states: tuple[Envelope | None, Envelope | None],
) -> int:
    """Add one line to the history and return its number; inside a transaction."""
    before, after = (to_text(state) if state else None for state in states)
    written = database.execute(
        "INSERT INTO change(batch, action, target, record_id, kind, version, role, at, before,"
        " after) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            batch,
            stamp.action,
            stamp.target,
            *subject,
            stamp.role,
            stamp.at.isoformat(),
            before,
            after,
        ),
    )
    return int(written.lastrowid or 0)


def latest_version(database: Database, record_id: str) -> int:
    """Return the highest version a record ever had, 0 when it never was."""
    row = database.execute(
        "SELECT max(version) FROM change WHERE record_id = ?", (record_id,)
    ).fetchone()
    return row[0] or 0


def conflicts(database: Database, record_id: str | None = None) -> tuple[Conflict, ...]:
    """Return the texts that came too late and wait for a choice, oldest first."""
    where, values = ("WHERE record_id = ?", (record_id,)) if record_id is not None else ("", ())
    rows = database.execute(
        f"SELECT id, record_id, role, at, lost FROM conflict {where} ORDER BY id", values
    )
    return tuple(
        Conflict(row[0], row[1], row[2], to_instant(row[3]), from_text(row[4])) for row in rows
    )


def settle(database: Database, conflict_id: int) -> None:
    """Forget one text that came too late, once somebody has chosen; twice is fine."""
    with transaction(database):
        database.execute("DELETE FROM conflict WHERE id = ?", (conflict_id,))


def _fits(database: Database, envelope: Envelope) -> bool:
    stored = find(database, envelope.id)
    if stored is not None:
        return stored.version == envelope.version or same_content(stored, envelope)
    last = database.execute(
        "SELECT action FROM change WHERE record_id = ? ORDER BY seq DESC LIMIT 1", (envelope.id,)
    ).fetchone()
    if last and last[0] == "erase":
        raise RecordMissingError("this record was erased for good")
    return last is None and envelope.version == 0


def _save_one(database: Database, envelope: Envelope, stamp: Stamp, batch: int) -> Ack:
    stored = find(database, envelope.id)
    if stored is not None and same_content(stored, envelope):
        row = database.execute(
            "SELECT seq, version, at FROM change WHERE record_id = ? ORDER BY seq DESC LIMIT 1",
            (envelope.id,),
        ).fetchone()
        return Ack(row[0], row[1], to_instant(row[2]))
    return write(database, stored, envelope, stamp, batch)


def _keep_aside(database: Database, envelope: Envelope, stamp: Stamp) -> None:
    text = to_text(envelope)
    known = database.execute(
        "SELECT 1 FROM conflict WHERE record_id = ? AND role = ? AND lost = ?",
        (envelope.id, stamp.role, text),
    ).fetchone()
    if known is None:
        database.execute(
            "INSERT INTO conflict(record_id, role, at, lost) VALUES (?, ?, ?, ?)",
            (envelope.id, stamp.role, stamp.at.isoformat(), text),
        )


def _store(database: Database, envelope: Envelope) -> None:
    database.execute(
        f"INSERT INTO record({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT(id) DO UPDATE SET kind = excluded.kind, json = excluded.json,"
        " version = excluded.version, sensitivity = excluded.sensitivity,"
        " changed_on = excluded.changed_on, delete_by = excluded.delete_by,"
        " space = excluded.space",
        (
            envelope.id,
            envelope.kind,
            envelope.json,
            envelope.version,
            envelope.sensitivity,
            str(envelope.changed_on),
            envelope.delete_by.isoformat() if envelope.delete_by else None,
            envelope.space,
        ),
    )


def _envelope(row: tuple[Any, ...]) -> Envelope:
    return Envelope(
        id=row[0],
        kind=row[1],
        json=row[2],
        version=row[3],
        sensitivity=row[4],
        changed_on=to_day(row[5]),
        delete_by=to_day(row[6]),
        space=row[7],
    )
