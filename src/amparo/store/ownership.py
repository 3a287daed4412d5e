"""One owner at a time: a second keeper of the same workspace is turned away."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from amparo.errors import BusyError
from amparo.store.files import open_private

LOCK_NAME = "lock"


class Ownership:
    """A lock the operating system gives back when this process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        """Take the workspace.

        Raises:
            BusyError: another process, or another store of this one, holds it.
        """
        self._descriptor: int | None = open_private(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT)
        try:
            _take(self._descriptor)
        except OSError:
            self.release()
            raise BusyError("another keeper holds this workspace") from None

    def release(self) -> None:
        """Give the workspace back; a second call does nothing."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = None


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
