"""The wall over an encrypted line, led by somebody who sees no contents."""

from __future__ import annotations

import asyncio
import itertools
import json
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from amparo.serve import certificate

NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def room(open_room, tmp_path_factory: pytest.TempPathFactory, phones_at: str) -> Any:
    """A room with a certificate, whose facilitator counts only."""
    path = tmp_path_factory.mktemp("certificate") / "room.pem"
    certificate.make((phones_at,), 1, path, "en")
    return open_room(path, certificate.for_phones(path), counts_only=True)


def _write(room, cookie: str, text: str, place: str = "wall", **more: Any) -> Any:
    card = {
        "once": f"{next(NUMBERS):032x}",
        "id": f"{next(NUMBERS):032x}",
        "version": None,
        "prompt": "care",
        "text": text,
        "place": place,
        **more,
    }
    answer = room.phones.ask("/am/card", "POST", cookie=cookie, body=card)
    return answer, card


def _wall(room, cookie: str) -> Any:
    return room.phones.ask("/am/wall", cookie=cookie).said


def _texts(cards: list[dict[str, Any]]) -> list[str]:
    return [card["text"] for card in cards]


def test_r11_without_encryption_the_phones_door_says_nothing(room) -> None:
    """A phone that forgot the s must not send a code in the clear and get an answer."""
    where = urlsplit(room.phones.origin)
    with socket.create_connection((where.hostname, where.port), timeout=10) as line:
        line.sendall(b"GET /join HTTP/1.1\r\nHost: x\r\n\r\n")
        heard = b""
        with suppress(ConnectionResetError):
            heard = line.recv(1024)

    assert b"HTTP" not in heard


def test_r15_over_tls_the_cookie_is_secure_and_sockets_are_too(room) -> None:
    """Else the browser would send it in the clear to the same address."""
    made = room.act("/am/room/invite", role="observer").said
    entered = room.enter(made["code"])

    assert "secure" in entered.headers["set-cookie"].lower()
    policy = room.phones.ask("/join").headers["content-security-policy"]
    assert f"wss://{urlsplit(room.phones.origin).netloc}" in policy
    assert "ws://" not in policy


def test_the_facilitator_counts_and_never_sees_a_content(room) -> None:
    """The trainer keeps no plan, and with this choice does not even see one."""
    number, cookie = room.guest("participant")
    assert _write(room, cookie, "zarigueya")[0].status == 200

    state = room.laptop.ask("/am/room", cookie=room.host)
    assert f"P{number}" in {one["label"] for one in state.said["people"]}
    assert "zarigueya" not in state.text + room.laptop.ask("/room", cookie=room.host).text
    assert room.laptop.ask("/", cookie=room.host).headers["location"] == "/room"
    for path in ("/wall", "/am/wall", "/now", "/am/readers", "/am/preview/sheet", "/am/kept"):
        assert room.laptop.ask(path, cookie=room.host).status == 404, path


def test_a_card_is_its_writers_alone_until_it_hangs_on_the_wall(room) -> None:
    """People write what they would not say, and decide then."""
    one, other = room.guest("participant")[1], room.guest("participant")[1]
    answer, card = _write(room, one, "we sleep in turns", "own")
    assert (answer.status, answer.said["ok"]) == (200, True)
    assert "we sleep in turns" in _texts(_wall(room, one)["own"])
    assert "we sleep in turns" not in json.dumps(_wall(room, other))

    version = _wall(room, one)["own"][0]["version"]
    moved, _ = _write(room, one, "we sleep in turns", "wall", id=card["id"], version=version)

    assert moved.status == 200
    assert "we sleep in turns" in _texts(_wall(room, other)["cards"])
    assert "we sleep in turns" not in _texts(_wall(room, other)["own"])


def test_r03_nobody_changes_the_card_of_somebody_else(room) -> None:
    """A word put into another mouth can hurt."""
    one, other = room.guest("participant")[1], room.guest("participant")[1]
    _, card = _write(room, one, "we want light at the gate")

    for version in (None, 1, 2):
        answer, _ = _write(room, other, "nothing", "wall", id=card["id"], version=version)
        assert answer.status == 409
    assert "we want light at the gate" in _texts(_wall(room, one)["cards"])
    assert "nothing" not in json.dumps(_wall(room, one))


