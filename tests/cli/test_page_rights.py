"""What a page may ask of the keeper."""

from __future__ import annotations

from pathlib import Path

import pytest

from amparo.errors import ForbiddenError
from amparo.keeper import client
from amparo.serve.keeper_house import page_environment
from amparo.session import Session


def test_a_page_reads_and_writes_and_no_more(tmp_path: Path) -> None:
    """A page that is taken over must not add a key, take a copy or lock people out."""
    handle = client.start(tmp_path / "w.amparo", session_only=True)
    with Session.connect(handle.environment()) as session:
        with Session.connect(page_environment(session)) as page:
            assert page.stored() == ()
            for forbidden in (page.slots, page.lock, lambda: page.backup(tmp_path / "b")):
                with pytest.raises(ForbiddenError):
                    forbidden()
        session.lock()
