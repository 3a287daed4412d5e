"""Delete everything from a page or a command that holds the right to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from amparo.errors import ForbiddenError
from amparo.keeper.client import Handle
from amparo.model.threats import Threat
from amparo.session import Session
from amparo.store import Identity


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
