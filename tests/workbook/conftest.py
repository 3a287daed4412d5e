"""A workbook opened as a person opens it: server, keeper and browser for real."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psutil
import pyrage as _pyrage
import pytest

from amparo.content.examples import example
from amparo.keeper import client
from amparo.model.base import Record
from amparo.session import Session
from amparo.store import Identity

pyrage: Any = _pyrage  # a compiled module, without types
TODAY = date(2026, 11, 24)
_AT_ONCE = 50
_CLI = (sys.executable, "-c", "from amparo.cli import main; main()")


@dataclass(frozen=True)
class Home:
    """One person's computer: a home, a place for temporary files, a workspace and its key."""

    root: Path
    workspace: Path
    identity: Path
    key: str

    def environment(self) -> dict[str, str]:
        """What a command finds around it here."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AMPARO")}
        folders = {"HOME": str(self.root / "home"), "TMPDIR": str(self.root / "tmp")}
        kept.pop("XDG_RUNTIME_DIR", None)
        return {**kept, **folders, "AMPARO_LANG": "es"}

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Run one command here."""
        return subprocess.run(
            [*_CLI, *map(str, arguments)],
            env=self.environment(), capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip


@dataclass(frozen=True)
class Running:
    """A workbook that is being served."""

    process: subprocess.Popen[str]
    address: str

    def tree(self) -> list[psutil.Process]:
        """Return the server, its keeper and its kernels."""
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def kill(self) -> None:
        """End everything at once, as a power cut does."""
        for one in self.tree():
            one.kill()
        self.process.wait(20)

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.process.wait(30)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A computer with the small example in Spanish, opened by an identity in a millisecond."""
    return _furnished(tmp_path)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One served example for all tests that only look."""
    running = _started(_furnished(tmp_path_factory.mktemp("shown")))
    yield running
    _ended(running)


@pytest.fixture(scope="module")
def serve_records(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[Iterable[Record]], Running]]:
    """Return a function that serves a workspace with these records to all tests of a file."""
    served: list[Running] = []

    def serve_them(records: Iterable[Record]) -> Running:
        served.append(_started(_furnished(tmp_path_factory.mktemp("records"), records)))
        return served[-1]

    yield serve_them
    for running in served:
        _ended(running)


@pytest.fixture(scope="module")
def example_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Serve the small example for this session only; it is forgotten at the end."""
    running = _served(_computer(tmp_path_factory.mktemp("example")), "example", "--open")
    yield running
    _ended(running)


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Return what serves an empty workspace, for this session only unless a place is named."""
    here, started = _computer(tmp_path), list[Running]()

    def start(*arguments: object) -> Running:
        started.append(_served(here, "open", *arguments))
        return started[-1]

    yield start
    for running in started:
        _ended(running)


def _computer(root: Path) -> Home:
    for name in ("home", "tmp", "work"):
        (root / name).mkdir(mode=0o700)
    identity = pyrage.x25519.Identity.generate()
    path = root / "identity"
    path.write_text(f"{identity}\n", "utf-8")
    return Home(root, root / "work" / "w.amparo", path, str(identity))


def _furnished(tmp_path: Path, records: Iterable[Record] | None = None) -> Home:
    made = _computer(tmp_path)
    handle = client.start(made.workspace, Identity(made.key), create=True)
    with Session.connect(handle.environment()) as session:
        kept = example("small", "es", TODAY) if records is None else records
        whole = list(kept)
        for at in range(0, len(whole), _AT_ONCE):
            session.save_many([(record, None) for record in whole[at : at + _AT_ONCE]])
        session.lock()
    handle.wait(20)
    return made


def _started(home: Home) -> Running:
    opener = ("--identity-file", home.identity)
    return _served(home, "open", home.workspace, *opener, "--lang", "es")


def _served(home: Home, *arguments: object) -> Running:
    process = subprocess.Popen(
        [*_CLI, *map(str, arguments), "--no-browser", "--port", "0", "--json"],
        env=home.environment(), stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    return Running(process, json.loads(process.stdout.readline())["address"])


def _ended(running: Running) -> None:
    if running.process.poll() is None:
        running.stop()
    if running.process.stdout:
        running.process.stdout.close()


@pytest.fixture
def serve(home: Home) -> Iterator[Callable[[], Running]]:
    """Return a function that serves the workspace; what still runs at the end is stopped."""
    started: list[Running] = []

    def start() -> Running:
        started.append(_started(home))
        return started[-1]

    yield start
    for running in started:
        _ended(running)
