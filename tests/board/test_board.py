"""What a page asks of the workspace, through a real keeper."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from amparo.board import Board, late
from amparo.board.parts import measure_board, shell, threats
from amparo.content.examples import example
from amparo.keeper import client
from amparo.messages import messages
from amparo.session import Session

TODAY = date(2026, 11, 24)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A workspace for this session only, with the small example."""
    handle = client.start(tmp_path / "w.amparo", session_only=True)
    with Session.connect(handle.environment()) as opened:
        opened.save_many([(record, None) for record in example("small", "es", TODAY)])
        yield opened
        opened.lock()


@pytest.fixture
def board(session: Session) -> Board:
    """The board of one Spanish page."""
    return Board(session, "es", today=TODAY)


def _drawn(board: Board) -> dict[str, Any]:
    """What the parts of a threat screen show, with where the store stands."""
    scene = board.scene({"here": "s6"})
    drawn = {**shell.draw(scene), **threats.draw(scene)}
    return {**drawn, "measures": measure_board.draw(scene)["measures"], **board.status()}


def _save(kind: str, record_id: str, version: int | None, **fields: object) -> dict[str, object]:
    return {"type": "save", "rev": secrets.token_hex(8), "kind": kind, "id": record_id,
            "version": version, "fields": fields}  # fmt: skip


def test_the_board_draws_what_is_stored(board: Board) -> None:
    """A page shows the store, never its own memory."""
    drawn = _drawn(board)

    assert [threat["letter"] for threat in drawn["threats"]] == ["A", "B", "C"]
    assert len(drawn["measures"]) == 9
    assert drawn["example"]
    assert drawn["session_only"]
    assert set(drawn["priority"]) == {threat["id"] for threat in drawn["threats"]}


def test_a_page_knows_whether_its_words_are_reviewed(board: Board) -> None:
    """The screen shows the sentence in its foot for as long as this is false."""
    assert board.status()["reviewed"] is False
    assert board.texts()["text"]["ui.not_reviewed"] == messages("es").text("ui.not_reviewed")


def test_a_new_threat_gets_a_whole_sentence_and_the_group_s_label(
    board: Board, session: Session
) -> None:
    """Half a sentence on a plan frightens and helps nobody."""
    made = secrets.token_hex(16)
    parts = {
        "actor": "",
        "act": "cerrar el camino",
        "target": "la asamblea",
        "situation": "",
        "aim": "",
    }

    answer = board.answer(_save("threat", made, None, parts=parts, threat_type="movement_blockade"))

    assert answer["type"] == "ack"
    stored = session.get(made).record
    assert stored.model_dump()["sentence"] == (
        "Alguien que no conocemos podría(n) cerrar el camino contra la asamblea"
    )


def test_half_a_sentence_is_kept_too(board: Board, session: Session) -> None:
    """Somebody who begins with the person hurt must not lose that word."""
    made = secrets.token_hex(16)

    answer = board.answer(
        _save("threat", made, None, threat_type="killing", parts={"target": "la radio"})
    )

    assert answer["type"] == "ack"
    assert session.get(made).record.model_dump()["sentence"] == (
        "Alguien que no conocemos podría(n) … contra la radio"
    )


def test_a_sentence_in_the_group_s_words_stays_when_another_field_changes(
    board: Board, session: Session
) -> None:
    """Choosing how soon must not rewrite what an assembly agreed on."""
    threat = _drawn(board)["threats"][0]

    board.answer(_save("threat", threat["id"], threat["version"], imminence="now"))

    assert session.get(threat["id"]).record.model_dump()["sentence"] == threat["sentence"]


def test_saved_is_said_only_with_the_time_of_the_commit(board: Board) -> None:
    """A page that says saved too early loses what a person trusted it with."""
    measure = _drawn(board)["measures"][0]

    answer = board.answer(_save("measure", measure["id"], measure["version"], title="Otra cosa"))

    assert answer["type"] == "ack"
    assert answer["version"] == measure["version"] + 1
    assert answer["text"].startswith("Guardado ")


def test_a_message_sent_twice_is_carried_out_once(board: Board, session: Session) -> None:
    """A page sends again what was not answered."""
    message = _save("measure", secrets.token_hex(16), None, title="Una sola vez")

    first, second = board.answer(message), board.answer(message)

    assert first == second
    titles = [one["fields"]["title"] for one in _drawn(board)["measures"]]
    assert titles.count("Una sola vez") == 1


