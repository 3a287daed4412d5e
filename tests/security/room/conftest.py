"""A real room: one server, the laptop's door and the phones' door, people with sessions."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest

# Another address of this computer than the laptop's own; every machine has it.
PHONES_AT = "127.0.0.2" if sys.platform == "linux" else "127.0.0.1"
START = Path(__file__).parent / "start_room.py"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str

    @property
    def said(self) -> Any:
        return json.loads(self.text)


@dataclass(frozen=True)
class Door:
    """One of the two addresses on which the server listens."""

    origin: str
    trusted: Path | None = None
    # Where the browser is; another address of this computer stands for another phone.
    source: str = "127.0.0.1"

    def ask(
        self,
        path: str,
        method: str = "GET",
        *,
        cookie: str = "",
        body: object = None,
        **headers: str,
    ) -> Answer:
        """Send one request; a post says that it comes from the page's own origin."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if cookie:
            named["Cookie"] = cookie
        if method not in {"GET", "HEAD"}:
            named.setdefault("Origin", self.origin)
        given = json.dumps(body).encode() if body is not None else None
        connection = self._connection()
        connection.request(method, path, given, named)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, text)

    def _connection(self) -> http.client.HTTPConnection:
        where = urlsplit(self.origin).netloc
        if self.trusted is None:
            return http.client.HTTPConnection(where, timeout=60, source_address=(self.source, 0))
        context = ssl.create_default_context(cafile=self.trusted)
        return http.client.HTTPSConnection(where, timeout=60, context=context)


@dataclass(frozen=True)
class Room:
    """One running server with both its doors."""

    process: psutil.Popen
    laptop: Door
    phones: Door
    host: str
    address: str
    log: Path

    def act(self, path: str, **values: Any) -> Answer:
        """Post as the facilitator's page does."""
        return self.laptop.ask(path, "POST", cookie=self.host, body=values)

    def state(self) -> Any:
        return self.laptop.ask("/am/room", cookie=self.host).said

    def screen_code(self) -> str:
        """Return the code on the screen, a new one if there is none."""
        if self.state()["code"] is None:
            self.act("/am/room/door", open=True)
        return self.state()["code"]["said"]

    def enter(self, code: str) -> Answer:
        return self.phones.ask("/am/join", "POST", body={"code": code})

    def guest(self, role: str) -> tuple[int, str]:
        """Let one person of a role come in; return number and cookie."""
        made = self.act("/am/room/invite", role=role).said
        entered = self.enter(made["code"])
        assert entered.status == 200, entered.text
        return int(made["label"][1:]), entered.headers["set-cookie"].split(";")[0]

    def kernel_of(self, cookie: str) -> str:
        """Open the workbook as somebody with the group's rights; return the id of the kernel."""
        text = self.phones.ask("/", cookie=cookie).text
        found = re.search(r'"kernelId": "([^"]+)"', text)
        assert found, text[-400:]
        return found[1]

    def stop(self) -> None:
        if self.process.is_running():
            self.process.terminate()
            self.process.wait(60)


@pytest.fixture(scope="session")
def phones_at() -> str:
    """Return the address on which phones come in."""
    return PHONES_AT


@pytest.fixture(scope="module")
def open_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Room]]:
    """Start servers; all are stopped at the end of the file."""
    rooms: list[Room] = []
    folders: list[str] = []

    def _open(certificate: Path | None = None, trusted: Path | None = None, **more: Any) -> Room:
        folders.append(tempfile.mkdtemp())  # pytest's own are too long for a socket
        names = {"XDG_RUNTIME_DIR": folders[-1], "TMPDIR": folders[-1], "HOME": folders[-1]}
        kept = {name: text for name, text in os.environ.items() if not name.startswith("AMPARO_")}
        log = tmp_path_factory.mktemp("log") / "stderr"
        given = {"address": PHONES_AT, "certificate": str(certificate or ""), **more}
        with log.open("wb") as stderr:
            process = psutil.Popen(
                [sys.executable, str(START), json.dumps(given)],
                stdout=subprocess.PIPE, stderr=stderr, env={**kept, **names}, cwd=folders[-1],
            )  # fmt: skip
        assert process.stdout is not None
        address = json.loads(process.stdout.readline())["address"]
        process.stdout.close()
        laptop = Door(re.sub(r"/\?.*", "", address))
        welcome = laptop.ask(address.removeprefix(laptop.origin))
        host = welcome.headers["set-cookie"].split(";")[0]
        joins = laptop.ask("/am/room", cookie=host).said["address"]
        phones = Door(joins.removesuffix("/join"), trusted)
        rooms.append(Room(process, laptop, phones, host, address, log))
        return rooms[-1]

    yield _open
    for room in rooms:
        room.stop()
    for folder in folders:
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def room(open_room: Callable[..., Room]) -> Room:
    """One room for all tests of a file."""
    return open_room()
