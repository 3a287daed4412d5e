"""Ask a program of the system, by its full path, with fixed words, for five seconds at most."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_PATIENCE_S = 5.0


@dataclass(frozen=True, slots=True)
class Said:
    """What a program of the system answered."""

    code: int
    text: str


Ask = Callable[[tuple[str, ...]], Said | None]


def ask_system(command: tuple[str, ...]) -> Said | None:
    """Return what *command* answers; None if it is not there or takes too long."""
    if not Path(command[0]).is_file():
        return None
    try:
        done = subprocess.run(  # noqa: S603 - a full path and fixed words
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return Said(done.returncode, done.stdout.decode("utf-8", "replace"))
