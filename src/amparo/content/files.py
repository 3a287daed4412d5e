"""Reads one file of a pack, never more than the limit and never outside its folder."""

from __future__ import annotations

from pathlib import Path

from amparo.bounded import read_at_most
from amparo.content.issues import Findings

MAX_BYTES = 2_000_000


def read_text(folder: Path, name: str, findings: Findings) -> str | None:
    """Return the text of ``folder/name``, or None after noting why it cannot be used.

    A symbolic link is refused: a pack that somebody hands over must not be able to show a
    file of the machine it is opened on.
    """
    path = folder / name
    if path.is_symlink() or (path.parent != folder and path.parent.is_symlink()):
        findings.add(name, 1, "link")
        return None
    if not path.is_file():  # nothing there, or a pipe that would make us wait for ever
        findings.add(name, 1, "file_missing")
        return None
    try:
        data = read_at_most(path, MAX_BYTES)
    except OSError:
        findings.add(name, 1, "file_unreadable")
        return None
    if data is None:
        findings.add(name, 1, "too_big", limit=MAX_BYTES)
        return None
    return _decode(data, name, findings)


def _decode(data: bytes, name: str, findings: Findings) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        findings.add(name, data.count(b"\n", 0, error.start) + 1, "not_utf8")
        return None
