"""Making and opening a workspace folder."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from amparo.errors import (
    DamagedError,
    SlotError,
    WipeUnfinishedError,
    WorkspaceExistsError,
    WorkspaceMissingError,
)
from amparo.store.counter import Counter
from amparo.store.database import (
    DATABASE_NAME,
    FORMAT,
    PAGE_BYTES,
    SEALED,
    Database,
    checkpoint,
    connect,
    explained_sql,
    last_seq,
    make_schema,
    meta,
    verify,
)
from amparo.store.envelope import utc_now
from amparo.store.erasure import scrub_if_due
from amparo.store.files import (
    explained,
    make_folder,
    open_private,
    read_bounded,
    remove_tree,
    sync_folder,
    tighten,
    write_whole,
)
from amparo.store.handle import Parts, Store
from amparo.store.migrations import MIGRATIONS, Migration, migrate, way_from
from amparo.store.openers import Opener
from amparo.store.ownership import Ownership
from amparo.store.reserve import fill_reserve
from amparo.store.slots import SLOTS_NAME, Secret, add_slot, new_secret, unlock

Clock = Callable[[], datetime]
FORMAT_NAME = "format"
WIPING_NAME = "amparo-wiping"  # lies there while a wipe is under way
NO_COUNTER = "store.notice.no_counter"
MAX_FORMAT_BYTES = 256
_FORMAT = re.compile(rb"amparo-workspace ([0-9]{1,6})\nid ([0-9a-f]{32})\n")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a workspace is opened."""

    now: Clock = utc_now
    session_only: bool = False
    accept_older: bool = False
    migrations: Mapping[int, Migration] = field(default_factory=lambda: MIGRATIONS)


def create(folder: Path, openers: Sequence[Opener], *, now: Clock = utc_now) -> Store:
    """Make a workspace that stays, and open it.

    Args:
        folder: where it will stand; nothing may be there, its parent must be.
        openers: at least one way to open it.
        now: the clock.

    Raises:
        WorkspaceExistsError: something stands there.
        SlotError: there is no opener, or one cannot seal; nothing is left behind.
    """
    if not openers:
        raise SlotError("a workspace needs at least one opener")
    secret = new_secret()
    with drafted(folder) as draft:
        make_folder(draft / SLOTS_NAME)
        for opener in openers:
            add_slot(draft, secret, opener)
        _make_database(draft, secret, now)
    return assemble(folder, secret, Manner(now))


def create_session(folder: Path, *, now: Clock = utc_now) -> Store:
    """Make a workspace for this session only: its key is never written, ``destroy`` ends it.

    Raises:
        WorkspaceExistsError: something stands there.
    """
    secret = new_secret()
    with drafted(folder) as draft:
        _make_database(draft, secret, now)
    return assemble(folder, secret, Manner(now, session_only=True))


def open_store(
    folder: Path,
    opener: Opener,
    *,
    now: Clock = utc_now,
    accept_older: bool = False,
    migrations: Mapping[int, Migration] = MIGRATIONS,
) -> Store:
    """Open a workspace.

    Args:
        folder: the workspace.
        opener: a passphrase, recovery words or an identity.
        now: the clock.
        accept_older: open also when the database is older than its counter says.
        migrations: how older formats become the present one.

    Raises:
        WorkspaceMissingError: there is no workspace.
        WipeUnfinishedError: somebody began to delete it for good.
        FormatVersionError: a newer Amparo made it; nothing was written.
        BusyError: another keeper holds it.
        WrongKeyError: the opener opens no slot.
        OlderCopyError: the database is older than the last time it was open here.
        DamagedError: a file is damaged or cut short.
        ReadOnlyError: the place cannot be written.
    """
    if (folder / WIPING_NAME).exists():
        raise WipeUnfinishedError("a wipe of this workspace was begun")
    workspace_id = read_format(folder, migrations=migrations)
    with explained():
        ownership = Ownership(folder)
    with contextlib.ExitStack() as undo:
        undo.callback(ownership.release)
        secret = unlock(folder, workspace_id, opener)
        undo.pop_all()
    manner = Manner(now, accept_older=accept_older, migrations=migrations)
    return assemble(folder, secret, manner, ownership)


