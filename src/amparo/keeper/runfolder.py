"""The keeper's run folder: a short private path for its socket, and for what a crash leaves.

Every keeper holds a lock on a file in its own run folder for as long as it lives. A folder whose
lock is free belongs to a keeper that was killed: it goes, and with it the session-only workspace
that died with its key.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_MAX_SOCKET_PATH = 100  # the kernel allows 104 to 108 bytes
_ALIVE = "alive"
_SESSION = "session"


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The private folder of one running keeper."""

    path: Path
    _alive: IO[bytes]

    @property
    def socket_path(self) -> Path:
        """Where the socket is."""
        return self.path / "s"

    def remember_session(self, folder: Path) -> None:
        """Note which session-only folder must go when this keeper is gone."""
        (self.path / _SESSION).write_text(str(folder), encoding="utf-8")

    def remove(self) -> None:
        """Remove the folder and the socket in it."""
        self._alive.close()
        shutil.rmtree(self.path, ignore_errors=True)


def make_run_folder() -> RunFolder:
    """Clear what killed keepers left behind and make a new run folder (0700)."""
    base = _base()
    with (base / "lock").open("wb") as gate:
        # Held for both steps: a folder is never swept between being made and being locked.
        _lock(gate, wait=True)
        _sweep(base)
        path = Path(tempfile.mkdtemp(prefix="k", dir=base))
        alive = (path / _ALIVE).open("wb")
        _lock(alive, wait=True)
    return RunFolder(path, alive)


def _base() -> Path:
    name = f"amparo-{os.getuid()}" if hasattr(os, "getuid") else "amparo-run"
    roots = [os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp"]  # noqa: S108 - checked
    for root in roots:
        if root and len(os.fsencode(root)) + len(name) + 16 < _MAX_SOCKET_PATH:
            base = Path(root) / name
            with contextlib.suppress(OSError):
                base.mkdir(mode=0o700, exist_ok=True)
            if _is_ours(base):
                return base
    return Path(tempfile.mkdtemp(prefix="amparo-"))


def _is_ours(folder: Path) -> bool:
    # Somebody else may have made a folder of this name in a shared /tmp first.
    try:
        found = folder.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(found.st_mode) or not os.access(folder, os.W_OK):
        return False
    if not hasattr(os, "getuid"):
        return True
    return found.st_uid == os.getuid() and stat.S_IMODE(found.st_mode) == stat.S_IRWXU


def _sweep(base: Path) -> None:
    for path in base.glob("k*"):
        try:
            alive = (path / _ALIVE).open("ab")
        except OSError:
            continue
        with alive:
            if _lock(alive, wait=False):
                _remove_dead_session(path)
                shutil.rmtree(path, ignore_errors=True)


def _remove_dead_session(path: Path) -> None:
    with contextlib.suppress(OSError, ValueError):
        folder = Path((path / _SESSION).read_text(encoding="utf-8"))
        # A folder with key slots can still be opened by somebody: never ours to remove.
        if folder.is_absolute() and not folder.is_symlink() and not any(folder.glob("slots/*")):
            shutil.rmtree(folder, ignore_errors=True)


def _lock(file: IO[bytes], *, wait: bool) -> bool:
    """Lock *file* for this process; False when another process holds it and we do not wait."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True
