"""A real server in a process of its own, and plain ways to knock at it."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psutil
import pytest

from amparo.content.examples import example
from amparo.keeper import client
from amparo.session import Session
from amparo.store import Passphrase

_CLI = (sys.executable, "-c", "from amparo.cli import main; main()")
FIXTURES = Path(__file__).parent / "fixtures"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass(frozen=True)
class Server:
    """One running server and the folder in which it may leave things."""

    process: psutil.Popen
    address: str
    parent: Path
    log: Path

    @property
    def origin(self) -> str:
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def token(self) -> str:
        return parse_qs(urlsplit(self.address).query)["token"][0]

    @property
    def run_folders(self) -> list[Path]:
        return list(self.parent.glob("am-*"))

    def kernels(self) -> list[psutil.Process]:
        forked = [one for template in self.templates() for one in _living(template)]
        return [*self._children("ipykernel"), *forked]

    def templates(self) -> list[psutil.Process]:
        """Return the process that kernels are forked from, where there is one."""
        return self._children("amparo.kernels")

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Send one request exactly as written."""
        connection = http.client.HTTPConnection(urlsplit(self.origin).netloc, timeout=60)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=named)
        answer = connection.getresponse()
        body = answer.read().decode("utf-8", "replace")
        connection.close()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, body)

    def post(self, path: str, values: object = None, *, raw: bytes | None = None) -> Answer:
        """Post JSON as the page does: with the cookie, from the page's own origin."""
        connection = http.client.HTTPConnection(urlsplit(self.origin).netloc, timeout=60)
        body = json.dumps(values or {}).encode() if raw is None else raw
        headers = {"Cookie": self.cookie(), "Origin": self.origin}
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, text)

    def look(self, path: str) -> Answer:
        """Ask for a page with the cookie."""
        return self.ask(path, Cookie=self.cookie())

    def fetch(self, path: str) -> tuple[dict[str, str], bytes]:
        """Ask for a file with the cookie; return its headers and bytes."""
        connection = http.client.HTTPConnection(urlsplit(self.origin).netloc, timeout=120)
        connection.request("GET", path, headers={"Cookie": self.cookie()})
        answer = connection.getresponse()
        found = ({k.lower(): v for k, v in answer.getheaders()}, answer.read())
        connection.close()
        return found

    def keepers(self) -> list[psutil.Process]:
        return self._children("amparo.keeper")

    def _children(self, word: str) -> list[psutil.Process]:
        # A zombie has no command line: it has ended and only waits to be counted.
        return [one for one in _living(self.process) if word in " ".join(one.cmdline())]

    def cookie(self) -> str:
        """Exchange the token for a cookie."""
        answer = self.ask(f"/?token={self.token}")
        return answer.headers["set-cookie"].split(";")[0]

    def new_kernel(self, cookie: str) -> str:
        """Open a page without a browser and return the id of its kernel."""
        found = re.search(r'"kernelId": "([^"]+)"', self.ask("/", Cookie=cookie).text)
        assert found
        return found[1]

    def until(self, kernels: Callable[[list[psutil.Process]], bool]) -> list[psutil.Process]:
        """Look at the kernels until they are as asked, and return them; a minute at most."""
        last, heard = time.monotonic() + 60, threading.Event()
        while not kernels(found := self.kernels()):
            assert time.monotonic() < last, f"{len(found)} kernels"
            heard.wait(0.1)
        return found

    def stop(self) -> None:
        if self.process.is_running():
            self.process.terminate()
            self.process.wait(30)


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Start servers; all are stopped at the end of the file."""
    servers: list[Server] = []
    folders: list[Path] = []

    def _start(
        notebook: str = "small_page.ipynb",
        lang: str = "en",
        parent: Path | None = None,
        *,
        ready: bool = False,
        hasty: bool = False,
        plain: bool = False,
        crowded: bool = False,
        full: bool = False,
    ) -> Server:
        parent = parent or _short_folder(folders)
        log = tmp_path_factory.mktemp("log") / "stderr"
        with log.open("wb") as stderr:
            process = psutil.Popen(
                [
                    sys.executable,
                    str(FIXTURES / "start.py"),
                    str(FIXTURES / notebook),
                    lang,
                    *(["ready"] if ready else []),
                    *(["hasty"] if hasty else []),
                    *(["plain"] if plain else []),
                    *(["crowded"] if crowded else []),
                    *(["full"] if full else []),
                ],
                stdout=subprocess.PIPE,
                stderr=stderr,
                env={**_environment(), "XDG_RUNTIME_DIR": str(parent), "TMPDIR": str(parent)},
                cwd=parent,
            )
        assert process.stdout is not None
        address = json.loads(process.stdout.readline())["address"]
        process.stdout.close()
        servers.append(Server(process, address, parent, log))
        return servers[-1]

    yield _start
    for server in servers:
        server.stop()
    for folder in folders:
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def server(start: Callable[..., Server]) -> Server:
    """One server for all tests of a file."""
    return start()


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Start the command line itself, with a keeper behind it; all ends with the file."""
    servers: list[Server] = []
    folders: list[Path] = []

    def _opened(*arguments: object, runtime: Path | None = None, **more: str) -> Server:
        parent = runtime or _short_folder(folders)
        log = tmp_path_factory.mktemp("log") / "stderr"
        names = {"XDG_RUNTIME_DIR": str(parent), "TMPDIR": str(parent), "HOME": str(parent)}
        with log.open("wb") as stderr:
            process = psutil.Popen(
                [*_CLI, *map(str, arguments), "--json", "--no-browser"],
                stdout=subprocess.PIPE,
                stderr=stderr,
                env={**_environment(), **names, **more},
                cwd=parent,
            )
        assert process.stdout is not None
        address = json.loads(process.stdout.readline())["address"]
        process.stdout.close()
        servers.append(Server(process, address, parent, log))
        return servers[-1]

    yield _opened
    for server in servers:
        server.stop()
    for folder in folders:
        shutil.rmtree(folder)


@dataclass(frozen=True)
class Kept:
    """The small example in Spanish as one encrypted workspace."""

    place: Path
    secret: Path
    passphrase: str = "lantern copper meadow violin harbor ticket"


@pytest.fixture
def kept_example(tmp_path: Path) -> Kept:
    """Make the example, opened by a passphrase that also stands in a file."""
    kept = Kept(tmp_path / "w.amparo", tmp_path / "passphrase")
    kept.secret.write_text(kept.passphrase, "utf-8")
    handle = client.start(kept.place, Passphrase(kept.passphrase), create=True)
    with Session.connect(handle.environment()) as session:
        session.save_many([(one, None) for one in example("small", "es", date(2026, 11, 24))])
        session.lock()
    handle.wait(20)
    return kept


def _living(process: psutil.Process) -> list[psutil.Process]:
    try:
        return [one for one in process.children() if one.status() != psutil.STATUS_ZOMBIE]
    except psutil.NoSuchProcess:
        return []


def _short_folder(folders: list[Path]) -> Path:
    # pytest's own folders have names too long for a socket.
    folders.append(Path(tempfile.mkdtemp()))
    return folders[-1]


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("AMPARO_")}
