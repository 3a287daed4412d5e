"""A wipe, while somebody is at the door: the keys first, then all files, and what remains is said."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from amparo import store
from amparo.errors import LockedError, WipeUnfinishedError, WorkspaceMissingError
from amparo.keeper.client import Handle, start
from amparo.messages import messages
from amparo.model.threats import Threat
from amparo.session import Session
from amparo.store import Identity
from amparo.store.wiping import destroy_keys

from .counts import tell


def test_r25_a_wiped_workspace_is_gone_and_cannot_be_opened(
    workspace, folder, identity, note
) -> None:
    """Somebody is at the door: afterwards nothing may open."""
    workspace.put(note(1, "x"), role="A")
    workspace.close()

    store.wipe(folder)

    assert list(folder.parent.iterdir()) == []
    with pytest.raises(WorkspaceMissingError):
        store.open_store(folder, identity)


def test_r25_all_keys_of_a_workspace_are_destroyed_in_less_than_a_second(
    workspace, folder, identity, capsys
) -> None:
    """The door holds for seconds, not for minutes."""
    for _ in range(30):
        workspace.add_slot(Identity.generate().recipient())
    sealed = {path: path.read_bytes() for path in (folder / "slots").iterdir()}
    kept = folder.parent / "kept"
    kept.mkdir()
    for path in sealed:  # a second name for the same bytes shows what was overwritten
        (kept / path.name).hardlink_to(path)
    workspace.close()

    began_s = time.monotonic()
    destroy_keys(folder)
    took_s = time.monotonic() - began_s

    assert took_s < 1
    assert list((folder / "slots").iterdir()) == []
    assert all((kept / path.name).read_bytes() != content for path, content in sealed.items())
    with pytest.raises(WipeUnfinishedError):
        store.open_store(folder, identity)
    tell(capsys, "R25", "keys destroyed in less than a second", len(sealed))


@pytest.mark.parametrize("session_only", [True, False])
def test_r25_a_wipe_ends_the_keeper_and_leaves_nothing(
    keep: Callable[..., Handle],
    connect: Callable[[Handle], Session],
    threat: Callable[..., Threat],
    tmp_path: Path,
    identity: Identity,
    *,
    session_only: bool,
) -> None:
    """One act, while strangers are at the door, and the page says what it cannot do."""
    how: dict[str, Any] = {"session_only": True} if session_only else {"create": True}
    handle = keep(tmp_path / "w", identity, **how)
    session, other = connect(handle), connect(handle)
    session.save(threat(), expected_version=None)

    remains = session.wipe()

    assert list(tmp_path.iterdir()) == []
    assert handle.wait(20)
    assert not psutil.pid_exists(handle.pid)
    assert len(remains) == 4
    assert all(messages(lang).has(key) for key in remains for lang in ("en", "es", "fr", "ar"))
    with pytest.raises(LockedError):
        other.stored()
    with pytest.raises(WorkspaceMissingError):
        start(tmp_path / "w", identity)
