"""A page that goes into a room of its own and out again, without a browser."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from amparo.content.examples import example
from amparo.keeper import client
from amparo.model.process import Process
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


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Session]:
    """A workspace of this test alone, with a process that says when all is deleted."""
    handle = client.start(tmp_path / "w.amparo", session_only=True)
    with Session.connect(handle.environment()) as whole:
        rule = {"delete_by": "2027-01-31"}
        process = Process.read(
            {"id": "a" * 32, "created_on": TODAY, "data_rule": rule, "labels_default": "red"}
        )
        whole.save(process, expected_version=None)
        with Session.connect(whole.grant(("read", "write"), role="K", identity="page")) as page:
            yield page
        whole.lock()


def _draft(page: Workbook, title: str) -> dict[str, Any]:
    return {
        "type": "save", "kind": "measure", "id": secrets.token_hex(16), "version": None,
        "fields": {"title": title}, "rev": secrets.token_hex(8), "side": page.parts[0].side,
    }  # fmt: skip


def test_what_was_written_on_one_side_of_the_door_is_never_saved_on_the_other(
    own: Session,
) -> None:
    """A slow page sends late and sends again; a sentence of the room must not end in the plan."""
    page = Workbook("en", own, "own_room")
    of_the_plan = _draft(page, "of the plan")
    _send(page, type="room", do="make", passphrase=SECRET)
    of_the_room = _draft(page, "of the room")
    stray = page.answer({"part": page.parts[0], "message": of_the_plan})
    undo = {"type": "undo", "rev": "u1", "side": page.parts[0].side}
    _send(page, type="room", do="leave")

    answers = [page.answer({"part": page.parts[0], "message": m}) for m in (of_the_room, undo)]

    assert stray["type"] == "refused"
    assert [answer["type"] for answer in answers] == ["refused", "refused"]
    assert [one.record.kind for one in own.stored()] == ["process"]


def test_a_screen_that_is_open_at_the_door_is_made_anew(own: Session) -> None:
    """The form on it may hold half a sentence that belongs to the other side."""
    page = Workbook("en", own, "s10")
    before = page.parts[1:]

    _send(page, type="room", do="make", passphrase=SECRET)

    assert not set(before) & set(page.parts)
    assert {part.side for part in page.parts} == {1}


def test_an_entry_of_a_room_has_a_day_and_a_label_like_those_of_the_plan(own: Session) -> None:
    """Else what is most private would be the only thing that is never deleted."""
    page = Workbook("en", own, "own_room")
    _send(page, type="room", do="make", passphrase=SECRET)
    _send(page, **_draft(page, "only for us"))
    _send(page, type="go", where="s10")

    drawn = page.parts[2].view["measures"][0]["fields"]

    assert (drawn["delete_by"], drawn["sensitivity"]) == ("2027-01-31", "red")


def test_the_frame_never_says_for_a_moment_that_one_is_outside(own: Session) -> None:
    """The address of a page inside must not name the step: a reload would end there, outside."""
    page = Workbook("en", own, "own_room")
    _send(page, type="room", do="make", passphrase=SECRET)
    views: list[dict[str, Any]] = []
    page.parts[0].observe(lambda change: views.append(change["new"]), "view")

    _send(page, type="go", where="s6")

    assert views
    assert all(view["inside"] for view in views)


def test_a_copy_that_is_asked_for_twice_comes_out_once_and_never_an_incident(own: Session) -> None:
    """A page that heard no answer asks again; a story has no way out of a room."""
    page = Workbook("en", own, "own_room")
    _send(page, type="room", do="make", passphrase=SECRET)
    rule, incident = (secrets.token_hex(16) for _ in range(2))
    _send(
        page, type="save", kind="rule", id=rule, version=None, fields={"topic": "care", "text": "r"}
    )
    told = _send(
        page, type="save", kind="incident", id=incident, version=None,
        fields={"on": "2026-11-01", "incident_kind": "i_digital", "severity": 1, "certainty": "seen"},
    )  # fmt: skip

    once = [_send(page, type="room", do="share", id=rule, rev="again") for _ in range(2)]
    story = _send(page, type="room", do="share", id=incident)

    assert told["type"] == "ack", told
    assert [answer["type"] for answer in once] == ["look", "look"]
    assert story["type"] == "refused"
    assert [one.record.kind for one in own.stored()] == ["process", "rule"]


def test_a_room_left_on_one_page_is_left_on_all(own: Session) -> None:
    """Words of a room must not stay on a second page whose key is gone."""
    first, second = Workbook("en", own, "own_room"), Workbook("en", own, "own_room")
    _send(first, type="room", do="make", passphrase=SECRET)
    _send(first, **_draft(first, "only for us"))
    _send(second, type="room", do="enter", passphrase=SECRET)
    _send(second, type="go", where="s10")
    seen = {str(one) for one in _texts(second.parts[2].view)}
    _send(first, type="room", do="leave")

    refused = _send(second, **_draft(second, "late"))
    _send(second, type="look")

    assert "only for us" in seen
    assert refused["type"] == "refused"
    assert not second.parts[0].view["inside"]
    assert "only for us" not in {str(one) for part in second.parts for one in _texts(part.view)}
    assert _send(second, type="room", do="leave")["type"] == "refused"
