"""The session: typed records in and out, errors as in the keeper, two clients at once."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

from amparo.errors import (
    ConflictError,
    ForbiddenError,
    LockedError,
    RecordError,
    RecordMissingError,
    SexualIncidentError,
    WrongKeyError,
)
from amparo.keeper.client import Handle
from amparo.model.incidents import Incident
from amparo.model.threats import Threat
from amparo.model.vocabularies import Certainty
from amparo.session import Session, Stored
from amparo.store import Identity, Passphrase

Connect = Callable[[Handle], Session]
MakeThreat = Callable[..., Threat]


def test_two_clients_see_each_others_saves(
    kept: Handle, connect: Connect, threat: MakeThreat
) -> None:
    """A second tab shows the stored state."""
    one, other = connect(kept), connect(kept)

    ack = one.save(threat(), expected_version=None)

    assert other.get(threat().id) == Stored(threat(), 1, ack.seq)
    assert other.workspace().all(Threat) == (threat(),)
    assert [change.after for change in other.changes_since(ack.seq - 1)] == [threat()]


def test_an_acknowledgement_says_when(kept: Handle, connect: Connect, threat: MakeThreat) -> None:
    """The page shows "Saved 14:32" from it."""
    ack = connect(kept).save(threat(), expected_version=None)

    assert ack.version == 1
    assert timedelta(0) <= datetime.now(UTC) - ack.at < timedelta(minutes=2)


def test_r30_a_conflict_keeps_both(kept: Handle, connect: Connect, threat: MakeThreat) -> None:
    """Nobody's words are lost because somebody else was quicker."""
    one, other = connect(kept), connect(kept)
    one.save(threat(), expected_version=None)
    one.save(threat(1, "theirs"), expected_version=1)

    with pytest.raises(ConflictError) as caught:
        other.save(threat(1, "mine"), expected_version=1)

    theirs = caught.value.theirs
    assert isinstance(theirs, Stored)
    assert (theirs.record, theirs.version) == (threat(1, "theirs"), 2)
    (mine,) = other.conflicts()
    assert mine.record == threat(1, "mine")
    other.settle(mine.id)
    assert other.conflicts() == ()


def test_a_batch_is_saved_whole_or_not_at_all(
    kept: Handle, connect: Connect, threat: MakeThreat
) -> None:
    """Half a plan is worse than the old one."""
    session = connect(kept)
    session.save(threat(1, "first"), expected_version=None)

    with pytest.raises(ConflictError):
        session.save_many([(threat(2), None), (threat(1, "late"), 7)])

    assert session.workspace().all(Threat) == (threat(1, "first"),)


def test_undo_redo_and_what_the_status_says(
    kept: Handle, connect: Connect, threat: MakeThreat
) -> None:
    """The two buttons are offered exactly when they do something."""
    session = connect(kept)
    empty = session.status()
    session.save(threat(), expected_version=None)
    saved = session.status()
    undone = session.undo()
    after_undo = session.status()
    redone = session.redo()
    after_redo = session.status()

    assert undone is not None
    assert redone is not None
    states = [(s.can_undo, s.can_redo) for s in (empty, saved, after_undo, after_redo)]
    assert states == [(False, False), (True, False), (False, True), (True, False)]
    assert session.workspace().all(Threat) == (threat(),)
    assert empty.last_saved_at is None
    assert saved.last_saved_at is not None
    assert saved.session_only


def test_nothing_to_undo_is_none(kept: Handle, connect: Connect) -> None:
    """Pressing the key once too often is no error."""
    session = connect(kept)

    assert session.undo() is None
    assert session.redo() is None


def test_after_erasing_there_is_nothing_to_undo(
    kept: Handle, connect: Connect, threat: MakeThreat
) -> None:
    """What was erased for good must not be offered back."""
    session = connect(kept)
    session.save(threat(), expected_version=None)
    session.status()

    session.erase(threat().id)

    assert not session.status().can_undo
    assert session.undo() is None


def test_a_deleted_record_is_gone_and_its_history_stays(
    kept: Handle, connect: Connect, threat: MakeThreat
) -> None:
    """Undo needs it until it is erased."""
    session = connect(kept)
    session.save(threat(), expected_version=None)

    with pytest.raises(ConflictError):
        session.delete(threat().id, expected_version=7)
    session.delete(threat().id, expected_version=1)

    with pytest.raises(RecordMissingError):
        session.get(threat().id)
    assert [change.action for change in session.history(threat().id)] == ["save", "delete"]


def test_a_refused_record_comes_back_as_the_error_it_is(
    kept: Handle, connect: Connect, threat: MakeThreat
) -> None:
    """The page marks the field that is wrong."""
    broken = threat().model_copy(update={"imminence": "yesterday"})

    with pytest.raises(RecordError) as caught:
        connect(kept).save(broken, expected_version=None)

    assert caught.value.fields == (("imminence", "literal_error"),)
    assert caught.value.values == {"record": "threat", "names": "imminence"}


