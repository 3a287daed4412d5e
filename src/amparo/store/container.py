"""The one file of a backup: a plain tar archive with few names, a fixed order and a seal.

Anybody can take it apart with ``tar``; reading it here accepts exactly the bytes that writing it
here makes, so links, foreign names, other owners and padding have nowhere to hide.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from amparo.errors import DamagedError
from amparo.store.database import DATABASE_NAME, PAGE_BYTES
from amparo.store.files import FILE_MODE, open_private
from amparo.store.slots import MAX_SLOT_BYTES, MAX_SLOTS, SLOTS_NAME, is_slot_name
from amparo.store.workspace import FORMAT_NAME, MAX_FORMAT_BYTES

SEAL_NAME = "seal"
MAX_DATABASE_BYTES = 4 << 30
_BLOCK = 512
_END = bytes(2 * _BLOCK)
_SEAL_BYTES = 65
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Seal:
    """What a backup says about itself: the hash of its bytes, and the seal found at its end."""

    hashed: bytes
    found: bytes

    def agrees(self, key: bytes) -> bool:
        """Tell whether the holder of *key* made this file as it is."""
        return hmac.compare_digest(_seal(key, self.hashed), self.found)


def write_container(out: BinaryIO, folder: Path, database: Path, key: bytes) -> None:
    """Write the format file and the slots of *folder*, then *database*, then the seal."""
    hashed = hashlib.sha256()

    def emit(content: bytes) -> None:
        hashed.update(content)
        out.write(content)

    slots = sorted(path for path in (folder / SLOTS_NAME).iterdir() if is_slot_name(path.name))
    named = [(FORMAT_NAME, folder / FORMAT_NAME)]
    named += [(f"{SLOTS_NAME}/{path.name}", path) for path in slots]
    for name, path in (*named, (DATABASE_NAME, database)):
        size = path.stat().st_size
        emit(_header(name, size))
        with path.open("rb") as file:
            _pump(file, size, emit)
        emit(_padding(size))
    out.write(_header(SEAL_NAME, _SEAL_BYTES))
    out.write(_seal(key, hashed.digest()))
    out.write(_padding(_SEAL_BYTES) + _END)


def read_container(source: BinaryIO, folder: Path) -> Seal:
    """Take a backup apart into an empty private folder; the seal is for the caller to check.

    Raises:
        DamagedError: any byte is not where writing would have put it, or a part is too large.
    """
    hashed = hashlib.sha256()
    (folder / SLOTS_NAME).mkdir(mode=0o700)
    previous: tuple[int, str] = (-1, "")
    for name, size, header in _headers(source):
        place = _place(name, size)
        _require(place > previous)
        previous = place
        if name == SEAL_NAME:
            _require(place[0] == _LAST and (folder / DATABASE_NAME).exists())
            return Seal(hashed.digest(), _read_end(source))
        hashed.update(header)
        _read_file(source, folder / name, size, hashed.update)
    raise DamagedError("the backup has no end")


_LAST = 3


def _place(name: str, size: int) -> tuple[int, str]:
    """Return where a part stands in the fixed order; refuse foreign names and odd sizes."""
    folder, _, slot = name.partition("/")
    if name == FORMAT_NAME and size <= MAX_FORMAT_BYTES:
        return 0, ""
    if folder == SLOTS_NAME and is_slot_name(slot) and size <= MAX_SLOT_BYTES:
        return 1, slot
    if name == DATABASE_NAME and PAGE_BYTES <= size <= MAX_DATABASE_BYTES:
        return 2, ""
    if name == SEAL_NAME and size == _SEAL_BYTES:
        return _LAST, ""
    raise DamagedError("the backup has a part that does not belong there")


def _headers(source: BinaryIO) -> Iterator[tuple[str, int, bytes]]:
    for _ in range(MAX_SLOTS + 3):
        header = source.read(_BLOCK)
        try:
            found = tarfile.TarInfo.frombuf(header, "utf-8", "strict")
        except (tarfile.HeaderError, UnicodeError, ValueError):
            raise DamagedError("the backup is damaged or cut short") from None
        # Only what we would have written ourselves: no links, owners, times or odd spellings.
        _require(0 <= found.size <= MAX_DATABASE_BYTES)
        _require(found.name.isascii() and header == _header(found.name, found.size))
        yield found.name, found.size, header


def _read_file(source: BinaryIO, path: Path, size: int, note: Callable[[bytes], None]) -> None:
    descriptor = open_private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    with os.fdopen(descriptor, "wb") as file:

        def keep(content: bytes) -> None:
            note(content)
            file.write(content)

        _pump(source, size, keep)
        file.flush()
        os.fsync(file.fileno())
    padding = source.read(len(_padding(size)))
    _require(padding == _padding(size))
    note(padding)


def _read_end(source: BinaryIO) -> bytes:
    found = source.read(_SEAL_BYTES)
    expected = _padding(_SEAL_BYTES) + _END
    _require(len(found) == _SEAL_BYTES and source.read(len(expected) + 1) == expected)
    return found


def _pump(source: BinaryIO, size: int, sink: Callable[[bytes], object]) -> None:
    while size:
        content = source.read(min(size, _CHUNK))
        _require(content != b"")
        sink(content)
        size -= len(content)


def _header(name: str, size: int) -> bytes:
    part = tarfile.TarInfo(name)
    part.size = size
    part.mode = FILE_MODE
    return part.tobuf(tarfile.USTAR_FORMAT, "ascii", "strict")


def _padding(size: int) -> bytes:
    return bytes(-size % _BLOCK)


def _seal(key: bytes, hashed: bytes) -> bytes:
    own_key = hmac.digest(key, b"amparo backup", hashlib.sha256)
    return hmac.new(own_key, hashed, hashlib.sha256).hexdigest().encode() + b"\n"


def _require(holds: bool) -> None:  # noqa: FBT001  reads as the sentence it is
    if not holds:
        raise DamagedError("the backup is damaged or cut short")
