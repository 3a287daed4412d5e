"""The encrypted database: how it is opened, and how one command becomes one transaction."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as _dbapi2

from amparo.errors import DamagedError, DiskFullError, ReadOnlyError, StoreError

sqlcipher: Any = _dbapi2  # a compiled module, without types
if TYPE_CHECKING:
    from sqlite3 import Connection as Database  # the same interface, with types
else:
    Database = sqlcipher.Connection
DATABASE_NAME = "workspace.db"
FORMAT = 1
PAGE_BYTES = 4096
# Before the key: a wrong one would print a line to the terminal.
_QUIET = ("PRAGMA cipher_log_level = NONE",)
_SAFE = (
    "PRAGMA cipher_memory_security = ON",
    "PRAGMA locking_mode = EXCLUSIVE",  # one owner: no shared-memory file beside the database
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # an acknowledged save is on the disk, not on its way
    "PRAGMA fullfsync = ON",  # macOS answers an ordinary fsync before the disk has written
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
)
# In every workspace, with or without separate spaces: that it is there says nothing. A workspace
# made before there were any gets it at its next opening, and older programs leave it alone.
SEALED = "CREATE TABLE IF NOT EXISTS sealed(id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT"
SCHEMA = (
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    """CREATE TABLE record(
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, json TEXT NOT NULL, version INTEGER NOT NULL,
        sensitivity TEXT NOT NULL, changed_on TEXT NOT NULL, delete_by TEXT, space TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE change(
        seq INTEGER PRIMARY KEY AUTOINCREMENT, batch INTEGER NOT NULL, action TEXT NOT NULL,
        target INTEGER NOT NULL, record_id TEXT NOT NULL, kind TEXT NOT NULL,
        version INTEGER NOT NULL, role TEXT NOT NULL, at TEXT NOT NULL, before TEXT, after TEXT
    ) STRICT""",
    """CREATE TABLE conflict(
        id INTEGER PRIMARY KEY AUTOINCREMENT, record_id TEXT NOT NULL, role TEXT NOT NULL,
        at TEXT NOT NULL, lost TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE mark(
        id INTEGER PRIMARY KEY AUTOINCREMENT, seq INTEGER NOT NULL, label TEXT NOT NULL,
        role TEXT NOT NULL, at TEXT NOT NULL
    ) STRICT""",
    SEALED,
    "CREATE INDEX record_kind ON record(kind, id)",
    "CREATE INDEX change_record ON change(record_id, seq)",
    "CREATE INDEX change_batch ON change(batch)",
    "CREATE INDEX change_role ON change(role, batch)",
    "CREATE INDEX change_target ON change(target, batch)",
)
_FULL, _READ_ONLY = 13, 8
_DAMAGED = frozenset({11, 26})
_SHORT_READ = 522


@contextlib.contextmanager
def explained_sql() -> Iterator[None]:
    """Turn what the database says into our errors; its own text may quote what was saved."""
    try:
        yield
    except sqlcipher.Error as error:
        code = getattr(error, "sqlite_errorcode", None) or 0
        raise _ours(code) from None


def _ours(code: int) -> StoreError:
    if code & 0xFF == _FULL:
        return DiskFullError("the database cannot grow")
    if code & 0xFF == _READ_ONLY:
        return ReadOnlyError("the database cannot be written")
    if code & 0xFF in _DAMAGED or code == _SHORT_READ:
        return DamagedError("the database is damaged or the key is not its own")
    return StoreError(f"the database answered code {code}")


def connect(path: Path, key: bytes) -> Database:
    """Open an encrypted database file that exists, with every safety setting on.

    Raises:
        DamagedError: the file is no database of this key.
    """
    with explained_sql():
        database = sqlcipher.connect(
            f"{path.resolve().as_uri()}?mode=rw",
            uri=True,
            isolation_level=None,
            check_same_thread=False,  # the one owner may answer from another thread than it opened
        )
    try:
        with explained_sql():
            _set_up(database, key)
    except StoreError:
        database.close()
        raise
    return database


def connect_memory() -> Database:
    """Open an empty database that is never written to a disk."""
    with explained_sql():
        database = sqlcipher.connect(":memory:", isolation_level=None, check_same_thread=False)
        database.execute("PRAGMA secure_delete = ON")
        database.execute("PRAGMA trusted_schema = OFF")
    return database


def _set_up(database: Database, key: bytes) -> None:
    for pragma in _QUIET:
        database.execute(pragma)
    database.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for pragma in _SAFE:
        database.execute(pragma)
    database.execute("SELECT count(*) FROM sqlite_master").fetchone()


def make_schema(database: Database, workspace_id: str, created_on: str) -> None:
    """Create the tables of the present format in an empty database."""
    with transaction(database):
        for statement in SCHEMA:
            database.execute(statement)
        database.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            (("workspace", workspace_id), ("created_on", created_on)),
        )
        database.execute(f"PRAGMA user_version = {FORMAT}")


@contextlib.contextmanager
def transaction(database: Database) -> Iterator[None]:
    """Run one command as one transaction: committed and synced at the end, or as if never begun."""
    with explained_sql():
        database.execute("BEGIN IMMEDIATE")
        try:
            yield
            database.execute("COMMIT")
        except BaseException:
            # A full disk may have rolled back already.
            if database.in_transaction:
                database.execute("ROLLBACK")
            raise


def checkpoint(database: Database) -> None:
    """Move everything committed into the database file and empty the log beside it."""
    with explained_sql():
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def compact(database: Database) -> None:
    """Write the database anew, so that no page keeps a scrap of what was erased."""
    with explained_sql():
        database.execute("VACUUM")
    checkpoint(database)


def verify(database: Database, path: Path) -> None:
    """Check every page against its authentication code, and the tables against each other.

    Raises:
        DamagedError: a byte was changed or is missing.
    """
    with explained_sql():
        pages = database.execute("PRAGMA page_count").fetchone()[0]
        bad_pages = database.execute("PRAGMA cipher_integrity_check").fetchall()
        if bad_pages or path.stat().st_size != pages * PAGE_BYTES:
            raise DamagedError("a page of the database was changed or is missing")
        if database.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise DamagedError("the tables of the database do not agree")


def meta(database: Database, name: str) -> str | None:
    """Return one of the few facts about the workspace itself."""
    row = database.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def last_seq(database: Database) -> int:
    """Return the number of the last change ever written, also when it was erased since."""
    row = database.execute("SELECT seq FROM sqlite_sequence WHERE name = 'change'").fetchone()
    return row[0] if row else 0