def test_two_pages_on_one_record_see_both_versions(board: Board, session: Session) -> None:
    """The last one to press a key must not win silently."""
    other = Board(session, "es", today=TODAY)
    measure = _drawn(board)["measures"][0]
    board.answer(_save("measure", measure["id"], measure["version"], title="Primera"))

    answer = other.answer(_save("measure", measure["id"], measure["version"], title="Segunda"))

    assert answer["type"] == "conflict"
    assert answer["mine"] == {"title": "Segunda"}
    assert answer["theirs"] == {"title": "Primera"}


def test_a_text_that_came_too_late_waits_until_somebody_has_chosen(
    board: Board, session: Session
) -> None:
    """The page said that both versions are kept; a window closed too soon must not make it a lie."""
    other = Board(session, "es", today=TODAY)
    measure = _drawn(board)["measures"][0]
    seen = (measure["id"], measure["version"])
    board.answer(_save("measure", *seen, title="Primera"))
    answer = other.answer(_save("measure", *seen, title="Segunda"))

    (waiting,) = late.texts(Board(session, "es", today=TODAY).scene({}))
    assert waiting["conflict"] == answer["late"]
    assert (waiting["id"], waiting["version"]) == (measure["id"], measure["version"] + 1)
    assert waiting["fields"] == {"title": "Segunda"}
    assert [words for _, words in waiting["late"]] == ["Segunda"]
    assert [words for _, words in waiting["stored"]] == ["Primera"]

    chosen = {"type": "settle", "rev": "1", "conflict": waiting["conflict"]}
    assert board.answer(chosen)["type"] == "look"
    assert late.texts(board.scene({})) == []


def test_a_text_about_what_is_gone_can_still_be_read(board: Board, session: Session) -> None:
    """Somebody may delete the entry before anybody has chosen."""
    other = Board(session, "es", today=TODAY)
    measure = _drawn(board)["measures"][0]
    seen = (measure["id"], measure["version"])
    first = board.answer(_save("measure", *seen, title="Primera"))
    other.answer(_save("measure", *seen, title="Segunda"))
    board.answer({"type": "delete", "rev": "1", "id": seen[0], "version": first["version"]})

    (waiting,) = late.texts(board.scene({}))

    assert waiting["version"] is None
    assert "Segunda" in [words for _, words in waiting["late"]]
    assert waiting["stored"] == []


@pytest.mark.parametrize("number", [0, -1, True, "1", None, 2.0, 2**63, 10**30])
def test_a_number_that_names_no_text_is_refused_or_forgets_nothing(
    board: Board, session: Session, number: object
) -> None:
    """A page's message is never trusted."""
    other = Board(session, "es", today=TODAY)
    measure = _drawn(board)["measures"][0]
    seen = (measure["id"], measure["version"])
    board.answer(_save("measure", *seen, title="Primera"))
    other.answer(_save("measure", *seen, title="Segunda"))

    answer = board.answer({"type": "settle", "rev": "1", "conflict": number})

    assert answer["type"] == "refused"
    assert len(session.conflicts()) == 1


def test_two_parts_of_one_page_are_no_conflict(board: Board) -> None:
    """A word in a field and a choice in the frame, within one pause, are of one person."""
    measure = _drawn(board)["measures"][0]
    seen = (measure["id"], measure["version"])

    board.answer(_save("measure", *seen, title="Primera"))
    second = board.answer(_save("measure", *seen, status_reason="Segunda"))
    third = board.answer(_save("measure", *seen, title="Tercera"))

    assert (second["type"], third["type"]) == ("ack", "ack")
    stored = next(one for one in _drawn(board)["measures"] if one["id"] == measure["id"])
    assert stored["version"] == third["version"] == measure["version"] + 3
    assert (stored["fields"]["title"], stored["fields"]["status_reason"]) == ("Tercera", "Segunda")


def test_a_page_that_wrote_between_still_meets_the_other_page(
    board: Board, session: Session
) -> None:
    """One's own saves are followed up to where somebody else wrote, and no further."""
    other = Board(session, "es", today=TODAY)
    measure = _drawn(board)["measures"][0]
    seen = (measure["id"], measure["version"])
    first = board.answer(_save("measure", *seen, title="Primera"))
    other.answer(_save("measure", measure["id"], first["version"], title="De otra página"))

    answer = board.answer(_save("measure", *seen, status_reason="Segunda"))

    assert answer["type"] == "conflict"
    assert answer["theirs"] == {"status_reason": measure["fields"]["status_reason"]}


