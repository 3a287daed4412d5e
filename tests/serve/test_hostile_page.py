"""A page under somebody else's control can move widgets and nothing more."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import psutil
import pytest
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

V1 = "v1.kernel.websocket.jupyter.org"
HOSTILE = [
    ("execute_request", {"code": "open({path!r}, 'w')", "silent": False}),
    ("inspect_request", {"code": "open", "cursor_pos": 2, "detail_level": 0}),
    ("complete_request", {"code": "op", "cursor_pos": 2}),
    ("history_request", {"hist_access_type": "tail", "n": 9, "output": True, "raw": True}),
    ("usage_request", {}),
    ("debug_request", {"type": "request", "command": "initialize", "seq": 1}),
    ("shutdown_request", {"restart": False}),
]


def _message(kind: str, content: dict[str, object]) -> dict[str, object]:
    header = {"msg_id": kind, "msg_type": kind, "session": "hostile", "username": "x"}
    return {
        "header": {**header, "version": "5.3", "date": "2026-01-01T00:00:00Z"},
        "parent_header": {},
        "metadata": {},
        "content": content,
    }


def _packed(kind: str, content: dict[str, object], channel: str) -> bytes:
    message = _message(kind, content)
    names = ("header", "parent_header", "metadata", "content")
    return serialize_msg_to_ws_v1([json.dumps(message[name]).encode() for name in names], channel)


def _attacks(marker: Path) -> list[tuple[str, dict[str, object], str]]:
    return [
        (kind, json.loads(json.dumps(content).replace("{path!r}", repr(str(marker)))), channel)
        for kind, content in HOSTILE
        for channel in ("shell", "control", "stdin", "iopub")
    ]


async def _talk(server, cookie: str, kernel: str, marker: Path) -> list[str]:
    """Send every attack, then one honest question; return the kinds of all answers to us."""
    url = f"{server.origin.replace('http', 'ws')}/api/kernels/{kernel}/channels"
    request = HTTPRequest(url, headers={"Cookie": cookie, "Origin": server.origin})
    socket = await websocket_connect(request, subprotocols=[V1])
    for kind, content, channel in _attacks(marker):
        await socket.write_message(_packed(kind, content, channel), binary=True)
        await socket.write_message(
            json.dumps({"channel": channel, **_message(kind, content)}), binary=False
        )
    await socket.write_message(_packed("kernel_info_request", {}, "shell"), binary=True)
    answers: list[str] = []
    while "kernel_info_reply" not in answers:
        frame = await asyncio.wait_for(socket.read_message(), 30)
        assert isinstance(frame, bytes), "the socket was closed"
        _, parts = deserialize_msg_from_ws_v1(frame)
        if json.loads(parts[1]).get("session") == "hostile":
            answers.append(json.loads(parts[0])["msg_type"])
    socket.close()
    while await socket.read_message() is not None:
        pass
    return answers


def test_r1_hostile_frames_run_nothing_and_get_no_answer(server, tmp_path: Path, in_a_loop) -> None:
    """Whoever steals the cookie still must not run a program on this computer."""
    cookie, marker = server.cookie(), tmp_path / "it ran"
    kernel = server.new_kernel(cookie)

    answers = in_a_loop(_talk(server, cookie, kernel, marker))

    assert set(answers) <= {"kernel_info_reply", "status"}
    assert not marker.exists()
    assert server.ask(f"/api/kernels/{kernel}", Cookie=cookie).status == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", None])
def test_r9_a_socket_from_another_page_is_refused(server, origin: str | None) -> None:
    """A page in another tab must not listen to the workbook."""
    cookie = server.cookie()
    kernel = "00000000-0000-0000-0000-000000000000"
    headers = {
        "Cookie": cookie,
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA==",
        **({"Origin": origin} if origin else {}),
    }

    assert server.ask(f"/api/kernels/{kernel}/channels", **headers).status == 403


def test_leaving_a_page_ends_its_kernel_and_only_its_own(server) -> None:
    """A forgotten kernel keeps a person's text in memory for hours."""
    cookie = server.cookie()
    stays, goes = server.new_kernel(cookie), server.new_kernel(cookie)
    before = server.kernels()

    answer = server.ask(f"/voila/api/shutdown/{goes}", "POST", Cookie=cookie, Origin=server.origin)

    gone, _ = psutil.wait_procs(before, timeout=1)
    assert answer.status == 204
    assert len(gone) == 1
    assert server.ask(f"/api/kernels/{stays}", Cookie=cookie).status == 200


def test_r41_a_cell_that_fails_shows_a_sentence_and_no_trace(start) -> None:
    """A traceback holds values, paths and names."""
    server = start("cell_that_fails.ipynb")

    text = server.ask("/", Cookie=server.cookie()).text

    assert "could not be shown" in text
    assert "defender" not in text
    assert "Traceback" not in text
    server.stop()
    assert "defender" not in server.log.read_text()


def test_only_kernels_know_the_capability_and_the_language(start) -> None:
    """The server process talks to the network; it must not hold what opens the keeper."""
    server = start("says_what_it_knows.ipynb")
    page = server.ask("/", Cookie=server.cookie()).text
    others = [server.process, *server.templates()]

    assert "en|nowhere|capability-of-the-test" in page
    assert len(others) == 1 + (sys.platform == "linux")
    for process in others:
        assert "AMPARO_CAPABILITY" not in process.environ()
    server.stop()


def test_kernels_run_in_the_empty_work_folder(server) -> None:
    """Running inside the installed package would let a cell change the product."""
    server.new_kernel(server.cookie())

    where = Path(server.kernels()[-1].cwd())

    assert where == server.run_folders[0] / "work"


def test_kernels_speak_through_files_and_not_through_ports(server) -> None:
    """A port on the loopback address can be reached by every account of the computer."""
    server.new_kernel(server.cookie())

    files = list((server.run_folders[0] / "c").glob("kernel-*.json"))
    assert files
    assert {json.loads(path.read_text())["transport"] for path in files} == {"ipc"}
