"""How big, how deep and of what a file may be that somebody hands in; the rest is refused unread.

Source:
    security rule R35.
"""

from __future__ import annotations

import io
import stat
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from amparo.bounded import read_at_most
from amparo.errors import AmparoError

MAX_FILE_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 100_000_000
MAX_RATIO = 100
MAX_ENTRIES = 10_000
MAX_DEPTH = 50
# What a keeper saves at once; a file with more rows is none of ours.
MAX_ROWS = 20_000
MAX_COLUMNS = 300
# Each costs a call: more of them than any real workspace has, and less than two seconds.
MAX_XML_PARTS = 400_000
MAX_JSON_PARTS = 1_000_000
# The longest text of a cell, every sign of it written as ``&#x1F33E;``.
MAX_XML_GAP_BYTES = 400_000

# Each entry of a zip's list begins so, however many the list claims to have.
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_KINDS_PACKED = frozenset({ZIP_STORED, ZIP_DEFLATED})


class ImportFileError(AmparoError, ValueError):
    """A file cannot be taken in; ``why`` is the last part of its sentence's key."""

    key = "error.import_file"

    def __init__(self, why: str) -> None:
        super().__init__(f"file refused: {why}")
        self.why = why
        # Each reason has a sentence of its own, and nobody catches them apart.
        self.key = f"import.file.{why}"  # pyright: ignore[reportAttributeAccessIssue]


def read_bounded(path: Path) -> bytes:
    """Return the bytes of *path*.

    Raises:
        ImportFileError: it is no file, cannot be read, or is larger than 20 MB.
    """
    try:
        data = read_at_most(path, MAX_FILE_BYTES)
    except OSError:
        raise ImportFileError("unreadable") from None
    if data is None:
        raise ImportFileError("too_big")
    return data


def opened_zip(data: bytes) -> ZipFile:
    """Open a zip after looking at everything its list of entries says.

    What an entry holds beyond the size it states is never unpacked.

    Raises:
        ImportFileError: it is damaged, a bomb, or holds links or names that lead outside.
    """
    if data.count(_ENTRY) > MAX_ENTRIES:
        raise ImportFileError("too_many")
    try:
        archive = ZipFile(io.BytesIO(data))
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        raise ImportFileError("damaged") from None
    entries = archive.infolist()
    if len({entry.filename for entry in entries}) != len(entries):
        raise ImportFileError("damaged")
    if any(_leads_outside(entry) for entry in entries):
        raise ImportFileError("odd_names")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise ImportFileError("locked")
    if any(entry.compress_type not in _KINDS_PACKED for entry in entries):
        raise ImportFileError("damaged")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_RATIO * len(data):
        raise ImportFileError("bomb")
    return archive


def unpacked(archive: ZipFile, name: str) -> bytes:
    """Return one entry.

    Raises:
        ImportFileError: it is not there, or damaged.
    """
    import zlib

    try:
        return archive.read(name)
    except (KeyError, BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError):
        raise ImportFileError("damaged") from None


def _leads_outside(entry: ZipInfo) -> bool:
    name = entry.orig_filename
    parts = name.replace("\\", "/").split("/")
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    return is_link or name != entry.filename or name[:1] in "/\\" or ".." in parts or ":" in name
