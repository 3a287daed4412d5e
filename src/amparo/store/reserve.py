"""A file that only takes up room, given back when the disk is full."""

from __future__ import annotations

import contextlib
import secrets
import shutil
from pathlib import Path

from amparo.errors import AmparoError
from amparo.store.files import explained, write_whole

RESERVE_NAME = "reserve"
RESERVE_BYTES = 1 << 20
_KEEP_FREE_BYTES = 4 * RESERVE_BYTES


def fill_reserve(folder: Path) -> None:
    """Make the reserve again where there is room for it; a full disk is no error here."""
    path = folder / RESERVE_NAME
    with contextlib.suppress(AmparoError), explained():
        if path.exists() and path.stat().st_size >= RESERVE_BYTES:
            return
        if shutil.disk_usage(folder).free >= _KEEP_FREE_BYTES:
            # Random bytes: zeros would take no room on a disk that packs them.
            write_whole(path, secrets.token_bytes(RESERVE_BYTES))


def release_reserve(folder: Path) -> bool:
    """Give the room back; tell whether there was any to give."""
    path = folder / RESERVE_NAME
    with explained():
        had_room = path.exists() and path.stat().st_size > 0
        path.unlink(missing_ok=True)
    return had_room
