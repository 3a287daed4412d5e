"""Delete everything: what opens it goes first, and nobody is told so before it is true."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from amparo import store
from amparo.errors import (
    DamagedError,
    StoreError,
    WipeBusyError,
    WipeLeftError,
    WipeUnfinishedError,
    WorkspaceMissingError,
)
from amparo.store import Identity
from amparo.store.wiping import destroy_keys


@pytest.mark.parametrize("way", ["closed", "open"])
def test_a_wipe_killed_at_any_step_never_opens_and_never_claims(
    workspace, folder, identity, note, tmp_path, way
) -> None:
    """A battery that falls out must not leave people with a false "it is gone"."""
    workspace.put(note(1, "MARKER"), role="A")
    workspace.add_slot(Identity.generate().recipient())
    workspace.close()
    script = Path(__file__).with_name("wiped.py")

    ran = subprocess.run(
        [sys.executable, str(script), str(folder), identity.text, way],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (ran.returncode, ran.stderr) == (0, "")
    said = [line.split() for line in ran.stdout.splitlines()]
    claims = [step for step, claim in said if claim == "wiped"]
    print(f"{way}: {len(said) - 1} kills")  # noqa: T201
    assert len(said) > 8
    assert claims == [said[-1][0]]
    assert not (tmp_path / f"{claims[0]}.amparo").exists()
    # The first kill comes when only the mark stands: from there on nothing opens any more.
    for step, _ in said:
        with pytest.raises((WorkspaceMissingError, WipeUnfinishedError, DamagedError)):
            store.open_store(tmp_path / f"{step}.amparo", identity)


def test_a_wipe_that_was_cut_short_is_ended_by_the_next(workspace, folder, identity) -> None:
    """Whoever comes back to it must not need to know what was left."""
    workspace.close()
    destroy_keys(folder)
    (folder / "workspace.db").unlink()

    store.wipe(folder)

    assert not folder.exists()


def test_a_draft_of_a_key_that_a_power_cut_left_is_destroyed_too(workspace, folder) -> None:
    """It opens the workspace as well as its final name would."""
    (slot,) = (folder / "slots").iterdir()
    draft = slot.with_name(f"{slot.name}.0badcafe.tmp")
    draft.write_bytes(slot.read_bytes())
    workspace.close()

    destroy_keys(folder)

    assert not draft.exists()


def test_a_workspace_that_is_open_loses_its_keys_and_people_hear_that_it_is_open(
    workspace, folder, identity
) -> None:
    """The keys must not wait for the window; but nobody may think that the window is shut."""
    with pytest.raises(WipeBusyError):
        store.wipe(folder)
    workspace.close()

    with pytest.raises(WipeUnfinishedError):
        store.open_store(folder, identity)
    store.wipe(folder)
    assert not folder.exists()


def test_a_folder_that_is_no_workspace_is_left_alone(tmp_path) -> None:
    """A slip of the finger must not cost somebody's photographs."""
    (tmp_path / "photos" / "slots").mkdir(parents=True)
    (tmp_path / "photos" / "format").write_text("A4")
    before = sorted(tmp_path.rglob("*"))

    for name in ("photos", "nothing", "photos/format"):
        with pytest.raises(WorkspaceMissingError):
            store.wipe(tmp_path / name)

    assert sorted(tmp_path.rglob("*")) == before


def test_a_link_is_never_followed_out_of_the_workspace(workspace, folder, tmp_path) -> None:
    """What somebody linked into the folder is not ours to destroy."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter").write_text("dear all")
    (folder / "link").symlink_to(tmp_path / "other")
    workspace.close()
    named = tmp_path / "short"
    named.symlink_to(folder)

    store.wipe(named)

    assert [path.name for path in tmp_path.iterdir()] == ["other"]
    assert (tmp_path / "other" / "letter").read_text() == "dear all"


def test_what_cannot_be_removed_is_said(workspace, folder, monkeypatch) -> None:
    """Half a wipe that looks like a whole one endangers."""
    from amparo.store import wiping

    workspace.close()

    def stuck(path: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(wiping, "_remove", stuck)
    with pytest.raises(WipeLeftError):
        store.wipe(folder)

    assert list((folder / "slots").iterdir()) == []


def test_a_key_that_cannot_be_destroyed_is_no_wipe(workspace, folder, monkeypatch) -> None:
    """Then the workspace still has its lock and its key, and people must know."""
    from amparo.store import wiping

    workspace.close()

    def refused(path: object) -> None:
        raise PermissionError(13, "read only")

    monkeypatch.setattr(wiping, "_overwrite", refused)
    with pytest.raises(StoreError):
        store.wipe(folder)

    assert (folder / "workspace.db").exists()


def test_a_session_only_workspace_is_wiped_with_the_key_in_memory(folder, note, tmp_path) -> None:
    """It has no slots; its folder goes all the same."""
    opened = store.create_session(folder)
    opened.put(note(1, "x"), role="A")

    store.wipe_open(opened)
    opened.destroy()

    assert list(tmp_path.iterdir()) == []
