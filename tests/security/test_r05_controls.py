"""Every control of every screen, pressed while it is off: by somebody who may only read, and by
somebody who may do all where there is nothing to do.

Whether a control is hidden or disabled, pressing it is one message; a program in the page needs
no button to send it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from amparo.content.examples import example
from amparo.keeper import client
from amparo.messages import messages
from amparo.model.base import Record
from amparo.model.fields import form_of
from amparo.session import Session
from amparo_widgets.screens import SCREENS
from amparo_widgets.workbook import Workbook

from .counts import tell

_NOBODY = "0" * 32
Message = dict[str, Any]


@dataclass(frozen=True)
class Kept:
    """A workspace with the fictional example, and two ways to reach it."""

    keepers: Session
    reader: Session
    records: tuple[Record, ...]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """The fictional example, for this session only."""
    handle = client.start(tmp_path_factory.mktemp("off") / "w.amparo", session_only=True)
    with Session.connect(handle.environment()) as keepers:
        records = example("small", "en", datetime.now(UTC).date())
        keepers.save_many([(record, None) for record in records])
        may_read = keepers.grant({"read"}, role="B", identity="reader")
        with Session.connect(may_read) as reader:
            yield Kept(keepers, reader, records)
        keepers.lock()


def _press(book: Workbook, message: Message) -> Message:
    return book.answer({"part": book.parts[0], "message": {**message, "rev": secrets.token_hex(8)}})


def _saves(record: Record) -> Iterator[Message]:
    values = record.model_dump(mode="json")
    for spec in form_of(record.kind):
        yield {
            "type": "save", "kind": record.kind, "id": record.id, "version": 1,
            "fields": {spec.name: values[spec.name]},
        }  # fmt: skip


def _of_one(record: Record) -> Iterator[Message]:
    saves = list(_saves(record))
    yield from saves
    yield {"type": "save_many", "items": saves[:60]}
    yield {"type": "save", "kind": record.kind, "id": secrets.token_hex(16), "version": None,
           "fields": {one: value for save in saves for one, value in save["fields"].items()}}  # fmt: skip
    yield {"type": "delete", "id": record.id, "version": 1}


_OF_THE_BAR: tuple[Message, ...] = (
    {"type": "undo"}, {"type": "redo"}, {"type": "confirm_expired"},
    *({"type": "settle", "conflict": number} for number in (1, 2, 99)),
    {"type": "room", "do": "make", "passphrase": "six words that nobody has ever used"},
)  # fmt: skip
# Whoever may read may look for a space; there is none to leave, to share or to delete.
_OF_A_SPACE: tuple[Message, ...] = tuple(
    {"type": "room", "do": do, "passphrase": "six words that nobody has ever used"}
    for do in ("enter", "leave", "share", "change", "delete")
)


def test_r05_whoever_may_only_read_moves_nothing_with_any_control(kept: Kept, capsys) -> None:
    """Every field of every record, each of them deleted, and all that the bar can do."""
    book = Workbook("en", kept.reader, "s6")
    before = kept.keepers.digest()
    pressed = [one for record in kept.records for one in _of_one(record)]
    refusal = messages("en").text("error.forbidden")

    answers = [_press(book, one) for one in (*pressed, *_OF_THE_BAR)]
    of_a_space = [_press(book, one)["type"] for one in _OF_A_SPACE]

    assert {(one["type"], one["text"]) for one in answers} == {("refused", refusal)}
    assert set(of_a_space) == {"refused"}
    assert kept.keepers.digest() == before
    tell(capsys, "R5", "controls pressed by somebody who may only read", len(answers + of_a_space))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A workspace in which nothing has been done."""
    handle = client.start(tmp_path_factory.mktemp("none") / "w.amparo", session_only=True)
    with Session.connect(handle.environment()) as session:
        yield session
        session.lock()


_OFF: tuple[Message, ...] = (
    {"type": "undo"}, {"type": "redo"},
    *({"type": "settle", "conflict": number} for number in (1, 2, 99)),
    *({"type": "delete", "id": _NOBODY, "version": version} for version in (1, None)),
    {"type": "save", "kind": "threat", "id": _NOBODY, "version": 1,
     "fields": {"sentence": "a", "threat_type": "intimidation"}},
    *({"type": "room", "do": do} for do in ("leave", "share", "delete")),
    {"type": "go", "where": "a screen that is not there"},
)  # fmt: skip


@pytest.mark.parametrize("screen", sorted(SCREENS))
def test_r05_a_control_that_is_off_does_nothing_for_anybody(empty: Session, screen: str) -> None:
    """Undo before anything was done, delete what is not there, leave a space from outside."""
    book = Workbook("en", empty, screen)
    before, here = empty.digest(), book.here

    said = [_press(book, one) for one in _OFF]

    assert [one for one in said if one["type"] == "ack" and one["version"]] == []
    assert all(one.get("text") for one in said if one["type"] == "refused")
    assert (empty.digest(), book.here) == (before, here)
