"""A session-only workspace that its group decides to keep."""

from __future__ import annotations

from pathlib import Path

from amparo.errors import DamagedError, StoreError
from amparo.store.backups import begin_counter
from amparo.store.database import DATABASE_NAME
from amparo.store.files import explained, make_folder, write_whole
from amparo.store.handle import Store
from amparo.store.migrations import copy_database
from amparo.store.openers import Opener
from amparo.store.slots import SLOTS_NAME, add_slot, unlock
from amparo.store.workspace import (
    FORMAT_NAME,
    Clock,
    Manner,
    assemble,
    drafted,
    format_text,
    utc_now,
)


def keep(store: Store, folder: Path, opener: Opener, *, now: Clock = utc_now) -> Store:
    """Write a session-only workspace, with its history, where it stays; return it open.

    The draft is unlocked with *opener* and compared with the original before it gets its name.
    The original is left as it is; whoever calls this ends it.

    Raises:
        StoreError: this workspace stays already.
        WorkspaceExistsError: something stands there.
        WeakPassphraseError: the passphrase is too easy to guess; nothing is left behind.
        DamagedError: the copy does not say the same; nothing is left behind.
    """
    if not store.session_only:
        raise StoreError("this workspace was made to stay")
    with explained(), drafted(folder) as draft:
        make_folder(draft / SLOTS_NAME)
        add_slot(draft, store.secret, opener)
        store.pressing(lambda: copy_database(store.database, draft / DATABASE_NAME))
        begin_counter(draft, store.secret)
        write_whole(draft / FORMAT_NAME, format_text(store.workspace_id))
        secret = unlock(draft, store.workspace_id, opener)
        with assemble(draft, secret, Manner(now)) as copy:
            if copy.digest() != store.digest() or copy.seq != store.seq:
                raise DamagedError("the copy differs from the original")
    return assemble(folder, secret, Manner(now))