def read_format(folder: Path, *, migrations: Mapping[int, Migration] = MIGRATIONS) -> str:
    """Return the id of a workspace, before any key is known.

    Raises:
        WorkspaceMissingError: this is no workspace.
        FormatVersionError: a newer Amparo made it, or no migration leads from its format to ours.
        DamagedError: the file is damaged.
    """
    with explained():
        names = (FORMAT_NAME, DATABASE_NAME, SLOTS_NAME)
        if not any((folder / name).exists() for name in names):
            raise WorkspaceMissingError("no workspace here")
        found = _FORMAT.fullmatch(read_bounded(folder / FORMAT_NAME, MAX_FORMAT_BYTES))
    if found is None:
        raise DamagedError("the format file is damaged")
    way_from(int(found[1]), migrations)
    return found[2].decode()


def format_text(workspace_id: str) -> bytes:
    """Return the content of the format file."""
    return f"amparo-workspace {FORMAT}\nid {workspace_id}\n".encode()


@contextlib.contextmanager
def drafted(folder: Path) -> Iterator[Path]:
    """Give a private folder to build in; it becomes *folder* at the end, or nothing is left.

    Raises:
        WorkspaceExistsError: something stands there.
        WorkspaceMissingError: the folder it should stand in is not there.
    """
    with explained():
        if folder.is_symlink() or folder.exists():
            raise WorkspaceExistsError("something stands there already")
        if not folder.parent.is_dir():
            raise WorkspaceMissingError("the folder around it is not there")
        draft = folder.with_name(f".{secrets.token_hex(8)}.tmp")
        make_folder(draft)
        try:
            yield draft
            draft.rename(folder)
        except BaseException:
            remove_tree(draft)
            raise
        sync_folder(folder.parent)


def assemble(
    folder: Path, secret: Secret, manner: Manner, ownership: Ownership | None = None
) -> Store:
    """Open the database of a workspace whose key is known, checked from end to end."""
    with contextlib.ExitStack() as undo, explained():
        ownership = ownership or Ownership(folder)
        undo.callback(ownership.release)
        tighten(folder)
        database = _checked_database(folder, secret)
        undo.callback(database.close)
        migrate(database, folder, migrations=manner.migrations)
        with explained_sql():
            database.execute(SEALED)
        if read_bounded(folder / FORMAT_NAME, MAX_FORMAT_BYTES) != format_text(secret.workspace_id):
            write_whole(folder / FORMAT_NAME, format_text(secret.workspace_id))
        counter = Counter(folder, secret.key)
        undo.callback(counter.stop)
        counted = counter.start(_last_seq(database), accept_older=manner.accept_older)
        scrub_if_due(database)
        fill_reserve(folder)
        undo.pop_all()
    notices = () if counted else (NO_COUNTER,)
    clock, session_only = manner.now, manner.session_only
    return Store(Parts(folder, database, secret, ownership, counter, clock, session_only, notices))


def _last_seq(database: Database) -> int:
    with explained_sql():
        return last_seq(database)


def _checked_database(folder: Path, secret: Secret) -> Database:
    path = folder / DATABASE_NAME
    if path.is_symlink() or not path.is_file() or path.stat().st_size < PAGE_BYTES:
        raise DamagedError("the database is missing or cut short")
    database = connect(path, secret.key)
    try:
        checkpoint(database)
        verify(database, path)
        with explained_sql():
            owner = meta(database, "workspace")
    except BaseException:
        database.close()
        raise
    if owner != secret.workspace_id:
        database.close()
        raise DamagedError("the database belongs to another workspace")
    return database


def _make_database(draft: Path, secret: Secret, now: Clock) -> None:
    path = draft / DATABASE_NAME
    os.close(open_private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    database = connect(path, secret.key)
    try:
        make_schema(database, secret.workspace_id, now().date().isoformat())
        checkpoint(database)
    finally:
        database.close()
    counter = Counter(draft, secret.key)
    counter.start(0, accept_older=False)
    counter.stop()
    write_whole(draft / FORMAT_NAME, format_text(secret.workspace_id))
