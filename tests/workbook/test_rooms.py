"""A page that goes into a room of its own and out again, without a browser."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from amparo.content.examples import example
from amparo.keeper import client
from amparo.session import Session
from amparo_widgets import Workbook

TODAY = date(2026, 11, 25)
SECRET = "lantern copper meadow violin harbor thistle"


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The small example, reached with the rights of a page."""
    handle = client.start(tmp_path_factory.mktemp("w") / "w.amparo", session_only=True)
    with Session.connect(handle.environment()) as whole:
        whole.save_many([(record, None) for record in example("small", "en", TODAY)])
        rights = whole.grant(("read", "write"), role="K", identity="page")
        with Session.connect(rights) as page:
            yield page
        whole.lock()


def _send(page: Workbook, **message: Any) -> dict[str, Any]:
    return page.answer({"part": page.parts[0], "message": {"rev": secrets.token_hex(8), **message}})


def _titles(page: Workbook) -> set[str]:
    _send(page, type="go", where="s10")
    board = page.parts[2].view
    return {str(one) for one in _texts(board)}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def test_a_room_is_empty_and_what_is_written_there_stays_there(session: Session) -> None:
    """What is said in the women's room must not stand in the village's plan."""
    page = Workbook("en", session, "own_room")
    common = session.digest()
    made = _send(page, type="room", do="make", passphrase=SECRET)
    saved = _send(
        page, type="save", kind="measure", id=secrets.token_hex(16), version=None,
        fields={"title": "only for us"},
    )  # fmt: skip
    inside = _titles(page)
    left = _send(page, type="room", do="leave")
    outside = _titles(page)

    assert made["type"] == "look", made
    assert saved["type"] == "ack", saved
    assert "only for us" in inside
    assert left["type"] == "look"
    assert "only for us" not in outside
    assert session.digest() == common


def test_a_wrong_passphrase_and_no_room_say_the_same(session: Session) -> None:
    """Nobody must learn here whether there is a room."""
    page = Workbook("en", session, "own_room")

    wrong = _send(page, type="room", do="enter", passphrase="not the words of any room at all")

    assert wrong["type"] == "refused"
    assert not page.parts[1].view["inside"]
    assert "⟦" not in wrong["text"]


def test_one_thing_is_copied_out_by_an_act_of_the_room(session: Session) -> None:
    """A room decides itself what the common plan may have of it."""
    page = Workbook("en", session, "own_room")
    _send(page, type="room", do="enter", passphrase=SECRET)
    measure = secrets.token_hex(16)
    _send(page, type="save", kind="measure", id=measure, version=None, fields={"title": "for all"})

    shared = _send(page, type="room", do="share", id=measure)
    _send(page, type="room", do="leave")

    assert shared["type"] == "look"
    assert "for all" in _titles(page)


@pytest.mark.parametrize("message", [
    {"do": "leave"}, {"do": "share", "id": "0" * 32}, {"do": "enter"}, {"do": "make", "passphrase": 7},
    {"do": "make", "passphrase": "x" * 5000}, {"do": "wipe"}, {}, {"do": None, "passphrase": None},
])  # fmt: skip
def test_nonsense_at_the_door_is_refused_and_says_so(
    session: Session, message: dict[str, Any]
) -> None:
    """Any message can be sent by hand."""
    page = Workbook("en", session, "own_room")

    answer = _send(page, type="room", **message)

    assert answer["type"] == "refused"
    assert "xxxx" not in answer["text"]
