"""A file that somebody named, read no further than it may reach."""

from __future__ import annotations

from pathlib import Path


def read_at_most(path: Path, most: int) -> bytes | None:
    """Return what *path* holds, or None when that is more than *most* bytes.

    Raises:
        OSError: it is no plain file, or it cannot be read.
    """
    if not path.is_file():  # a pipe would make us wait for ever
        raise FileNotFoundError("no plain file")
    with path.open("rb") as file:
        content = file.read(most + 1)
    return content if len(content) <= most else None
