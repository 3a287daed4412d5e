"""A keeper killed in the middle of saves loses nothing it acknowledged."""

from __future__ import annotations

import os
import random
import signal
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from amparo.errors import LockedError
from amparo.keeper.client import Handle
from amparo.model.threats import Threat
from amparo.session import Session
from amparo.store import Identity

ROUNDS = 20
PER_ROUND = 1_000_000


def save_without_end(
    session: Session, records: Iterable[Threat], acknowledged: dict[str, int]
) -> None:
    for record in records:
        session.save(record, expected_version=None)
        acknowledged[record.id] = 1
        session.save(record.with_changes(sentence="changed"), expected_version=1)
        acknowledged[record.id] = 2


@pytest.mark.slow
def test_r26_every_acknowledged_save_survives_twenty_kills(
    keep: Callable[..., Handle],
    connect: Callable[[Handle], Session],
    threat: Callable[..., Threat],
    tmp_path: Path,
    identity: Identity,
) -> None:
    """ "Saved 14:32" must be true whatever happens at 14:33."""
    chance = random.Random(7)  # noqa: S311 - the moment of a kill, not a secret
    acknowledged: dict[str, int] = {}
    handle = keep(tmp_path / "w", identity, create=True)

    for kill in range(ROUNDS):
        session = connect(handle)
        timer = threading.Timer(chance.uniform(0.01, 0.25), os.kill, (handle.pid, signal.SIGKILL))
        timer.start()
        records = (threat(number) for number in range(kill * PER_ROUND + 1, 10**9))
        with pytest.raises(LockedError):
            save_without_end(session, records, acknowledged)
        timer.join()
        assert handle.wait(20)
        handle = keep(tmp_path / "w", identity)

    kept = {found.record.id: found.version for found in connect(handle).stored()}
    assert len(acknowledged) > ROUNDS
    assert all(kept.get(record_id, 0) >= version for record_id, version in acknowledged.items())
    # At most the one save that was on its way may be there without having been acknowledged.
    assert len(kept) - len(acknowledged) <= ROUNDS
