"""What is finished, line by line on the disk: a batch that was killed goes on where it was.

The journal becomes the manifest of the batch: row, file, size and SHA-256, in the order of the
rows. It names no workspace and nobody.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from amparo.report.batch.jobs import Job
from amparo.report.run import write_output

NAME = "manifest.jsonl"


@dataclass(frozen=True, slots=True)
class Entry:
    """One finished file; ``sealed`` ones are encrypted and have other bytes each time."""

    row: int
    file: str
    bytes: int
    sha256: str
    mark: str
    sealed: bool = False


class Journal:
    """The finished files of one folder.

    Raises:
        OutputError: the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / NAME
        self.entries = {entry.row: entry for entry in _read(self._path)}
        if self._path.is_file() and not self._path.read_bytes().endswith(b"\n"):
            self.finish(frozenset(self.entries))  # else the next line would join a torn one

    def holds(self, job: Job) -> bool:
        """Tell whether this very job is finished and its file is whole."""
        entry = self.entries.get(job.row)
        if entry is None or entry.file != job.name or entry.mark != _mark(job):
            return False
        return is_there(self._folder, entry)

    def add(self, entry: Entry) -> None:
        """Remember a file that its worker has written down."""
        self.entries[entry.row] = entry

    def finish(self, rows: frozenset[int]) -> None:
        """Put the lines in the order of the rows, one a row, and drop rows that are no job now."""
        kept = [self.entries[row] for row in sorted(self.entries) if row in rows]
        text = "".join(_line(entry) for entry in kept)
        write_output(self._path, text.encode("ascii"), overwrite=True)


def is_there(folder: Path, entry: Entry) -> bool:
    """Tell whether the file of *entry* lies in *folder*, whole."""
    path = folder / entry.file
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == entry.sha256
    except OSError:
        return False


def write_down(folder: Path, entry: Entry) -> None:
    """Add a finished file to the journal; it is on the disk when this returns.

    Each worker does so itself, at once: a batch that is killed forgets no file that is there. One
    short line, written in one piece at the end of the file, does not mix with those of others.

    Raises:
        OSError: the folder cannot be written.
    """
    number = os.open(folder / NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(number, _line(entry).encode("ascii"))
        os.fsync(number)
    finally:
        os.close(number)


def _mark(job: Job) -> str | None:
    try:
        return job.mark()
    except OSError:
        return None


def _line(entry: Entry) -> str:
    return json.dumps(asdict(entry), sort_keys=True) + "\n"


def _read(path: Path) -> list[Entry]:
    if not path.is_file():
        return []
    found: list[Entry] = []
    for line in path.read_text("ascii", errors="replace").splitlines():
        try:
            found.append(Entry(**json.loads(line)))
        except (ValueError, TypeError):
            continue  # the end of a line that a kill cut off: its file is made again
    return found
