"""A session-only workspace becomes one that stays, while its pages are open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from amparo.keeper.client import Handle, start
from amparo.session import Session
from amparo.store import Passphrase

PASSPHRASE = "lantern copper meadow violin harbor ticket"


def test_pages_go_on_while_the_session_becomes_a_file(
    keep: Callable[..., Handle], connect, threat, tmp_path: Path
) -> None:
    """Nobody loses a word because the group decided to keep it."""
    once, kept = tmp_path / "once", tmp_path / "kept"
    handle = keep(once, session_only=True)
    keepers: Session = connect(handle)
    page = Session.connect(keepers.grant(("read", "write"), role="K", identity="page"))
    page.save(threat(1), expected_version=None)
    digest = page.digest()

    keepers.keep(kept, PASSPHRASE)
    after = page.digest()
    page.save(threat(2), expected_version=None)
    page.close()
    keepers.lock()
    gone = handle.wait(20)
    again = start(kept, Passphrase(PASSPHRASE))
    with Session.connect(again.environment()) as session:
        found = session.stored()
        session.lock()
    again.wait(20)

    assert (after, gone, len(found)) == (digest, True, 2)
    assert not once.exists()
