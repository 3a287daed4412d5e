"""What was saved, by which role and when; undo and redo only ever add to it."""

# ruff: noqa: S608  every part of a query is a constant of this file
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from amparo.errors import UndoConflictError
from amparo.store.database import Database, last_seq, transaction
from amparo.store.envelope import (
    Change,
    Envelope,
    Mark,
    Stamp,
    from_text,
    same_content,
    to_instant,
)
from amparo.store.records import find, write

_COLUMNS = "seq, batch, action, target, record_id, kind, version, role, at, before, after"
_EDITS = "('save', 'delete')"
# A batch is undone while its undos outnumber its redos.
_UNDONE = """(SELECT count(DISTINCT CASE action WHEN 'undo' THEN batch END)
    > count(DISTINCT CASE action WHEN 'redo' THEN batch END)
    FROM change AS later WHERE later.target = {batch})"""
# Others changed the record later, and that change stands.
_CHANGED_BY_OTHERS = f"""SELECT 1 FROM change WHERE record_id = ? AND seq > ? AND role != ?
    AND action IN {_EDITS} AND NOT {_UNDONE.format(batch="change.batch")} LIMIT 1"""
# Others wrote a record that names this one; an id is random, so finding it in a text is enough.
_NAMED_BY_OTHERS = """SELECT id FROM record WHERE id != ? AND instr(json, ?) AND ? != (SELECT role
    FROM change WHERE record_id = record.id ORDER BY seq DESC LIMIT 1) LIMIT 1"""


def of_record(database: Database, record_id: str) -> tuple[Change, ...]:
    """Return the history of one record, oldest first."""
    return _select(database, "record_id = ?", record_id)


def since(database: Database, seq: int) -> tuple[Change, ...]:
    """Return everything that happened after change number *seq*, oldest first."""
    return _select(database, "seq > ?", seq)


def undo(database: Database, stamp: Stamp) -> tuple[Change, ...]:
    """Take back the last edit of this role that is not undone yet, as new changes.

    Returns:
        The changes made; none when there is nothing to undo.

    Raises:
        UndoConflictError: somebody else has built on it since: changed one of its records, or
            wrote one that names a record which would go; nothing is undone.
    """
    with transaction(database):
        row = database.execute(
            f"SELECT batch FROM change WHERE role = ? AND action IN {_EDITS}"
            f" AND NOT {_UNDONE.format(batch='change.batch')} ORDER BY batch DESC LIMIT 1",
            (stamp.role,),
        ).fetchone()
        if row is None:
            return ()
        lines = tuple(reversed(_select(database, "batch = ?", row[0])))
        moves = tuple((line.after, line.before) for line in lines)
        _refuse_if_built_on(database, lines, stamp.role)
        return _apply(database, moves, replace(stamp, target=row[0]))


def redo(database: Database, stamp: Stamp) -> tuple[Change, ...]:
    """Bring back the last edit this role undid, unless the role has edited since.

    Returns:
        The changes made; none when there is nothing to redo.

    Raises:
        UndoConflictError: somebody else has built on what is there since; nothing is redone.
    """
    with transaction(database):
        row = database.execute(
            "SELECT target FROM change WHERE role = ? AND action = 'undo' AND batch > ("
            f" SELECT coalesce(max(batch), 0) FROM change WHERE role = ? AND action IN {_EDITS}"
            f") AND {_UNDONE.format(batch='change.target')} ORDER BY batch DESC LIMIT 1",
            (stamp.role, stamp.role),
        ).fetchone()
        if row is None:
            return ()
        lines = _select(database, "batch = ?", row[0])
        moves = tuple((line.before, line.after) for line in lines)
        _refuse_if_built_on(database, lines, stamp.role)
        return _apply(database, moves, replace(stamp, target=row[0]))


def add_mark(database: Database, label: str, stamp: Stamp) -> Mark:
    """Name the present moment of the history."""
    with transaction(database):
        seq = last_seq(database)
        written = database.execute(
            "INSERT INTO mark(seq, label, role, at) VALUES (?, ?, ?, ?)",
            (seq, label, stamp.role, stamp.at.isoformat()),
        )
        return Mark(int(written.lastrowid or 0), seq, label, stamp.role, stamp.at)


def marks(database: Database) -> tuple[Mark, ...]:
    """Return all named moments, oldest first."""
    rows = database.execute("SELECT id, seq, label, role, at FROM mark ORDER BY id")
    return tuple(Mark(row[0], row[1], row[2], row[3], to_instant(row[4])) for row in rows)


def records_at(database: Database, seq: int) -> tuple[Envelope, ...]:
    """Return all records as they were after change number *seq*, without what was erased since."""
    rows = database.execute(
        "SELECT after FROM change WHERE seq IN (SELECT max(seq) FROM change WHERE seq <= ?"
        " GROUP BY record_id) AND after IS NOT NULL ORDER BY record_id",
        (seq,),
    )
    return tuple(from_text(row[0]) for row in rows)


def _refuse_if_built_on(database: Database, lines: Sequence[Change], role: str) -> None:
    for line in lines:
        values = (line.record_id, line.seq, role)
        if database.execute(_CHANGED_BY_OTHERS, values).fetchone():
            stored = find(database, line.record_id)
            raise UndoConflictError("somebody else changed the record since", stored=stored)


def _refuse_if_named(database: Database, record_id: str, role: str) -> None:
    row = database.execute(_NAMED_BY_OTHERS, (record_id, record_id, role)).fetchone()
    if row:
        stored = find(database, row[0])
        raise UndoConflictError("somebody else's record names this one", stored=stored)


def _apply(
    database: Database,
    moves: Sequence[tuple[Envelope | None, Envelope | None]],
    stamp: Stamp,
) -> tuple[Change, ...]:
    batch = last_seq(database) + 1
    for expected, wanted in moves:
        subject = expected or wanted
        stored = find(database, subject.id) if subject else None
        if not same_content(stored, expected):
            raise UndoConflictError("the record was changed since", stored=stored)
        if subject and wanted is None:
            _refuse_if_named(database, subject.id, stamp.role)
        write(database, stored, wanted, stamp, batch)
    return _select(database, "seq >= ?", batch)


def _select(database: Database, where: str, value: str | int) -> tuple[Change, ...]:
    rows = database.execute(f"SELECT {_COLUMNS} FROM change WHERE {where} ORDER BY seq", (value,))
    return tuple(_change(row) for row in rows)


def _change(row: tuple[Any, ...]) -> Change:
    before, after = (from_text(text) if text is not None else None for text in row[9:11])
    return Change(*row[:8], at=to_instant(row[8]), before=before, after=after)
