"""One file that brings a workspace back, with the same passphrase, words or identities."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from amparo.errors import (
    DamagedError,
    OutputError,
    OutputExistsError,
    ReadOnlyError,
    SlotError,
    WorkspaceExistsError,
    WorkspaceMissingError,
)
from amparo.store.container import read_container, write_container
from amparo.store.counter import Counter
from amparo.store.database import DATABASE_NAME, compact, connect, explained_sql, last_seq
from amparo.store.envelope import utc_now
from amparo.store.erasure import forget_deleted
from amparo.store.files import explained, open_private, sync_folder
from amparo.store.handle import Store
from amparo.store.migrations import copy_database
from amparo.store.openers import Opener
from amparo.store.slots import Secret, unlock
from amparo.store.workspace import Clock, Manner, assemble, drafted, read_format


def backup(store: Store, target: Path) -> None:
    """Write an open workspace to one file; deleted records stay out of it.

    Raises:
        OutputExistsError: something stands there; it is left as it is.
        OutputError: the place cannot be written.
        DiskFullError: there is no room for it; nothing is left behind.
        SlotError: a session-only workspace has nothing that could open a backup.
    """
    if store.session_only:
        raise SlotError("a session-only workspace has no slots")
    try:
        if target.is_symlink() or target.exists():
            raise OutputExistsError("something stands there already")
        if not target.parent.is_dir():
            raise OutputError("the folder around it is not there")
    except PermissionError:
        raise OutputError("nobody may look there") from None
    try:
        store.pressing(lambda: _write(store, target))
    except ReadOnlyError:
        raise OutputError("the place refuses to be written") from None


def restore(file: Path, folder: Path, opener: Opener, *, now: Clock = utc_now) -> Store:
    """Make a workspace out of a backup, and open it.

    Args:
        file: what ``backup`` wrote.
        folder: where the workspace will stand; nothing may be there.
        opener: any that opened the workspace when the backup was made.
        now: the clock.

    Raises:
        WorkspaceMissingError: there is no such file.
        WorkspaceExistsError: something stands where the workspace would.
        DamagedError: a bit of the file was changed or is missing; nothing is left behind.
        FormatVersionError: a newer Amparo made it.
        WrongKeyError: the opener opens none of its slots.
    """
    if folder.is_symlink() or folder.exists():
        raise WorkspaceExistsError("something stands there already")
    if not file.is_file():
        raise WorkspaceMissingError("no backup here")
    with explained(), drafted(folder) as draft:
        with file.open("rb") as source:
            seal = read_container(source, draft)
        secret = unlock(draft, read_format(draft), opener)
        if not seal.agrees(secret.key):
            raise DamagedError("the seal of the backup is broken")
        begin_counter(draft, secret)
        # Opened once where it is still a draft: what does not open never gets its name.
        assemble(draft, secret, Manner(now)).close()
    return assemble(folder, secret, Manner(now))


def _write(store: Store, target: Path) -> None:
    with explained(), _draft_beside(target) as draft, _draft_beside(target) as copy:
        copy_database(store.database, copy)
        _leave_out_deleted(copy, store.secret)
        descriptor = open_private(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        with os.fdopen(descriptor, "wb") as out:
            write_container(out, store.folder, copy, store.secret.key)
            out.flush()
            os.fsync(out.fileno())
        draft.rename(target)
        sync_folder(target.parent)


def _leave_out_deleted(copy: Path, secret: Secret) -> None:
    database = connect(copy, secret.key)
    try:
        forget_deleted(database)
        compact(database)
        with explained_sql():
            database.execute("PRAGMA journal_mode = DELETE").fetchone()
    finally:
        database.close()


def begin_counter(draft: Path, secret: Secret) -> None:
    """Let the counter of a copied database begin where its changes end."""
    database = connect(draft / DATABASE_NAME, secret.key)
    try:
        with explained_sql():
            seq = last_seq(database)
    finally:
        database.close()
    counter = Counter(draft, secret.key)
    counter.start(seq, accept_older=False)
    counter.stop()


@contextlib.contextmanager
def _draft_beside(target: Path) -> Iterator[Path]:
    draft = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        yield draft
    finally:
        for suffix in ("", "-wal", "-journal"):
            with contextlib.suppress(OSError):
                draft.with_name(draft.name + suffix).unlink(missing_ok=True)
