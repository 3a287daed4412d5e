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
from datetime import date
from pathlib import Path
from typing import Any

import psutil
import pytest

from amparo.content.examples import example
from amparo.keeper import client
from amparo.session import Session
from amparo.store import Identity

pytestmark = pytest.mark.long

_TELLING = Path(__file__).parent / "telling"
_CLI = (sys.executable, "-c", "from amparo.cli import main; main()")
_CONNECT = re.compile(r'connect\(\d+, \{sa_family=AF_INET6?, .*?"([^"]+)"')


@dataclass(frozen=True)
class Day:
    """What was left, and who was called."""

    home: Path
    made: tuple[Path, ...]
    said: str
    called: str
    watched: str
    statuses: tuple[int, ...]


@dataclass(frozen=True)
class _Watched:
    """Runs commands in a home of their own; who is called is written down."""

    work: Path
    home: Path

    def start(self, *words: object) -> psutil.Popen:
        # What is written in another language than Python is seen by the system's own watcher.
        watch = ("strace", "-f", "-qq", "--seccomp-bpf", "-A", "-e", "trace=connect",
                 "-o", str(self.work / "watched")) if shutil.which("strace") else ()  # fmt: skip
        kept = {name: value for name, value in os.environ.items() if name[:7] != "AMPARO_"}
        places = dict.fromkeys(("TMPDIR", "XDG_RUNTIME_DIR"), str(self.home / "t"))
        path = ":".join([str(_TELLING), *filter(None, sys.path)])
        more = {"PYTHONPATH": path, "TELL_CONNECTS": str(self.work / "called")}
        return psutil.Popen(
            [*watch, *_CLI, *map(str, words)],
            env={**kept, **places, **more, "HOME": str(self.home)}, cwd=self.home,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def run(self, *words: object) -> str:
        process = self.start(*words)
        said = process.communicate(timeout=280)[0].decode("utf-8")
        return f"{process.returncode} {said}"

    def written(self, name: str) -> str:
        place = self.work / name
        return place.read_text("utf-8") if place.exists() else ""


def _kept(work: Path) -> tuple[Path, Path]:
    """Make the example, opened by an identity in a file."""
    identity = Identity.generate()
    (work / "identity").write_text(identity.text, "utf-8")
    handle = client.start(work / "w.amparo", identity, create=True)
    with Session.connect(handle.environment()) as session:
        session.save_many([(one, None) for one in example("small", "en", date(2026, 11, 24))])
        session.lock()
    handle.wait(20)
    return work / "w.amparo", work / "identity"


def _looked_at(watched: _Watched, served: Any) -> tuple[int, ...]:
    """Open the example as pages, look at a few, stop."""
    process = watched.start("example", "--lang", "en", "--json", "--no-browser")
    assert process.stdout is not None
    with process.stdout:
        line = process.stdout.readline()
    server = served.Server(process, json.loads(line)["address"], watched.home, watched.work)
    statuses = tuple(server.look(path).status for path in ("/", "/now", "/am/preview/sheet"))
    own = process.children() if shutil.which("strace") else [process]
    own[0].terminate()
    process.wait(60)
    return statuses


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory, served: Any) -> Iterator[Day]:
    """Open an example as pages, look at a paper, print one, print many."""
    work, home = tmp_path_factory.mktemp("work"), Path(served.short_folder())
    (home / "t").mkdir()
    watched = _Watched(work, home)
    place, identity = _kept(work)
    statuses = _looked_at(watched, served)
    said = watched.run("report", "sheet", place, "--lang", "en", "--audience", "group",
                       "-o", work / "p.pdf", "--identity-file", identity)  # fmt: skip
    head = "workspace,identity_file,report,lang,audience,format,recipient"
    (work / "jobs.csv").write_text(f"{head}\n{place},{identity},sheet,en,group,pdf,\n", "utf-8")
    said += watched.run("batch", work / "jobs.csv", "-o", work / "out", "--workers", "1")
    made = tuple(path for path in (work / "p.pdf", *(work / "out").rglob("*.pdf")) if path.exists())
    yield Day(home, made, said, watched.written("called"), watched.written("watched"), statuses)
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
