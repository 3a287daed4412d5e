"""Delete everything from a page or a command that holds the right to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from amparo.errors import ForbiddenError, LockedError, WorkspaceMissingError
from amparo.keeper.client import Handle, start
from amparo.messages import messages
from amparo.model.threats import Threat
from amparo.session import Session
from amparo.store import Identity


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


def test_a_page_without_the_right_wipes_nothing_and_goes_on(
    keep: Callable[..., Handle],
    connect: Callable[[Handle], Session],
    threat: Callable[..., Threat],
    tmp_path: Path,
    identity: Identity,
) -> None:
    """A hidden button that somebody presses must not cost the plan."""
    keepers = connect(keep(tmp_path / "w", identity, create=True))
    with Session.connect(keepers.grant(("read", "write"), role="B", identity="page")) as page:
        with pytest.raises(ForbiddenError):
            page.wipe()

        page.save(threat(), expected_version=None)

    assert keepers.workspace().get(threat().id) == threat()
