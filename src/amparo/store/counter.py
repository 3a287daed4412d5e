"""A count beside the database, so that an older copy put back does not pass unnoticed."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import re
from pathlib import Path

from amparo.errors import OlderCopyError
from amparo.store.files import open_private, read_bounded, write_whole

COUNTER_NAME = "counter"
_LINE = re.compile(rb"amparo-counter 1 ([0-9]{20}) ([0-9a-f]{64})\n")
_MAX_BYTES = 256


class Counter:
    """The number of the last change, authenticated with the key.

    It is written after each commit, so it is never ahead of the database by itself. Whoever puts
    back database and counter of the same day is not noticed: nothing on this disk could tell.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self._path = folder / COUNTER_NAME
        self._key = hmac.digest(key, b"amparo counter", hashlib.sha256)
        self._descriptor: int | None = None

    def start(self, seq: int, *, accept_older: bool) -> bool:
        """Compare with the database and begin to count.

        Returns:
            Whether there was a counter to compare with.

        Raises:
            OlderCopyError: the database is older than the counter, or the counter was changed,
                unless *accept_older*.
        """
        was_there = self._path.exists()
        if was_there and not accept_older and not self._agrees(seq):
            raise OlderCopyError("the database is older than its counter")
        write_whole(self._path, self._line(seq))
        self._descriptor = open_private(self._path, os.O_RDWR)
        return was_there

    def advance(self, seq: int) -> None:
        """Note the number of the change just committed."""
        # The save is on the disk already: a counter that lags is harmless, an error would lie.
        with contextlib.suppress(OSError):
            if self._descriptor is not None:
                os.lseek(self._descriptor, 0, os.SEEK_SET)
                os.write(self._descriptor, self._line(seq))

    def stop(self) -> None:
        """Sync and close the file; a second call does nothing."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                os.fsync(self._descriptor)
            with contextlib.suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = None

    def _agrees(self, seq: int) -> bool:
        found = _LINE.fullmatch(read_bounded(self._path, _MAX_BYTES))
        if found is None:
            return False
        counted = int(found[1])
        return hmac.compare_digest(self._line(counted), found[0]) and counted <= seq

    def _line(self, seq: int) -> bytes:
        count = b"amparo-counter 1 %020d " % seq
        return count + hmac.new(self._key, count, hashlib.sha256).hexdigest().encode() + b"\n"
