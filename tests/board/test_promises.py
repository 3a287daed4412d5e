"""Where entries are kept and until when: what a page says must be so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from amparo.board import Board
from amparo.board.parts import start
from amparo.keeper import client
from amparo.model.process import Process
from amparo.session import Session
from amparo.store import Passphrase

TODAY = date(2026, 11, 25)
SECRET = "lantern copper meadow violin harbor thistle"


def _session(folder: Path, **how: Any) -> Iterator[Session]:
    handle = client.start(folder / "w.amparo", **how)
    with Session.connect(handle.environment()) as whole:
        with Session.connect(whole.grant(("read", "write"), role="K", identity="page")) as page:
            yield page
        whole.lock()


@pytest.fixture
def passing(tmp_path: Path) -> Iterator[Session]:
    """A workspace that ends with its session, with the rights of a page."""
    yield from _session(tmp_path, session_only=True)


@pytest.fixture
def staying(tmp_path: Path) -> Iterator[Session]:
    """A workspace in a file, with the rights of a page."""
    yield from _session(tmp_path, opener=Passphrase(SECRET), create=True)


def _save(
    board: Board, kind: str, number: int, version: int | None, **fields: Any
) -> dict[str, Any]:
    return board.answer(
        {"type": "save", "kind": kind, "id": f"{number:032x}", "version": version,
         "fields": fields, "rev": f"{kind}-{number}-{version}"}
    )  # fmt: skip


def _days(session: Session) -> list[date | None]:
    return [one.record.delete_by for one in session.stored()]


def _process(session: Session) -> Process:
    found = session.workspace().one(Process)
    assert found is not None
    return found


def test_another_day_to_delete_holds_for_what_stands_already(passing: Session) -> None:
    """A group that needs two months more must not lose its plan on the first day it named."""
    board = Board(passing, "en", today=TODAY)
    _save(board, "process", 1, None, data_rule={"delete_by": "2026-12-25"})
    _save(board, "measure", 2, None, title="walk in pairs")
    _save(board, "measure", 3, None, title="ask for light", delete_by="2026-12-01")
    at_first = _days(passing)

    changed = _save(board, "process", 1, 1, data_rule={"delete_by": "2027-02-28"})
    again = _save(board, "process", 1, changed["version"], code_name="lamp")

    assert at_first == [date(2026, 12, 25), date(2026, 12, 25), date(2026, 12, 1)]
    assert _days(passing) == [date(2027, 2, 28), date(2027, 2, 28), date(2026, 12, 1)]
    assert again["type"] == "ack", again


def test_what_was_written_before_the_day_was_named_gets_it_too(passing: Session) -> None:
    """Quick can begin without the first screen."""
    board = Board(passing, "en", today=TODAY)
    _save(board, "measure", 2, None, title="walk in pairs")

    _save(board, "process", 1, None, data_rule={"delete_by": "2026-12-25"})

    assert _days(passing) == [date(2026, 12, 25)] * 2


def test_nobody_is_told_that_a_session_stays_in_a_file(passing: Session) -> None:
    """Who believes in a file that is not there closes the lid and loses the plan."""
    board = Board(passing, "en", today=TODAY)

    _save(board, "process", 1, None, data_rule={"storage": "one_encrypted_file"})

    assert _process(passing).data_rule.storage == "session_only"
    assert start.draw(board.scene({}))["kept"] is False


def test_nobody_is_told_that_a_file_ends_with_the_session(staying: Session) -> None:
    """Who believes that nothing stays leaves the laptop where it can be found."""
    board = Board(staying, "en", today=TODAY)

    _save(board, "process", 1, None, data_rule={"storage": "session_only"})

    assert _process(staying).data_rule.storage == "one_encrypted_file"
    assert start.draw(board.scene({}))["kept"] is True


def test_a_page_cannot_say_that_own_work_is_invented(passing: Session) -> None:
    """A plan with "fictional example" on it is thrown away by whoever finds it first."""
    board = Board(passing, "en", today=TODAY)

    answer = _save(board, "process", 1, None, example=True)

    assert answer["type"] == "refused"
    assert not passing.stored()


def test_what_is_past_its_day_is_said_on_the_page_and_goes_when_somebody_says_so(
    tmp_path: Path,
) -> None:
    """A day to delete is a promise; a clock that jumped ahead must not be enough to lose a plan."""
    how: dict[str, Any] = {"opener": Passphrase(SECRET)}
    for first in _session(tmp_path, create=True, **how):
        board = Board(first, "en", today=TODAY)
        _save(board, "process", 1, None, data_rule={"delete_by": "2026-11-01"})
        _save(board, "measure", 2, None, title="walk in pairs")
    for later in _session(tmp_path, **how):
        board = Board(later, "en", today=TODAY)
        before = board.status()
        answer = board.answer({"type": "confirm_expired", "rev": "yes"})
        after = board.status()

        assert before["expired"]
        assert "Nothing was deleted yet" in before["notices"][0]
        assert answer["type"] == "ack"
        assert not later.stored()
        assert not after["expired"]
        assert not after["notices"]