def test_the_day_all_goes_moved_by_a_page_is_no_conflict_with_its_open_forms(board: Board) -> None:
    """The day is written into every record; a form that was open knows an older version."""
    new = secrets.token_hex(16)
    measure = board.answer(_save("measure", new, None, title="Antes"))
    process = shell.draw(board.scene({"here": "s0"}))["process"]
    rule = board.scene({}).process
    assert rule is not None
    moved = {**rule.data_rule.model_dump(mode="json"), "delete_by": "2027-06-30"}
    board.answer(_save("process", process["id"], process["version"], data_rule=moved))

    answer = board.answer(_save("measure", new, measure["version"], title="Después"))

    assert answer["type"] == "ack"
    stored = next(one for one in _drawn(board)["measures"] if one["id"] == new)
    assert stored["fields"]["title"] == "Después"
    assert stored["fields"]["delete_by"] == "2027-06-30"


def test_two_parts_that_begin_the_one_record_together_begin_one(tmp_path: Path) -> None:
    """Before anything is written, every part has an id of its own for what it may begin."""
    handle = client.start(tmp_path / "empty.amparo", session_only=True)
    with Session.connect(handle.environment()) as session:
        board, other = (Board(session, "es", today=TODAY) for _ in range(2))
        first = board.answer(_save("process", secrets.token_hex(16), None, track="two_day"))

        second = board.answer(_save("process", secrets.token_hex(16), None, code_name="Loma"))
        theirs = other.answer(_save("process", secrets.token_hex(16), None, code_name="Otra"))

        assert (first["type"], second["type"]) == ("ack", "ack")
        assert first["id"] == second["id"] == theirs["id"]
        assert theirs["type"] == "conflict"
        process = board.scene({}).process
        assert process is not None
        assert (process.track, process.code_name) == ("two_day", "Loma")
        session.lock()


def test_undo_brings_back_what_was_there(board: Board) -> None:
    """A finger that slipped must cost nothing."""
    measure = _drawn(board)["measures"][0]
    board.answer({"type": "delete", "rev": "1", "id": measure["id"], "version": measure["version"]})
    assert len(_drawn(board)["measures"]) == 8

    board.answer({"type": "undo", "rev": "2"})

    assert measure["id"] in {one["id"] for one in _drawn(board)["measures"]}
    assert _drawn(board)["can_redo"]


def test_undo_of_what_somebody_else_built_on_is_refused_in_words(
    board: Board, session: Session
) -> None:
    """Undo is one's own: another table's work is not taken back with it."""
    threat = _drawn(board)["threats"][0]
    board.answer(_save("threat", threat["id"], threat["version"], imminence="now"))
    page = session.grant(("read", "write"), role="B", identity="page")
    with Session.connect(page) as other:
        theirs = other.get(threat["id"])
        other.save(theirs.record.with_changes(history="more"), expected_version=theirs.version)

        answer = board.answer({"type": "undo", "rev": "2"})

        assert answer["type"] == "refused"
        assert answer["text"] == messages("es").text("error.undo_conflict")
        assert other.get(threat["id"]).version == theirs.version + 1


@pytest.mark.parametrize("message", [
    None, 7, "save", {}, {"rev": "x"}, {"rev": "a", "type": "shell"},
    {"rev": "b", "type": "save", "kind": "person", "id": "0" * 32, "version": None, "fields": {"x": 1}},
    {"rev": "c", "type": "save", "kind": "measure", "id": "../x", "version": None, "fields": {}},
    {"rev": "d", "type": "save", "kind": "measure", "id": "0" * 32, "version": None, "fields": {"x": 1}},
    {"rev": "e", "type": "save", "kind": "measure", "id": "0" * 32, "version": None,
     "fields": {"title": "a\u202eb"}},
    {"rev": "f", "type": "save", "kind": "measure", "id": "0" * 32, "version": None,
     "fields": {"title": "x" * 1_000_000}},
    {"rev": "g", "type": "save", "kind": "measure", "id": "0" * 32, "version": True, "fields": {}},
    {"rev": "h", "type": "delete", "id": "0" * 32, "version": 1},
    {"rev": "i", "type": "save", "kind": "threat", "id": "1" * 32, "version": None,
     "fields": {"parts": {"act": 5}, "threat_type": "killing"}},
])  # fmt: skip
def test_a_message_that_makes_no_sense_is_refused_and_changes_nothing(
    board: Board, message: object
) -> None:
    """Any message can be sent by hand; none may break or bend the store."""
    before = _drawn(board)

    answer = board.answer(message)

    assert answer["type"] == "refused"
    assert "⟦" not in answer["text"]
    assert _drawn(board) == before
