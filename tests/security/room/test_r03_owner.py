"""A kernel answers its owner and, for all others in the room, is not there."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from ..counts import tell  # noqa: TID252 - one table of counts

V1 = "v1.kernel.websocket.jupyter.org"
UNKNOWN = "00000000-0000-4000-8000-000000000000"
METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH")
# All that stock servers of this kind offer for a kernel, and what ours does.
ROUTES = (
    "/api/kernels/{id}",
    "/api/kernels/{id}/",
    "/api/kernels/{id}/channels",
    "/api/kernels/{id}/channels?session_id=x",
    "/api/kernels/{id}/interrupt",
    "/api/kernels/{id}/restart",
    "/api/kernels/{id}/shutdown",
    "/voila/api/shutdown/{id}",
    "/voila/api/kernels/{id}",
    "/voila/execution/{id}",
    "/voila/render/{id}",
    "/voila/execute/{id}",
)
HOSTILE = (
    ("execute_request", {"code": "1/0"}),
    ("comm_msg", {"comm_id": "x", "data": {"method": "update", "state": {"value": "stolen"}}}),
    ("comm_open", {"comm_id": "y", "target_name": "jupyter.widget.control", "data": {}}),
    ("kernel_info_request", {}),
    ("shutdown_request", {"restart": True}),
)


def _in_a_loop(work: Any) -> Any:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def _frame(kind: str, content: dict[str, Any], channel: str = "shell") -> bytes:
    header = {"msg_id": kind, "msg_type": kind, "session": "s", "username": "", "version": "5.3"}
    parts = [header, {}, {}, content]
    return serialize_msg_to_ws_v1([json.dumps(part).encode() for part in parts], channel)


async def _knock(door: Any, kernel: str, cookie: str) -> str:
    """Try to open the socket of a kernel and say everything; return how it went."""
    address = door.origin.replace("http", "ws") + f"/api/kernels/{kernel}/channels"
    headers = {"Origin": door.origin, **({"Cookie": cookie} if cookie else {})}
    try:
        socket = await websocket_connect(HTTPRequest(address, headers=headers), subprotocols=[V1])
    except HTTPClientError as refused:
        return f"refused {refused.code}"
    for kind, content in HOSTILE:
        await socket.write_message(_frame(kind, content), binary=True)
    await _hang_up(socket)
    return "open"


async def _hang_up(socket: Any) -> None:
    socket.close()
    while await asyncio.wait_for(socket.read_message(), 20) is not None:
        pass


async def _is_answered(door: Any, kernel: str, cookie: str) -> bool:
    """Ask a kernel an honest question as its owner."""
    address = door.origin.replace("http", "ws") + f"/api/kernels/{kernel}/channels"
    request = HTTPRequest(address, headers={"Cookie": cookie, "Origin": door.origin})
    socket = await websocket_connect(request, subprotocols=[V1])
    await socket.write_message(_frame("kernel_info_request", {}), binary=True)
    kind = ""
    while kind != "kernel_info_reply":
        frame = await asyncio.wait_for(socket.read_message(), 30)
        assert isinstance(frame, bytes), "the socket was closed"
        kind = json.loads(deserialize_msg_from_ws_v1(frame)[1][0])["msg_type"]
    await _hang_up(socket)
    return True


@pytest.fixture(scope="module")
def room(open_room) -> Any:
    """A room in which nobody has more than two pages at once."""
    return open_room(most_each=2)


@pytest.fixture(scope="module")
def owner(room) -> tuple[int, str, str]:
    """Somebody with a kernel: number, cookie, kernel id."""
    number, cookie = room.guest("group")
    return number, cookie, room.kernel_of(cookie)


@pytest.fixture(scope="module")
def others(room) -> dict[str, tuple[Any, str]]:
    """Everybody else, with the door through which each of them comes."""
    roles = ("group", "participant", "observer")
    guests = {role: (room.phones, room.guest(role)[1]) for role in roles}
    return {
        **guests,
        "nobody": (room.phones, ""),
        "nobody at the laptop": (room.laptop, ""),
        "the laptop itself": (room.laptop, room.host),
        "the laptop's cookie on the network": (room.phones, room.host),
    }


def test_r03_nobody_else_reaches_a_kernel_by_any_route_or_method(
    room, owner, others, capsys
) -> None:
    """Whoever has seen an id over a shoulder must not read, drive, restart or end it.

    And a different answer for an id that is real would tell which ones are.
    """
    _, cookie, kernel = owner
    let_in, differs = [], []
    for name, (door, theirs) in others.items():
        for route in ROUTES:
            for method in METHODS:
                real = door.ask(route.format(id=kernel), method, cookie=theirs)
                unreal = door.ask(route.format(id=UNKNOWN), method, cookie=theirs)
                if real.status < 400:
                    let_in.append((name, method, route, real.status))
                if _shape(real) != _shape(unreal):
                    differs.append((name, method, route))

    assert (let_in, differs) == ([], [])
    asked = len(others) * len(ROUTES) * len(METHODS)
    tell(capsys, "R3", "requests to a kernel of somebody else", asked)
    assert room.phones.ask(f"/api/kernels/{kernel}", cookie=cookie).status == 200


def _shape(answer: Any) -> tuple[int, str, dict[str, str]]:
    return answer.status, answer.text, {k: v for k, v in answer.headers.items() if k != "date"}


def test_r03_nobody_else_opens_the_socket_of_a_kernel(room, owner, others) -> None:
    """Through it a stock server gives away every word on the page."""
    kernel = owner[2]
    for name, (door, cookie) in others.items():
        said = _in_a_loop(_knock(door, kernel, cookie))
        assert said == _in_a_loop(_knock(door, UNKNOWN, cookie)), name
        assert said in {"refused 401", "refused 404"}, name

    assert _in_a_loop(_is_answered(room.phones, kernel, owner[1]))


def test_r03_the_owner_alone_ends_a_kernel(room, others) -> None:
    """A page that is left must leave nothing behind, and only its own page may do that."""
    _, cookie = room.guest("group")
    kernel = room.kernel_of(cookie)
    leave = f"/voila/api/shutdown/{kernel}"

    assert room.phones.ask(leave, "POST", cookie=others["group"][1]).status == 404
    assert room.phones.ask(f"/api/kernels/{kernel}", cookie=cookie).status == 200
    assert room.phones.ask(leave, "POST", cookie=cookie).status == 204
    assert room.phones.ask(f"/api/kernels/{kernel}", cookie=cookie).status == 404


def test_r10_sending_somebody_away_ends_session_kernel_and_sockets_at_once(room) -> None:
    """An infiltrator is found out; one press, and nothing of theirs goes on."""
    number, cookie = room.guest("group")
    kernel = room.kernel_of(cookie)

    async def watch() -> list[object]:
        heard: list[object] = []
        headers = {"Cookie": cookie, "Origin": room.phones.origin}
        base = room.phones.origin.replace("http", "ws")
        line = await websocket_connect(HTTPRequest(f"{base}/am/watch", headers=headers))
        request = HTTPRequest(f"{base}/api/kernels/{kernel}/channels", headers=headers)
        socket = await websocket_connect(request, subprotocols=[V1])
        heard.append(await line.read_message())
        await asyncio.to_thread(room.act, "/am/room/dismiss", number=number)
        heard += [await asyncio.wait_for(line.read_message(), 5) for _ in range(2)]
        while (frame := await asyncio.wait_for(socket.read_message(), 5)) is not None:
            assert isinstance(frame, bytes)
        line.close()
        socket.close()
        return heard

    heard = _in_a_loop(watch())

    assert heard == ['{"mode": "open"}', '{"mode": "ended"}', None]
    assert room.phones.ask("/", cookie=cookie).status == 303  # to the page where one types a code
    for path in ("/wall", "/am/wall", f"/api/kernels/{kernel}", "/quiet"):
        assert room.phones.ask(path, cookie=cookie).status == 401
    assert number not in {one["number"] for one in room.state()["people"]}


def test_one_person_with_many_tabs_gets_a_clear_page_and_others_go_on(room) -> None:
    """All the memory of the laptop in one hand would be the end for everybody."""
    _, cookie = room.guest("group")
    for _ in range(2):
        room.kernel_of(cookie)

    full = room.phones.ask("/", cookie=cookie)

    assert (full.status, "Too many pages are open" in full.text) == (503, True)
    _, other = room.guest("group")
    kernel = room.kernel_of(other)
    assert room.phones.ask(f"/voila/api/shutdown/{kernel}", "POST", cookie=other).status == 204
