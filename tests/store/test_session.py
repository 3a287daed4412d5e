"""A workspace for this session only."""

from __future__ import annotations

import pytest

from amparo import store
from amparo.errors import SlotError, StoreError


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
