"""``amparo doctor``: look at this computer, in plain words; nothing is sent anywhere."""

from __future__ import annotations

import importlib
import json
import platform
import sys
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from amparo.cli.shared import help_text

# Below these, known weaknesses are open (SECURITY.md).
_FLOORS = {"voila": (0, 5, 13), "jupyter_server": (2, 20, 0), "nbconvert": (7, 17, 0)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: ``state`` is ok, warn or unknown."""

    name: str
    state: str


@click.command(help=help_text("doctor.help"), epilog=help_text("doctor.example"))
@click.option("--json", "as_json", is_flag=True, help=help_text("opt.json"))
def command(*, as_json: bool) -> None:
    """Print one line a finding; exit 2 when something should be mended."""
    findings = examine()
    if as_json:
        click.echo(json.dumps({"findings": [asdict(one) for one in findings]}))
    else:
        for one in findings:
            sign = {"ok": "✓", "warn": "!", "unknown": "?"}[one.state]
            click.echo(f"{sign} {help_text(f'doctor.{one.name}.{one.state}')}")
    sys.exit(2 if any(one.state == "warn" and one.name in _MUST for one in findings) else 0)


# These make Amparo itself unsafe or unusable; the others are the computer's own.
_MUST = frozenset({"versions", "database", "fonts"})


def examine() -> tuple[Finding, ...]:
    """Look at versions, database, fonts, swap, hibernation and disk encryption."""
    return (
        Finding("versions", "ok" if _versions_hold() else "warn"),
        Finding("database", "ok" if _database_encrypts() else "warn"),
        Finding("fonts", "ok" if _fonts_there() else "warn"),
        Finding("swap", _swap()),
        Finding("hibernation", _hibernation()),
        Finding("disk", _disk()),
    )


def _versions_hold() -> bool:
    def numbers(name: str) -> tuple[int, ...]:
        return tuple(int(part) for part in version(name).split(".")[:3] if part.isdigit())

    return all(numbers(name) >= floor for name, floor in _FLOORS.items())


def _database_encrypts() -> bool:
    database: Any = importlib.import_module("sqlcipher3.dbapi2")  # compiled, without types
    found = database.connect(":memory:").execute("PRAGMA cipher_version").fetchone()
    return bool(found) and int(str(found[0]).split(".")[0]) >= 4  # noqa: PLR2004


def _fonts_there() -> bool:
    from amparo.resources import package_folder

    return any(package_folder("report/fonts").glob("*.ttf"))


def _swap() -> str:
    if platform.system() != "Linux":
        return "unknown"
    lines = _lines(Path("/proc/swaps"))
    if lines is None:
        return "unknown"
    return "warn" if len(lines) > 1 else "ok"


def _hibernation() -> str:
    if platform.system() != "Linux":
        return "unknown"
    lines = _lines(Path("/sys/power/state"))
    if lines is None:
        return "ok"
    return "warn" if any("disk" in line.split() for line in lines) else "ok"


def _disk() -> str:
    # A mapped device with a CRYPT id is an encrypted disk; without one nobody can tell from here.
    uuids = [path.read_text("ascii", "replace") for path in Path("/sys/block").glob("dm-*/dm/uuid")]
    return "ok" if any(text.startswith("CRYPT-") for text in uuids) else "unknown"


def _lines(path: Path) -> list[str] | None:
    try:
        return path.read_text("ascii", "replace").splitlines()
    except OSError:
        return None
