"""Install from the folder beside, without a network, and open.

Only Python's own library: nothing is installed yet when this begins. On a stick that holds
programs the installation stays on the stick; else it goes to a temporary folder of this computer
and is erased at the end.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import stat
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

PARTS = Path(__file__).resolve().parent
STICK = PARTS.parent
DATA = STICK / "data"
_STAMP = "stamp"
_SLOTS = "slots"  # every workspace has this folder
_OPEN = "from amparo.cli import main; main()"


def main(arguments: list[str]) -> int:
    """Install if needed, then run one command; without one, open."""
    os.umask(0o077)
    place = _lasting_place()
    if place is not None:
        return _run(place, arguments)
    with tempfile.TemporaryDirectory(prefix="n-") as temporary:
        _say("temporary")
        return _run(Path(temporary) / "i", arguments)


def _run(place: Path, arguments: list[str]) -> int:
    python = _python_in(place)
    if not _is_installed(place, python) and not _install(place, python):
        _say("failed")
        return 2
    command = [str(python), "-P", "-c", _OPEN, *(arguments or _usual())]
    environment = _environment()
    if _can_write(STICK):
        environment["AMPARO_DATA"] = str(DATA)
    try:
        return subprocess.run(command, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 130


def _usual() -> list[str]:
    """Return the command of somebody who gave none."""
    if not _can_write(STICK):
        return ["open"]
    found = sorted(path.parent for path in DATA.glob(f"*/{_SLOTS}")) if DATA.is_dir() else []
    chosen = found[0] if len(found) == 1 else _chosen(found)
    return ["open", *([str(chosen)] if chosen else []), "--keep-in", str(DATA)]


def _chosen(found: list[Path]) -> Path | None:
    if not found or not sys.stdin.isatty():
        return None
    for number, path in enumerate(found, 1):
        print(f"  {number}  {path.name}")
    typed = input(_word("which") + " ").strip()
    return found[int(typed) - 1] if typed.isdecimal() and 0 < int(typed) <= len(found) else None


def _lasting_place() -> Path | None:
    """Return where on the stick programs can be kept; None if it cannot hold any."""
    name = f"{platform.system()}-{platform.machine()}-{sys.version_info[0]}.{sys.version_info[1]}"
    base = STICK / "installed"
    return base / name.lower() if _can_write(STICK) and _holds_programs(STICK) else None


def _can_write(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _holds_programs(folder: Path) -> bool:
    """Tell whether a program can be started from *folder*, and a link be made in it."""
    if os.name == "nt":
        return True
    try:
        with tempfile.TemporaryDirectory(dir=folder) as trial:
            program = Path(trial) / "t"
            program.write_text("#!/bin/sh\nexit 0\n", "utf-8")
            program.chmod(stat.S_IRWXU)
            (Path(trial) / "l").symlink_to("t")
            return subprocess.run([str(program)], check=False).returncode == 0
    except OSError:
        return False


def _python_in(place: Path) -> Path:
    return place / "Scripts" / "python.exe" if os.name == "nt" else place / "bin" / "python"


def _stamp() -> str:
    return hashlib.sha256((PARTS / "requirements.txt").read_bytes()).hexdigest()


def _is_installed(place: Path, python: Path) -> bool:
    try:
        if (place / _STAMP).read_text("ascii") != _stamp():
            return False
        # On another computer its Python may lie elsewhere.
        said = subprocess.run([str(python), "-I", "-c", ""], capture_output=True, check=False)
    except OSError:
        return False
    return said.returncode == 0


def _install(place: Path, python: Path) -> bool:
    _say("installing")
    shutil.rmtree(place, ignore_errors=True)
    # Without the pip of the system, which some leave out: ours lies here.
    venv.create(place, with_pip=False, symlinks=os.name != "nt")
    command = [
        str(python), "-I", str(next(PARTS.glob("pip-*.whl")) / "pip"), "--isolated", "install",
        "--quiet", "--disable-pip-version-check", "--no-cache-dir", "--no-index",
        "--require-hashes", "--only-binary=:all:",
        "--find-links", str(PARTS / "wheels"), "--requirement", str(PARTS / "requirements.txt"),
    ]  # fmt: skip
    # pip would ask every compiler it finds for its version, and some write into the home then.
    environment = {**_environment(), "PATH": str(PARTS)}
    if subprocess.run(command, env=environment, check=False).returncode:
        shutil.rmtree(place, ignore_errors=True)
        return False
    (place / _STAMP).write_text(_stamp(), "ascii")
    return True


def _environment() -> dict[str, str]:
    """Return this process's variables without those that would lead elsewhere."""
    unwanted = ("PYTHON", "PIP_", "VIRTUAL_ENV", "AMPARO_", "JUPYTER")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    return {**kept, "PIP_CONFIG_FILE": os.devnull}


def _word(name: str) -> str:
    words = json.loads((PARTS / "words.json").read_text("utf-8"))
    asked = (os.environ.get(name, "")[:2].lower() for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return words[next((lang for lang in asked if lang in words), "en")][name]


def _say(name: str) -> None:
    print(_word(name), file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
