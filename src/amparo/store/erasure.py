"""Erasing for good: the record, its history, and every text that came too late."""

# ruff: noqa: S608  every part of a query is a constant of this file
from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from amparo.store.database import (
    Database,
    checkpoint,
    compact,
    explained_sql,
    last_seq,
    meta,
    transaction,
)
from amparo.store.envelope import Stamp
from amparo.store.records import find, latest_version, log

UNDO_DAYS = 1
_LIVE = "SELECT id FROM record"
_SCRUB = "scrub"  # stays until done: a full disk may put it off to the next opening


def erase(database: Database, record_ids: Sequence[str], stamp: Stamp) -> None:
    """Erase records and all that was ever saved of them, in one transaction.

    One line stays for each: its random id and that it was erased, without kind or content, so
    that a page still open cannot bring it back.
    """
    with transaction(database):
        batch = last_seq(database) + 1
        for record_id in record_ids:
            forget_rows(database, record_id)
            log(database, stamp, batch, (record_id, "", 0), (None, None))
        call_for_scrub(database)


def forget_history(database: Database, record_ids: Sequence[str], stamp: Stamp) -> None:
    """Keep records as they stand and erase what they said before, in one transaction."""
    with transaction(database):
        batch = last_seq(database) + 1
        for record_id in record_ids:
            _forget_before(database, record_id, stamp, batch)
        call_for_scrub(database)


def _forget_before(database: Database, record_id: str, stamp: Stamp, batch: int) -> None:
    stored = find(database, record_id)
    if stored is None:
        return
    version = latest_version(database, record_id)
    database.execute("DELETE FROM change WHERE record_id = ?", (record_id,))
    database.execute("DELETE FROM conflict WHERE record_id = ?", (record_id,))
    log(database, stamp, batch, (record_id, stored.kind, version), (None, stored))


def forget_deleted(database: Database) -> None:
    """Take deleted records out of a copy that leaves the workspace, without a trace of them."""
    with transaction(database):
        for record_id in deleted(database):
            forget_rows(database, record_id)


def forget_rows(database: Database, record_id: str) -> None:
    """Remove every row of one record; inside a transaction."""
    database.execute("DELETE FROM record WHERE id = ?", (record_id,))
    database.execute("DELETE FROM change WHERE record_id = ?", (record_id,))
    database.execute("DELETE FROM conflict WHERE record_id = ?", (record_id,))


def scrub_if_due(database: Database) -> None:
    """Rewrite the database after an erasure: freed pages are blank, half-used ones may not be."""
    with explained_sql():
        if meta(database, _SCRUB) is not None:
            compact(database)
            database.execute("DELETE FROM meta WHERE name = ?", (_SCRUB,))
            checkpoint(database)


def due(database: Database, today: date) -> tuple[str, ...]:
    """Return the ids of the records whose day to be deleted has passed."""
    rows = database.execute(
        "SELECT id FROM record WHERE delete_by < ? ORDER BY id", (today.isoformat(),)
    )
    return tuple(row[0] for row in rows)


def deleted(database: Database, before: date | None = None) -> tuple[str, ...]:
    """Return the ids of deleted records of which the history still holds something.

    Args:
        database: an open workspace.
        before: only those deleted before this day.
    """
    rows = database.execute(
        "SELECT record_id FROM change"
        f" WHERE action != 'erase' AND record_id NOT IN ({_LIVE})"
        " GROUP BY record_id HAVING max(at) < ? ORDER BY record_id",
        (before.isoformat() if before else "9999",),
    )
    late = database.execute(
        f"SELECT DISTINCT record_id FROM conflict WHERE record_id NOT IN ({_LIVE})"
        " AND record_id NOT IN (SELECT record_id FROM change)"
    )
    return tuple(sorted({row[0] for row in rows} | {row[0] for row in late}))


def outlived(database: Database, today: date, undo_days: int = UNDO_DAYS) -> tuple[str, ...]:
    """Return what is to be erased today: past its day, or deleted longer ago than undo reaches."""
    old = deleted(database, today - timedelta(days=undo_days))
    return tuple(sorted({*due(database, today), *old}))


def call_for_scrub(database: Database) -> None:
    """Note that the database is to be rewritten; inside the transaction that erases."""
    database.execute("INSERT OR REPLACE INTO meta VALUES (?, 'due')", (_SCRUB,))
