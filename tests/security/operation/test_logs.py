"""What is written while everything speaks: places, never what was in them."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from amparo.errors import AmparoError
from amparo.keeper import client
from amparo.model.threats import Threat
from amparo.session import Session
from amparo.store import Identity

from ..counts import tell  # noqa: TID252 - one table of counts

MARKS = tuple(f"ZQ{number:02d}marker" for number in range(20))
_V1 = "v1.kernel.websocket.jupyter.org"
_CLI = (sys.executable, "-c", "from amparo.cli import main; main()")


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Path, Path]:
    """A workspace with marks in its records, and the file of the identity that opens it."""
    identity = Identity.generate()
    secret = tmp_path / "identity"
    secret.write_text(identity.text, "utf-8")
    place = tmp_path / f"{MARKS[0]}.amparo"
    handle = client.start(place, identity, create=True)
    with Session.connect(handle.environment()) as session:
        for number, mark in enumerate(MARKS[1:8], 1):
            threat = Threat(
                id=f"{number:032x}",
                created_on=date(2026, 3, 1),
                sentence=f"Somebody says {mark}",
                threat_type="physical_surveillance",
            )
            session.save(threat, expected_version=None)
        session.lock()
    handle.wait(20)
    return place, secret


async def _typed(server: Any, cookie: str, kernel: str) -> None:
    """Send what a page sends, with marks as values and names, and things that are no messages."""
    url = (
        f"{server.origin.replace('http', 'ws')}/api/kernels/{kernel}/channels?session_id={MARKS[8]}"
    )
    request = HTTPRequest(url, headers={"Cookie": cookie, "Origin": server.origin})
    socket = await websocket_connect(request, subprotocols=[_V1])
    for kind in ("comm_msg", "execute_request", MARKS[9]):
        header = {"msg_id": MARKS[10], "msg_type": kind, "session": MARKS[8], "username": MARKS[11]}
        content = {"comm_id": MARKS[12], "data": {"method": "custom", "content": MARKS[13]}}
        parts = [json.dumps(one).encode() for one in (header, {}, {}, content)]
        await socket.write_message(serialize_msg_to_ws_v1(parts, "shell"), binary=True)
    await socket.write_message(MARKS[14])
    socket.close()
    while await socket.read_message() is not None:
        pass


def _written(folder: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            found[str(path.relative_to(folder))] = path.read_bytes()
    return found


def test_r40_at_debug_nothing_of_what_people_wrote_is_written_down(
    opened: Any,
    kept: tuple[Path, Path],
    telling: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A log is copied, sent and forgotten; the day somebody needs one, every level is on."""
    monkeypatch.setenv("TELL_ALL", "1")
    place, secret = kept
    server = opened("open", place, "--identity-file", secret, "--lang", "en")
    cookie = server.cookie()
    kernel = server.new_kernel(cookie)
    with ThreadPoolExecutor(1) as pool:  # the browser of other tests keeps a loop in this one
        pool.submit(asyncio.run, _typed(server, cookie, kernel)).result()
    frame = server.look("/am/preview/plan?lang=en")
    server.ask(f"/{MARKS[15]}?{MARKS[16]}", Cookie=cookie, User_Agent=MARKS[17])
    server.ask(f"/?token={MARKS[18]}")
    server.post("/am/unlock", {"passphrase": MARKS[19]})
    server.post("/am/keep", {"passphrase": MARKS[19], "again": MARKS[19]})
    made = subprocess.run(
        [*_CLI, "report", "plan", place, "--lang", "en", "--audience", "group",
         "-o", tmp_path / "out.pdf", "--identity-file", secret],
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    server.stop()

    log = server.log.read_bytes()
    written = {"log": log, "report": made.stdout + made.stderr, **_written(server.parent)}
    secrets = (*MARKS, server.token, kernel, cookie.split("=")[1], str(place), secret.read_text())
    hits = {
        (name, mark)
        for name, data in written.items()
        for mark in secrets
        if mark.encode() in data or mark.encode("utf-16-le") in data or mark in name
    }
    assert frame.status == 200, frame.text
    assert log.count(b"DEBUG") > 20, log
    assert hits == set()
    scanned = sum(map(len, written.values()))
    tell(capsys, "R40", "bytes of logs and files searched for marks", scanned)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, telling: Path) -> str:
    """Let a page, a preview and a cell fail with a text that nobody may see."""
    mark = "what a defender typed"
    places = (
        "amparo.serve.still:now_values",
        "amparo.serve.still:terms",
        "amparo.report.run:shown_report",
        "amparo.board.parts.start:draw",
    )
    monkeypatch.setenv("FAIL_IN", " ".join(places))
    monkeypatch.setenv("FAIL_WITH", mark)
    return mark


def test_r41_no_failure_of_ours_reaches_a_page(opened: Any, broken: str) -> None:
    """A traceback shows values, names and where the program lies on the disk."""
    server = opened("open", "--lang", "en")

    pages = {
        name: server.look(name)
        for name in (
            "/now",
            "/words",
            "/am/preview/sheet?lang=en",
            "/",
            "/am/nothing",
            "/api/kernels",
        )
    }
    server.stop()

    for name, page in pages.items():
        for word in (broken, "Traceback", "ValueError", "site-packages", ".py", "amparo."):
            assert word not in page.text, (name, word)
    assert pages["/now"].status == 500
    assert pages["/words"].status == 500
    assert pages["/am/preview/sheet?lang=en"].status == 409
    assert pages["/"].status == 200
    assert broken not in server.log.read_text()


def test_r41_a_command_of_the_keeper_that_fails_says_only_that(
    keep: Any, connect: Any, monkeypatch: pytest.MonkeyPatch, telling: Path, tmp_path: Path
) -> None:
    """What a command held when it fell over is what somebody was writing."""
    monkeypatch.setenv("FAIL_IN", "amparo.keeper.record_commands:digest")
    monkeypatch.setenv("FAIL_WITH", MARKS[0])
    session = connect(keep(tmp_path / "once", session_only=True))

    with pytest.raises(AmparoError) as raised:
        session.digest()

    assert MARKS[0] not in f"{raised.value!s} {raised.value.values}"
    assert raised.value.__cause__ is None
    assert session.workspace().records == ()
