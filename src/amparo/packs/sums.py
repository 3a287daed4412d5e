"""Look whether the folder of a stick is whole, as somebody who is trusted has signed it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from amparo.errors import AmparoError
from amparo.packs.signing import STICK, UnsignedError, verify_file

SUMS = "SHA256SUMS"
_MOST_BYTES = 1_000_000
_LINE = re.compile(r"([0-9a-f]{64})  ([^\n\0]{1,300})", re.ASCII)
# What comes to be on a stick while it is used, and the list itself.
_OWN = frozenset({"installed", "data"})


class ChangedFilesError(AmparoError, ValueError):
    """Files of the folder are missing, changed, or too many."""

    key = "error.stick_changed"


def check_sums(folder: Path, keys: Path) -> int:
    """Return how many files are whole and signed; every one of the folder is looked at.

    Raises:
        SignatureError: nobody who is trusted has signed the list as it is.
        ChangedFilesError: a file is missing, changed, or not in the list.
    """
    path = folder / SUMS
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES)
    except OSError:
        raise UnsignedError("no list") from None
    verify_file(path, data, keys, STICK)
    listed = _listed(data)
    wrong = sum(_digest(folder / name) != digest for name, digest in listed.items())
    more = len(_present(folder) - listed.keys())
    if wrong or more:
        raise ChangedFilesError("files differ", count=wrong + more)
    return len(listed)


def _listed(data: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in data.decode("utf-8", "replace").splitlines():
        match = _LINE.fullmatch(line)
        if match is None or ".." in match[2].split("/") or match[2].startswith("/"):
            raise ChangedFilesError("an odd line", count=1)
        found[match[2]] = match[1]
    return found


def _present(folder: Path) -> set[str]:
    found = (path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir())
    own = {SUMS, f"{SUMS}.sig"}
    return {one.as_posix() for one in found if one.parts[0] not in _OWN} - own


def _digest(path: Path) -> str:
    try:
        if path.is_symlink():
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
