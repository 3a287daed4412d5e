"""A group's whole day on one computer: nobody else is called, nothing is left beside the files."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from amparo.store import Identity

_TELLING = Path(__file__).parent / "telling"
_CLI = (sys.executable, "-c", "from amparo.cli import main; main()")
_CONNECT = re.compile(r'connect\(\d+, \{sa_family=AF_INET6?, .*?"([^"]+)"')
_SECRET = "lantern copper meadow violin harbor ticket"


@dataclass(frozen=True)
class Day:
    """What was left, and who was called."""

    home: Path
    made: tuple[Path, ...]
    said: str
    called: str
    watched: str
    statuses: tuple[int, ...]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory, served: Any) -> Iterator[Day]:
    """Make an example, open it as pages, look at a paper, print one, print many."""
    work, home = tmp_path_factory.mktemp("work"), Path(served.short_folder())
    called, watched = work / "called", work / "watched"
    (work / "secret").write_text(_SECRET, "utf-8")
    (home / "t").mkdir()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("AMPARO_")},
        "PYTHONPATH": ":".join([str(_TELLING), *filter(None, sys.path)]),
        "TELL_CONNECTS": str(called),
        "HOME": str(home),
        "TMPDIR": str(home / "t"),
        "XDG_RUNTIME_DIR": str(home / "t"),
    }
    strace = shutil.which("strace")
    # Programs in another language than Python are seen by the system's own watcher, where it is.
    watch = [strace, "-f", "-qq", "--seccomp-bpf", "-A", "-e", "trace=connect", "-o", str(watched)]

    def run(*words: object) -> str:
        command = [*(watch if strace else ()), *_CLI, *map(str, words)]
        done = subprocess.run(
            command, env=environment, cwd=home, capture_output=True, text=True, timeout=280,
            check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        return f"{done.returncode} {done.stdout}{done.stderr}"

    place = work / "w.amparo"
    said = [run("example", "-o", place, "--lang", "en", "--passphrase-file", work / "secret")]
    identity = Identity.generate()
    (work / "identity").write_text(identity.text, "utf-8")
    said.append(
        run("slot", "add", place, "--recipient", identity.recipient, "--passphrase-file",
            work / "secret")
    )  # fmt: skip
    command = [*(watch if strace else ()), *_CLI, "open", place, "--identity-file",
               work / "identity", "--json", "--no-browser"]  # fmt: skip
    process = psutil.Popen(
        list(map(str, command)), env=environment, cwd=home, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    address = json.loads(process.stdout.readline())["address"]
    server = served.Server(process, address, home, work / "log")
    statuses = tuple(server.look(path).status for path in ("/", "/now", "/am/preview/plan"))
    (process.children()[0] if strace else process).terminate()
    process.wait(60)
    said.append(
        run("report", "plan", place, "--lang", "en", "--audience", "group", "-o", work / "p.pdf",
            "--identity-file", work / "identity")
    )  # fmt: skip
    (work / "jobs.csv").write_text(
        f"workspace,identity_file,report,lang,audience,format,recipient\n"
        f"{place},{work / 'identity'},sheet,en,group,pdf,\n",
        "utf-8",
    )
    said.append(run("batch", work / "jobs.csv", "-o", work / "out", "--workers", "1"))
    yield Day(
        home,
        (work / "p.pdf", *(work / "out").glob("*.pdf")),
        "\n".join(said),
        called.read_text() if called.exists() else "",
        watched.read_text() if watched.exists() else "",
        statuses,
    )
    shutil.rmtree(home)


def test_r43_nobody_else_is_called(day: Day) -> None:
    """One look-up of a name tells who watches the line that this program is here."""
    foreign = [one for one in _CONNECT.findall(day.watched) if not one.startswith(("127.", "::1"))]

    assert day.statuses == (200, 200, 200), day.said
    assert len(day.made) == 2, day.said
    assert day.called == ""
    assert foreign == []


def test_r17_nothing_is_left_beside_what_was_made(day: Day) -> None:
    """History, signatures and temporary files would outlive the workspace that was deleted."""
    left = {str(path.relative_to(day.home)) for path in day.home.rglob("*") if path.is_file()}

    # An empty file that keepers lock while they begin.
    assert {name for name in left if not re.fullmatch(r"t/amparo-\d+/lock", name)} == set()
