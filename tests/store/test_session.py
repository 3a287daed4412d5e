"""A workspace for this session only."""

from __future__ import annotations

import pytest

from amparo import store
from amparo.errors import SlotError, StoreError, WeakPassphraseError, WorkspaceExistsError


def test_the_key_of_a_session_never_touches_the_disk(folder, note, tmp_path) -> None:
    """Whoever takes the laptop afterwards finds nothing that could open it."""
    with store.create_session(folder) as opened:
        opened.put(note(1, "for today"), role="A")
        key = opened.secret.key
        everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

    assert store.list_slots(folder) == ()
    assert key not in everything
    assert key.hex().encode() not in everything
    assert key.hex().upper().encode() not in everything


def test_the_folder_of_a_session_goes_at_the_end(folder, note, tmp_path) -> None:
    """Nothing typed, nothing left."""
    opened = store.create_session(folder)
    opened.put(note(1, "for today"), role="A")

    opened.destroy()

    assert list(tmp_path.iterdir()) == []


def test_a_session_can_not_be_given_slots_or_backed_up(folder, identity, tmp_path) -> None:
    """The promise of the first screen holds until the end."""
    opened = store.create_session(folder)

    with pytest.raises(SlotError):
        opened.add_slot(identity)
    with pytest.raises(SlotError):
        store.backup(opened, tmp_path / "b")

    opened.destroy()
    assert list(tmp_path.iterdir()) == []


def test_a_workspace_made_to_stay_is_not_destroyed_by_mistake(workspace, folder) -> None:
    """One wrong call must not cost a year of work."""
    with pytest.raises(StoreError):
        workspace.destroy()

    assert folder.is_dir()
    assert workspace.list() == ()


def test_a_kept_session_says_the_same_with_its_whole_history(folder, note, tmp_path) -> None:
    """Who decides late to keep the work must lose no word of it, nor what it said before."""
    opened = store.create_session(folder)
    opened.put(note(1, "first"), role="A")
    opened.put(note(1, "second"), role="A", expected_version=1)
    gone = opened.put(note(2, "deleted"), role="A")
    opened.delete(note(2, "deleted").id, role="A")

    key = store.Identity.generate()
    with store.keep(opened, tmp_path / "kept", key) as kept:
        said = (kept.digest(), kept.seq, kept.changes_since(0))
    before = (opened.digest(), opened.seq, opened.changes_since(0))
    opened.destroy()
    again = store.open_store(tmp_path / "kept", key)

    assert gone
    assert said == before
    assert (again.digest(), again.seq) == before[:2]
    assert again.undo("A")
    again.close()


def test_a_session_that_cannot_be_kept_is_as_it_was(folder, note, tmp_path) -> None:
    """A weak passphrase or a taken name must cost nothing."""
    opened = store.create_session(folder)
    opened.put(note(1, "for today"), role="A")
    (tmp_path / "taken").mkdir()

    with pytest.raises(WeakPassphraseError):
        store.keep(opened, tmp_path / "kept", store.Passphrase("aaaa"))
    with pytest.raises(WorkspaceExistsError):
        store.keep(opened, tmp_path / "taken", store.Identity.generate())

    assert len(opened.list()) == 1
    assert {path.name for path in tmp_path.iterdir()} == {folder.name, "taken"}
    opened.destroy()
