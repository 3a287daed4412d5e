"""``amparo wipe`` as somebody types it on the worst day."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from amparo import store
from amparo.store import Identity

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A closed workspace."""
    store.create(tmp_path / "w.amparo", [Identity.generate()]).close()
    return tmp_path / "w.amparo"


def test_a_wipe_needs_a_typed_word_or_an_explicit_yes(amparo: Run, workspace: Path) -> None:
    """A command repeated from the history by mistake must not cost the plan."""
    refused = amparo("wipe", workspace, given="delete\n")  # no terminal: nobody was asked

    assert refused.returncode == 2
    assert "--yes" in refused.stderr
    assert (workspace / "workspace.db").exists()


@pytest.mark.parametrize("lang", ["ar", "en", "es", "fr"])
def test_a_wipe_says_that_it_is_gone_and_what_remains(
    amparo: Run, workspace: Path, lang: str
) -> None:
    """Backups, paper, worn cells and swap are for people to see to."""
    done = amparo("wipe", workspace, "--yes", lang=lang)

    assert done.returncode == 0, done.stderr
    assert "⟦" not in done.stdout
    assert len(done.stdout.splitlines()) == 5
    assert not workspace.exists()
    assert amparo("wipe", workspace, "--yes", lang=lang).returncode == 2
