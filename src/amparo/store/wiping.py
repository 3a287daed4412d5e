"""Delete a whole workspace for good: first what opens it, then all the rest, then look again."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from pathlib import Path

from amparo.errors import (
    BusyError,
    StoreError,
    WipeBusyError,
    WipeLeftError,
    WorkspaceMissingError,
)
from amparo.store.database import DATABASE_NAME
from amparo.store.files import explained, open_private, read_bounded, sync_folder, tighten
from amparo.store.handle import Store
from amparo.store.ownership import Ownership
from amparo.store.slots import SLOTS_NAME, is_slot_name
from amparo.store.workspace import FORMAT_NAME, MAX_FORMAT_BYTES, WIPING_NAME

# What no program can take back, said after every wipe (catalogue keys).
REMAINS = (
    "wipe.remains.backups",
    "wipe.remains.paper",
    "wipe.remains.disk",
    "wipe.remains.swap",
)
_MAGIC = b"amparo-workspace "


def wipe(folder: Path) -> None:
    """Delete a workspace that nobody has open; no key is needed, and nothing brings it back.

    The keys go first, in less than a second, also when somebody has it open. When this was cut
    short, the workspace opens no more, and a second call ends the work.

    Args:
        folder: a workspace, or what a wipe that was cut short has left of one.

    Raises:
        WorkspaceMissingError: this is no workspace; nothing was touched.
        WipeBusyError: the keys are gone, but somebody has the workspace open.
        WipeLeftError: the keys are gone, but a file could not be removed.
        StoreError: a key could not be destroyed; the workspace is not wiped.
    """
    place = folder.resolve()
    _require_workspace(place)
    destroy_keys(place)
    if (place / DATABASE_NAME).exists():
        try:
            with explained():
                Ownership(place).release()
        except BusyError:
            raise WipeBusyError("the keys are gone, the workspace is open elsewhere") from None
    remove_rest(place)
    if folder.is_symlink():
        folder.unlink()


def wipe_open(store: Store) -> None:
    """Delete an open workspace for good, keys first; whatever happens, it is closed at the end.

    Raises:
        WipeLeftError: the keys are gone, but a file could not be removed.
        StoreError: a key could not be destroyed; the workspace is not wiped.
    """
    try:
        destroy_keys(store.folder)
    finally:
        store.close()
    remove_rest(store.folder)


def destroy_keys(folder: Path) -> None:
    """Overwrite and remove every key slot, and see that none is left; a second call is fine.

    Raises:
        StoreError: the place cannot be written; a key may still be there.
    """
    with contextlib.suppress(OSError):
        # From here on it does not open, even if only some of the keys are gone when this is cut.
        os.close(open_private(folder / WIPING_NAME, os.O_WRONLY | os.O_CREAT))
        sync_folder(folder)
    place = folder / SLOTS_NAME
    with explained():
        if not place.is_dir():
            return
        # A draft of a slot that a power cut left behind holds the key as well.
        keys = [path for path in place.iterdir() if _holds_a_key(path.name)]
        for path in keys:
            _overwrite(path)
        for path in keys:
            path.unlink()
        sync_folder(place)
        if any(_holds_a_key(path.name) for path in place.iterdir()):
            raise StoreError("a key slot is still there")


def remove_rest(folder: Path) -> None:
    """Remove all that is left of a workspace whose keys are gone, and see that it is gone.

    Raises:
        WipeLeftError: something could not be removed.
    """
    # What says that this is a workspace goes last, so that a wipe cut short can be ended.
    last = {FORMAT_NAME, WIPING_NAME}
    tighten(folder)
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if path.name not in last:
                _remove(path)
        left = {path.name for path in folder.iterdir()}
        if left <= last:
            for name in (FORMAT_NAME, WIPING_NAME):
                (folder / name).unlink(missing_ok=True)
            folder.rmdir()
            sync_folder(folder.parent)
    if os.path.lexists(folder):
        raise WipeLeftError("the keys are gone, but something could not be removed")


def _require_workspace(folder: Path) -> None:
    # Never a folder that only happens to have this name: all in it will be gone.
    with explained():
        if not folder.is_dir():
            raise WorkspaceMissingError("no workspace here")
        marked = (folder / WIPING_NAME).is_file() or not any(folder.iterdir())
        if not marked and not _says_workspace(folder) and not _has_keys(folder):
            raise WorkspaceMissingError("no workspace here")


def _says_workspace(folder: Path) -> bool:
    with contextlib.suppress(StoreError):
        return read_bounded(folder / FORMAT_NAME, MAX_FORMAT_BYTES).startswith(_MAGIC)
    return False


def _has_keys(folder: Path) -> bool:
    place = folder / SLOTS_NAME
    return place.is_dir() and any(is_slot_name(path.name) for path in place.iterdir())


def _holds_a_key(name: str) -> bool:
    return is_slot_name(name) or is_slot_name(name.partition(".age.")[0] + ".age")


def _overwrite(path: Path) -> None:
    if path.is_symlink() or not path.is_file():
        return
    path.chmod(0o600)
    with path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        file.write(secrets.token_bytes(size))
        file.flush()
        os.fsync(file.fileno())


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