def test_an_act_of_sexual_violence_is_refused_with_its_own_error(
    kept: Handle, connect: Connect, threat: MakeThreat
) -> None:
    """The page then offers a measure instead."""
    incident = Incident(
        id="1" * 32,
        created_on=threat().created_on,
        on=threat().created_on,
        incident_kind="i_sexual",
        severity=3,
        certainty=get_args(Certainty)[0],
    )

    with pytest.raises(SexualIncidentError):
        connect(kept).save(incident, expected_version=None)


def test_many_threads_share_one_session(kept: Handle, connect: Connect, threat: MakeThreat) -> None:
    """A page saves from several callbacks."""
    session = connect(kept)
    threads = [
        threading.Thread(target=session.save, args=(threat(n),), kwargs={"expected_version": None})
        for n in range(1, 21)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(session.workspace()) == 20


def test_a_broken_line_is_mended_once(kept: Handle, connect: Connect, threat: MakeThreat) -> None:
    """A hiccup of the system must not look like a lock."""
    session = connect(kept)
    line = session._line._socket
    assert line is not None
    line.shutdown(socket.SHUT_RDWR)

    session.save(threat(), expected_version=None)

    assert len(session.workspace()) == 1


def test_a_request_sent_twice_is_carried_out_once(
    kept: Handle, connect: Connect, threat: MakeThreat
) -> None:
    """A line that broke before the answer must not undo twice."""
    from amparo.keeper.frames import encode

    session = connect(kept)
    session.save(threat(1), expected_version=None)
    session.save(threat(2), expected_version=None)
    frame = encode({"do": "undo", "with": {}, "once": "a" * 32})

    answers = [session._line._exchange(frame) for _ in range(2)]

    assert answers[0] == answers[1]
    assert session.workspace().all(Threat) == (threat(1),)


@pytest.mark.parametrize("environment", [{}, {"AMPARO_KEEPER": "unix:/nowhere/s"}])
def test_without_a_keeper_the_workspace_is_locked(environment: dict[str, str]) -> None:
    """A notebook opened alone says what to do."""
    with pytest.raises(LockedError):
        Session.connect(environment)


def test_a_keeper_that_is_not_there_is_locked(kept: Handle) -> None:
    """The address of a keeper that ended leads nowhere."""
    with pytest.raises(LockedError):
        Session.connect({**kept.environment(), "AMPARO_KEEPER": "unix:/nowhere/s"})


def test_a_granted_capability_has_its_rights_and_its_role(
    kept: Handle, connect: Connect, threat: MakeThreat
) -> None:
    """Somebody who may only look cannot change, and what each role did stays apart."""
    keepers = connect(kept)
    with (
        Session.connect(keepers.grant(["read"], role="B", identity="b")) as reader,
        Session.connect(keepers.grant(["read", "write"], role="C", identity="c")) as writer,
    ):
        writer.save(threat(), expected_version=None)

        assert reader.workspace().all(Threat) == (threat(),)
        for forbidden in (reader.undo, reader.lock, writer.lock, writer.slots):
            with pytest.raises(ForbiddenError):
                forbidden()
        assert [change.role for change in keepers.history(threat().id)] == ["C"]
        assert not keepers.status().can_undo


@pytest.mark.slow
def test_slots_are_added_changed_and_removed(
    keep: Callable[..., Handle], connect: Connect, tmp_path: Path, identity: Identity
) -> None:
    """A removed way in no longer opens."""
    session = connect(keep(tmp_path / "w", identity, create=True))
    recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
    session.add_recipient(recipient)
    session.add_passphrase("copper lantern meadow forty")
    changed = session.change_passphrase("copper lantern meadow forty", "violet harbour stone nine")
    kinds = sorted(slot.kind for slot in session.slots())
    session.remove_slot(changed.id)
    session.lock()

    assert kinds == ["passphrase", "recipient", "recipient"]
    with pytest.raises(WrongKeyError):
        keep(tmp_path / "w", Passphrase("violet harbour stone nine"))


@pytest.mark.slow
def test_six_recovery_words_open(
    keep: Callable[..., Handle], connect: Connect, tmp_path: Path, identity: Identity
) -> None:
    """A forgotten passphrase must not be the end of a plan."""
    words = "river candle stone orange window table"
    session = connect(keep(tmp_path / "w", identity, create=True))
    session.add_recovery(words)
    session.lock()

    assert connect(keep(tmp_path / "w", Passphrase(words))).workspace().records == ()


def test_what_is_past_its_day_goes_at_the_next_opening(
    keep: Callable[..., Handle],
    connect: Connect,
    threat: MakeThreat,
    tmp_path: Path,
    identity: Identity,
) -> None:
    """A day to delete is a promise."""
    session = connect(keep(tmp_path / "w", identity, create=True))
    session.save(threat().with_changes(delete_by="2020-01-01"), expected_version=None)
    session.save_many([(threat(number), None) for number in (2, 3, 4)])
    session.lock()

    again = connect(keep(tmp_path / "w", identity))
    assert again.workspace().records == (threat(2), threat(3), threat(4))
    assert again.status().notices == ()


def test_values_do_not_show_the_capability(kept: Handle) -> None:
    """A handle printed in a notebook must not open the workspace."""
    assert kept.capability not in repr(kept)
