"""Lines that listen: told of what they may see, at once, and never a burden for the keeper."""

from __future__ import annotations

import os
import queue
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from amparo.errors import ForbiddenError, LockedError
from amparo.keeper.client import Handle
from amparo.keeper.frames import encode, receive
from amparo.keeper.line import greeted
from amparo.model.threats import Threat
from amparo.session import Session
from amparo.store import Identity

PASSPHRASE = "lantern copper meadow violin harbor ticket"
_SOON_S = 20.0  # how long a slow machine may take; what is asked for comes in milliseconds
MakeThreat = Callable[..., Threat]
Ear = Callable[[Session], "queue.Queue[int | None]"]


@pytest.fixture
def ear() -> Iterator[Ear]:
    """Listen with a session; what it hears lies in a queue."""
    closers: list[Callable[[], None]] = []

    def listen(session: Session) -> queue.Queue[int | None]:
        heard: queue.Queue[int | None] = queue.Queue()
        closers.append(session.listen(heard.put))
        return heard

    yield listen
    for close in closers:
        close()


@pytest.fixture
def sit(connect: Callable[[Handle], Session]) -> Iterator[Callable[..., Session]]:
    """Give somebody a place at the keeper of a session."""
    opened: list[Session] = []

    def one(keepers: Session, role: Any, identity: str) -> Session:
        opened.append(Session.connect(keepers.admit(role, identity=identity)))
        return opened[-1]

    yield one
    for session in opened:
        session.close()


def test_a_page_hears_of_every_change_and_of_the_end(
    kept: Handle, connect: Callable[[Handle], Session], ear: Ear, threat: MakeThreat
) -> None:
    """Thirty pages that ask every second would wear out a laptop, and would still be late."""
    session, other = connect(kept), connect(kept)
    heard = ear(other)

    for number in (1, 2):
        ack = session.save(threat(number), expected_version=None)
        assert heard.get(timeout=_SOON_S) == ack.seq
    session.lock()

    assert heard.get(timeout=_SOON_S) is None
    with pytest.raises(LockedError):
        other.listen(print)


def test_a_killed_keeper_is_heard_too(
    keep: Callable[..., Handle], connect: Callable[[Handle], Session], ear: Ear,
    tmp_path: Path, identity: Identity,
) -> None:  # fmt: skip
    """A page must not go on as if all were well."""
    handle = keep(tmp_path / "w", identity, create=True)
    heard = ear(connect(handle))

    os.kill(handle.pid, signal.SIGKILL)

    assert heard.get(timeout=_SOON_S) is None


def test_whoever_is_shut_out_hears_the_end_and_nothing_more(
    kept: Handle, connect: Callable[[Handle], Session], sit: Callable[..., Session], ear: Ear
) -> None:
    """A telephone that was taken must go dark at once, also in the middle of listening."""
    keepers = connect(kept)
    ana, bea = (sit(keepers, "participant", who) for who in ("1", "2"))
    heard, others = ear(ana), ear(bea)

    keepers.revoke("1")

    assert heard.get(timeout=_SOON_S) is None
    for ask in (ana.wall, ana.status, lambda: ana.listen(print)):
        with pytest.raises(ForbiddenError):
            ask()
    assert bea.wall().own == ()
    bea.contribute("b" * 32, prompt="care", text="x", expected_version=None)
    assert others.get(timeout=_SOON_S) == bea.wall().seq


def test_a_room_hears_of_the_wall_and_not_of_the_plan(
    kept: Handle, connect: Callable[[Handle], Session], sit: Callable[..., Session], ear: Ear,
    threat: MakeThreat,
) -> None:  # fmt: skip
    """Not even that the group is working goes to the telephones in the room."""
    keepers = connect(kept)
    group = sit(keepers, "group", "table")
    ana, watcher, trainer = (
        sit(keepers, role, role) for role in ("participant", "observer", "facilitator")
    )
    at_table = ear(group)
    in_room = [ear(one) for one in (ana, watcher, trainer)]

    group.save(threat(1), expected_version=None)
    at_table.get(timeout=_SOON_S)
    ana.contribute("a" * 32, prompt="sign", text="x", place="wall", expected_version=None)

    firsts = [heard.get(timeout=_SOON_S) for heard in in_room]
    assert firsts == [ana.wall().seq, watcher.wall().seq, 2]
    assert [one.text for one in watcher.wall().contributions] == ["x"]
    assert trainer.counts().contributions == 1
    assert all(heard.empty() for heard in in_room)


def test_a_change_in_a_room_apart_is_heard_inside_alone(
    kept: Handle, connect: Callable[[Handle], Session], ear: Ear, threat: MakeThreat
) -> None:
    """Outside nobody may learn that there is a room, not even from a number that moves."""
    keepers = connect(kept)
    inside = keepers.make_space(PASSPHRASE)
    with Session.connect(inside) as room, Session.connect(inside) as second:
        outside, within = ear(keepers), ear(second)

        for number in (1, 2, 3):
            room.save(threat(number), expected_version=None)
            assert within.get(timeout=_SOON_S) == number
        ack = keepers.save(threat(9), expected_version=None)

        assert outside.get(timeout=_SOON_S) == ack.seq == 1
        room.leave_space()
        assert within.get(timeout=_SOON_S) is None
        keepers.save(threat(8), expected_version=None)
        assert outside.get(timeout=_SOON_S) == 2


def test_who_does_not_read_is_hung_up_on_and_holds_nobody_up(
    kept: Handle, connect: Callable[[Handle], Session], ear: Ear, threat: MakeThreat
) -> None:
    """One telephone that fell asleep must not stop a room, nor fill the laptop's memory."""
    session = connect(kept)
    asleep = greeted(kept.address, kept.capability)
    asleep.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
    asleep.sendall(encode({"do": "listen", "with": {}}))
    heard = ear(session)

    for number in range(1, 30):
        session.save(threat(number), expected_version=None)

    last = 0
    while last != 29:
        told = heard.get(timeout=_SOON_S)
        assert told is not None
        assert told > last, "numbers never go back"
        last = told
    assert receive(asleep)["ok"]["seq"] == 0
    asleep.close()


def test_a_listener_that_speaks_is_hung_up_on(kept: Handle) -> None:
    """Its line is for hearing; an answer between two numbers would be taken for one."""
    with greeted(kept.address, kept.capability) as line:
        line.sendall(encode({"do": "listen", "with": {}}))
        receive(line)
        line.sendall(encode({"do": "stored", "with": {}}))

        with pytest.raises((EOFError, ConnectionError)):
            receive(line)
