"""Pages on one workspace stay in step by themselves, without a browser."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from amparo.keeper import client
from amparo.session import Session
from amparo_widgets import Workbook

SECRET = "lantern copper meadow violin harbor thistle"
_PATIENCE_S = 20.0


@pytest.fixture(scope="module")
def handle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[client.Handle]:
    """One keeper for all tests of this file."""
    handle = client.start(tmp_path_factory.mktemp("w") / "w.amparo", session_only=True)
    yield handle
    with Session.connect(handle.environment()) as whole:
        whole.lock()


@pytest.fixture
def page(handle: client.Handle) -> Iterator[Callable[[str], Workbook]]:
    """Open a page at one screen, as another process would."""
    opened: list[Session] = []

    def one(screen: str) -> Workbook:
        opened.append(Session.connect(handle.environment()))
        return Workbook("en", opened[-1], screen)

    yield one
    for session in opened:
        session.close()


def _send(page: Workbook, **message: Any) -> dict[str, Any]:
    return page.answer({"part": page.parts[0], "message": {"rev": secrets.token_hex(8), **message}})


def _add(page: Workbook, name: str) -> str:
    record_id = secrets.token_hex(16)
    fields = {"label": name, "rating": "safe"}
    said = _send(page, type="save", kind="place", id=record_id, version=None, fields=fields)
    assert said["type"] == "ack", said
    return record_id


def _shows(page: Workbook, name: str) -> bool:
    return any(name in str(part.view) for part in page.parts)


async def _until(is_so: Callable[[], bool]) -> float:
    """Let the loop run until it is so; return how long that took."""
    began = time.monotonic()
    async with asyncio.timeout(_PATIENCE_S):
        while not is_so():  # noqa: ASYNC110 - what it waits for is no event of this loop
            await asyncio.sleep(0.01)
    return time.monotonic() - began


def test_a_page_shows_what_another_page_saved_without_being_asked(
    page: Callable[[str], Workbook], in_a_loop
) -> None:
    """Two at one table write at once, and neither decides on what was true a minute ago."""

    async def both() -> tuple[bool, str]:
        here, there = page("s4"), page("s4")
        name = f"mill {secrets.token_hex(4)}"
        before = _shows(there, name)
        _add(here, name)
        await _until(lambda: _shows(there, name))
        return before, there.here

    assert in_a_loop(both()) == (False, "s4")


def test_many_changes_are_drawn_in_a_few_goes(
    page: Callable[[str], Workbook], monkeypatch: pytest.MonkeyPatch, in_a_loop
) -> None:
    """Thirty pages that draw at every letter of everybody would stop the laptop."""
    drawn: list[Workbook] = []
    renew = Workbook._renew

    async def both() -> None:
        monkeypatch.setattr(Workbook, "_renew", lambda one: drawn.append(one) or renew(one))
        here, there = page("s4"), page("s4")
        for number in range(20):
            _add(here, f"place {number}")
        await _until(lambda: _shows(there, "place 19"))
        drawn[:] = [one for one in drawn if one is there]

    in_a_loop(both())

    assert 0 < len(drawn) < 10


def test_a_page_in_a_room_hears_of_the_room_alone(
    page: Callable[[str], Workbook], in_a_loop
) -> None:
    """What is saved in the common plan does not stir the page in the room, and the other way round."""

    async def both() -> tuple[bool, bool]:
        inside, second, outside = page("own_room"), page("own_room"), page("s4")
        assert _send(inside, type="room", do="make", passphrase=SECRET)["type"] == "look"
        assert _send(second, type="room", do="enter", passphrase=SECRET)["type"] == "look"
        _send(second, type="go", where="s4")
        _add(inside, "only for us")
        await _until(lambda: _shows(second, "only for us"))
        _add(outside, "for all")
        await _until(lambda: _shows(outside, "for all"))
        told = (_shows(outside, "only for us"), _shows(second, "for all"))
        _send(inside, type="room", do="leave")
        # Left by the other page: this one is outside by itself, and hears of the common plan.
        await _until(lambda: not second._rooms.is_inside)
        _add(outside, "for all of us")
        await _until(lambda: _shows(second, "for all of us"))
        assert not _shows(second, "only for us")
        return told

    assert in_a_loop(both()) == (False, False)


def test_a_page_whose_keeper_is_gone_stays_as_it_was(tmp_path: Path, in_a_loop) -> None:
    """The words on the screen are still right; the server says what happened."""

    async def alone() -> bool:
        handle = client.start(tmp_path / "w.amparo", session_only=True)
        session = Session.connect(handle.environment())
        here = Workbook("en", session, "s4")
        _add(here, "the mill")
        session.lock()
        assert await asyncio.to_thread(handle.wait, _PATIENCE_S)
        said = _send(here, type="look")
        return said["type"] == "look" and _shows(here, "the mill")

    assert in_a_loop(alone())
