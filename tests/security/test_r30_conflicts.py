"""Two people edit one record: both texts live until somebody chooses."""

from __future__ import annotations

import pytest

from amparo.errors import ConflictError


def test_r30_the_second_of_two_edits_is_told_and_kept(workspace, note, text_of) -> None:
    """Last-wins would throw a person's words away without a word."""
    workspace.put(note(1, "start"), role="A")
    workspace.put(note(1, "from A", 1), role="A")

    with pytest.raises(ConflictError) as caught:
        workspace.put(note(1, "from B", 1), role="B")

    assert text_of(caught.value.stored) == "from A"
    assert text_of(workspace.get(note(1, "").id)) == "from A"
    assert [text_of(item.lost) for item in workspace.conflicts()] == ["from B"]


def test_r30_the_late_text_survives_closing_until_it_is_settled(
    workspace, note, folder, identity
) -> None:
    """The choice may be made tomorrow."""
    from amparo import store

    workspace.put(note(1, "from A"), role="A")
    for _ in range(2):  # a page that sends again does not make two conflicts
        with pytest.raises(ConflictError):
            workspace.put(note(1, "from B"), role="B")
    workspace.close()

    with store.open_store(folder, identity) as again:
        kept = again.conflicts(note(1, "").id)
        again.settle(kept[0].id)
        left = again.conflicts()

    assert len(kept) == 1
    assert left == ()


def test_r30_an_edit_of_a_record_somebody_deleted_is_a_conflict(workspace, note, text_of) -> None:
    """Neither the deletion nor the text may vanish silently."""
    workspace.put(note(1, "start"), role="A")
    workspace.delete(note(1, "").id, role="A")

    with pytest.raises(ConflictError) as caught:
        workspace.put(note(1, "edited", 1), role="B")

    assert caught.value.stored is None
    assert [text_of(item.lost) for item in workspace.conflicts()] == ["edited"]


def test_r30_deleting_what_somebody_changed_since_is_a_conflict(workspace, note) -> None:
    """A person deletes what she saw, not what is there now."""
    workspace.put(note(1, "seen"), role="A")
    workspace.put(note(1, "new", 1), role="B")

    with pytest.raises(ConflictError):
        workspace.delete(note(1, "").id, role="A", expected={note(1, "").id: 1})

    assert len(workspace.list()) == 1
