"""Look at everything once."""

from __future__ import annotations

import importlib
import os
import platform
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from amparo.computer import linux, mac, windows
from amparo.computer.asking import Ask, ask_system
from amparo.computer.finding import Finding, State
from amparo.computer.floors import below_floors
from amparo.resources import package_folder

# How a page's process hears what was found: names and states, nothing else.
PASSED_ON = "AMPARO_COMPUTER"
_WORD = re.compile(r"([a-z]{1,20})\.(warn)(?:\.(\d{1,9}))?", re.ASCII)

_LEAST_SPACE_MB, _LEAST_MEMORY_MB = 500, 700
_MB = 1024 * 1024
# No clock that is right shows an earlier day; moved on with each release.
RELEASED = date(2026, 11, 1)
_MOST_YEARS = 20
_PR_GET_DUMPABLE = 3
_CIPHER = 4


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Computer:
    """What is looked at, and through what; a test brings its own.

    Attributes:
        system: as Python names it: Linux, Darwin, Windows.
        root: where the files of the system begin.
        place: where workspaces are kept.
    """

    place: Path
    system: str = field(default_factory=platform.system)
    root: Path = Path("/")
    ask: Ask = ask_system
    registry: windows.Read = windows.read_registry
    now: Callable[[], datetime] = _now


def examine(place: Path | None = None, computer: Computer | None = None) -> tuple[Finding, ...]:
    """Look at the programs Amparo stands on, then at the computer.

    Args:
        place: where workspaces are kept; by default the home of whoever asks.
        computer: what to look at; by default this one.
    """
    return (*_programs(), *about(computer or Computer(_standing(place or Path.home()))))


def about(computer: Computer) -> tuple[Finding, ...]:
    """Look at what the computer does with what is typed, not at the programs."""
    swap, hibernation, disk = _kept_on_disk(computer)
    return (
        Finding("swap", swap),
        Finding("hibernation", hibernation),
        Finding("disk", disk),
        Finding("dumps", _dumps()),
        _space(computer.place),
        _memory(computer),
        Finding("clock", _clock(computer.now().date())),
    )


def notable(place: Path | None = None) -> tuple[Finding, ...]:
    """Return what somebody should know before writing anything down; quick, never an error."""
    found = about(Computer(_standing(place or Path.home())))
    return tuple(one for one in found if one.state == "warn")


def passed_on(findings: Iterable[Finding]) -> str:
    """Write findings as one variable of a page's process."""
    return " ".join(
        ".".join((one.name, one.state, *map(str, one.values.values()))) for one in findings
    )


def told() -> tuple[Finding, ...]:
    """Read what the process that started this one has found; anything odd is passed over."""
    found = (_WORD.fullmatch(word) for word in os.environ.get(PASSED_ON, "").split())
    return tuple(
        Finding(one[1], "warn", {"megabytes": int(one[3])} if one[3] else {})
        for one in found
        if one
    )


def _programs() -> tuple[Finding, ...]:
    return (
        Finding("versions", "warn" if below_floors() else "ok"),
        Finding("database", "ok" if _database_encrypts() else "warn"),
        Finding("fonts", "ok" if any(package_folder("report/fonts").glob("*.ttf")) else "warn"),
    )


def _database_encrypts() -> bool:
    database: Any = importlib.import_module("sqlcipher3.dbapi2")  # compiled, without types
    found = database.connect(":memory:").execute("PRAGMA cipher_version").fetchone()
    return bool(found) and int(str(found[0]).split(".")[0]) >= _CIPHER


def _kept_on_disk(computer: Computer) -> tuple[State, State, State]:
    if computer.system == "Linux":
        return (
            linux.swap(computer.root),
            linux.hibernation(computer.root),
            linux.disk(computer.root, computer.place),
        )
    if computer.system == "Darwin":
        return mac.swap(computer.ask), mac.hibernation(computer.ask), mac.disk(computer.ask)
    if computer.system == "Windows":
        return (
            windows.swap(computer.registry),
            windows.hibernation(computer.registry),
            windows.disk(computer.ask, computer.place.drive or "C:"),
        )
    return "unknown", "unknown", "unknown"


def _dumps() -> State:
    """Tell whether this process, and so each that it starts, refuses to be dumped."""
    if sys.platform == "win32":
        return "unknown"
    import resource

    if resource.getrlimit(resource.RLIMIT_CORE) != (0, 0):
        return "warn"
    if sys.platform != "linux":
        return "ok"
    import ctypes

    return "warn" if ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0) else "ok"


def _space(place: Path) -> Finding:
    try:
        free = shutil.disk_usage(place).free // _MB
    except OSError:
        return Finding("space", "unknown")
    return Finding("space", "ok" if free >= _LEAST_SPACE_MB else "warn", {"megabytes": free})


def _memory(computer: Computer) -> Finding:
    free = linux.memory_mb(computer.root) if computer.system == "Linux" else None
    if free is None:
        return Finding("memory", "unknown")
    return Finding("memory", "ok" if free >= _LEAST_MEMORY_MB else "warn", {"megabytes": free})


def _clock(today: date) -> State:
    return "ok" if today >= RELEASED and today.year <= RELEASED.year + _MOST_YEARS else "warn"


def _standing(place: Path) -> Path:
    """Return *place*, or the nearest folder above it that exists."""
    whole = place.absolute()
    return next((one for one in (whole, *whole.parents) if one.exists()), whole)
