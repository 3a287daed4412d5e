"""From one format to the next, never losing the workspace on the way."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from amparo.errors import FormatVersionError
from amparo.store.database import FORMAT, Database, explained_sql, transaction
from amparo.store.files import explained, open_private, sync_folder

Migration = Callable[[Database], None]
# Each entry n changes a database of format n into one of format n + 1, inside a transaction.
MIGRATIONS: Mapping[int, Migration] = {}
COPY_NAME = "before-migration.db"


def migrate(
    database: Database, folder: Path, *, migrations: Mapping[int, Migration] = MIGRATIONS
) -> None:
    """Bring an open database to the present format; an encrypted copy stays until that is done.

    Raises:
        FormatVersionError: the format is newer than ours, or too old for any migration; nothing
            was written.
    """
    found = format_of(database)
    steps = way_from(found, migrations)
    copy = folder / COPY_NAME
    if steps:
        copy.unlink(missing_ok=True)
        copy_database(database, copy)
        with transaction(database):
            for step in steps:
                migrations[step](database)
                database.execute(f"PRAGMA user_version = {step + 1}")
    copy.unlink(missing_ok=True)


def way_from(found: int, migrations: Mapping[int, Migration]) -> range:
    """Return the migrations that bring format *found* to ours, by number; none when it is ours.

    Raises:
        FormatVersionError: the format is newer than ours, or too old for any migration.
    """
    steps = range(found, FORMAT)
    if found > FORMAT or any(step not in migrations for step in steps):
        raise FormatVersionError(f"format {found}, expected {FORMAT}", found=found, expected=FORMAT)
    return steps


def format_of(database: Database) -> int:
    """Return the format number inside a database."""
    with explained_sql():
        return int(database.execute("PRAGMA user_version").fetchone()[0])


def copy_database(database: Database, target: Path) -> None:
    """Write a consistent copy, encrypted with the same key, and sync it; *target* is not there."""
    with explained():
        os.close(open_private(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    try:
        with explained_sql():
            database.execute("VACUUM INTO ?", (str(target),))
        with explained():
            descriptor = open_private(target, os.O_RDWR)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            sync_folder(target.parent)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