def test_a_card_that_is_sent_again_is_carried_out_once(room) -> None:
    """The answer was lost in the air; the phone cannot know."""
    cookie = room.guest("participant")[1]
    _, card = _write(room, cookie, "once is enough")

    again = [room.phones.ask("/am/card", "POST", cookie=cookie, body=card) for _ in range(3)]

    assert {one.status for one in again} == {200}
    assert _texts(_wall(room, cookie)["own"]) == ["once is enough"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "../x"}, {"id": None}, {"once": ""}, {"once": 5}, {"version": "1"},
        {"version": True}, {"version": 1.5}, {"prompt": "suspect"}, {"prompt": None},
        {"place": "taken"}, {"place": "set_aside"}, {"place": []}, {"text": ""}, {"text": None},
        {"text": "x" * 301}, {"text": "two\nlines"}, {"text": "\ud800"}, {"text": "\0"},
    ],
)  # fmt: skip
def test_r06_a_card_that_no_page_of_ours_would_send_is_refused(room, wrong: dict[str, Any]) -> None:
    """Any message can be made by hand; the wall stays as it was."""
    cookie = room.guest("participant")[1]

    answer, _ = (
        _write(room, cookie, "fine", **wrong)
        if "text" not in wrong
        else _write(room, cookie, **wrong)
    )

    assert answer.status in {400, 409}
    assert answer.said["text"]
    assert "⟦" not in answer.said["text"]
    assert _wall(room, cookie)["own"] == []


def test_where_we_go_and_who_does_what_never_reaches_a_phone(room) -> None:
    """The plenary gets signals, care and demands; never a safe place."""
    for role in ("participant", "observer"):
        cookie = room.guest(role)[1]
        seen = "".join(
            room.phones.ask(path, cookie=cookie).text for path in ("/wall", "/am/wall", "/now")
        )
        assert "Bell three times" in seen
        assert "heron" not in seen


def _heard(room, cookie: str, act: Any, kinds: tuple[str, ...]) -> list[dict[str, Any]]:
    """Listen as a page does while *act* happens; return the messages with one of *kinds*."""

    async def listen() -> list[dict[str, Any]]:
        base = room.phones.origin.replace("http", "ws")
        headers = {"Cookie": cookie, "Origin": room.phones.origin}
        request = HTTPRequest(
            f"{base}/am/watch", headers=headers, ca_certs=str(room.phones.trusted)
        )
        line = await websocket_connect(request)
        assert json.loads(await line.read_message() or "") == {"mode": "open"}
        await asyncio.to_thread(act)
        found = []
        while not found:
            said = json.loads(await asyncio.wait_for(line.read_message(), 5) or "{}")
            found = [said] if set(said) & set(kinds) else []
        line.close()
        while await line.read_message() is not None:
            pass
        return found

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, listen()).result()


def test_a_page_hears_at_once_that_the_wall_changed_and_not_how_often(room) -> None:
    """Thirty pages stay in step without asking all the time."""
    one, other = room.guest("participant")[1], room.guest("observer")[1]

    heard = _heard(room, other, lambda: _write(room, one, "a new card"), ("wall",))

    assert heard == [{"wall": True}]


def test_visitors_blank_every_page_and_nothing_is_read_or_written_until_they_go(room) -> None:
    """One act, for everybody at once, by the one person at the laptop."""
    cookie = room.guest("participant")[1]

    heard = _heard(room, cookie, lambda: room.act("/am/visitors"), ("mode",))

    assert heard == [{"mode": "visitors"}]
    moved = room.phones.ask("/wall?lang=es", cookie=cookie)
    assert (moved.status, moved.headers["location"]) == (303, "/lesson?lang=es")
    assert room.phones.ask("/am/wall", cookie=cookie).status == 423
    assert _write(room, cookie, "x")[0].status == 423
    assert room.phones.ask("/am/show", "POST", cookie=cookie, body={}).status == 404
    lesson = room.phones.ask("/lesson?lang=es", cookie=cookie).text
    assert "Back" not in lesson
    assert "<form" not in lesson
    assert room.phones.ask("/join").status == 401
    assert room.act("/am/show").status == 200
    assert room.phones.ask("/wall", cookie=cookie).status == 200


def test_a_guests_own_quick_exit_hides_nobody_elses_page(room) -> None:
    """One frightened hand must not blank thirty screens."""
    cookie = room.guest("participant")[1]

    quiet = room.phones.ask("/quiet", cookie=cookie)

    assert 'data-am-mode="own"' in quiet.text
    assert room.phones.ask("/am/hide", "POST", cookie=cookie, body={}).status == 404
    assert room.phones.ask("/wall", cookie=cookie).status == 200


def test_r10_stopping_the_phones_ends_them_all_and_nobody_comes_in_again(room) -> None:
    """The last thing of the day, in one press; it stays the last test of this file."""
    writer, cookie = room.guest("participant")
    _write(room, cookie, "never shown", "own")
    code = room.act("/am/room/invite", role="group").said["code"]

    assert room.act("/am/room/stop").status == 200

    state = room.state()
    assert (state["is_open"], state["people"], state["code"]) == (False, [], None)
    with pytest.raises(OSError):  # noqa: PT011 - refused, whatever the system calls it
        room.enter(code)
    assert room.act("/am/room/invite", role="group").status == 400
    room.act("/am/room/door", open=True)
    assert room.state()["code"] is None
    assert writer not in {one["number"] for one in room.state()["people"]}
    assert room.log.read_text() == ""
