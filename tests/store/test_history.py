"""Undo, redo, history, plan versions."""

from __future__ import annotations

import pytest

from amparo.errors import ConflictError, UndoConflictError


def test_undo_and_redo_walk_back_and_forth(workspace, note, text_of) -> None:
    """Undo is what lets people try things."""
    record_id = note(1, "").id
    for version, text in enumerate(["one", "two", "three"]):
        workspace.put(note(1, text, version), role="A")

    seen = []
    for step in (workspace.undo, workspace.undo, workspace.redo, workspace.redo):
        step("A")
        seen.append(text_of(workspace.get(record_id)))

    assert seen == ["two", "one", "two", "three"]
    assert workspace.redo("A") == ()


def test_undo_of_the_first_save_takes_the_record_out_and_redo_brings_it_back(
    workspace, note, text_of
) -> None:
    """A row added by mistake goes the same way as any other mistake."""
    workspace.put(note(1, "new"), role="A")

    workspace.undo("A")
    after_undo = workspace.list()
    workspace.redo("A")

    assert after_undo == ()
    assert text_of(workspace.get(note(1, "").id)) == "new"
    assert workspace.undo("B") == ()


def test_undo_brings_back_what_was_deleted_together(workspace, note) -> None:
    """The wrong button at the end of a long day must not cost the day."""
    workspace.put_many([note(1, "one"), note(2, "two")], role="A")
    workspace.delete(note(1, "").id, note(2, "").id, role="A")

    changes = workspace.undo("A")

    assert {change.record_id for change in changes} == {note(1, "").id, note(2, "").id}
    assert len(workspace.list()) == 2


def test_a_new_edit_ends_what_can_be_redone(workspace, note) -> None:
    """Redo after a new edit would overwrite it."""
    workspace.put(note(1, "one"), role="A")
    workspace.undo("A")
    workspace.put(note(2, "two"), role="A")

    assert workspace.redo("A") == ()


def test_undo_takes_back_the_own_edit_of_a_role_and_no_other(workspace, note) -> None:
    """Two tables share a laptop; one table's undo must not undo the other's work."""
    workspace.put(note(1, "by A"), role="A")
    workspace.put(note(2, "by B"), role="B")

    workspace.undo("A")

    assert [item.id for item in workspace.list()] == [note(2, "").id]


def test_undo_stops_where_somebody_else_wrote_since(workspace, note, text_of) -> None:
    """Silently undoing another person's text is losing it."""
    workspace.put(note(1, "by A"), role="A")
    workspace.put(note(1, "by B", 1), role="B")

    with pytest.raises(ConflictError) as caught:
        workspace.undo("A")

    assert text_of(caught.value.stored) == "by B"
    assert text_of(workspace.get(note(1, "").id)) == "by B"


def test_undo_stops_also_where_somebody_else_wrote_the_same_words_again(workspace, note) -> None:
    """B looked, changed, and chose A's words: that choice is B's, and not A's to take back."""
    workspace.put(note(1, "by A"), role="A")
    workspace.put(note(1, "by B", 1), role="B")
    workspace.put(note(1, "by A", 2), role="B")

    with pytest.raises(UndoConflictError):
        workspace.undo("A")

    assert len(workspace.list()) == 1


def test_undo_goes_on_when_the_other_took_it_back(workspace, note) -> None:
    """What B undid is no longer there to be lost."""
    workspace.put(note(1, "by A"), role="A")
    workspace.put(note(1, "by B", 1), role="B")
    workspace.undo("B")

    workspace.undo("A")

    assert workspace.list() == ()


def test_undo_leaves_a_record_that_somebody_elses_record_names(workspace, note) -> None:
    """B planned a measure against A's threat: without the threat the measure hangs in the air."""
    workspace.put(note(1, "threat"), role="A")
    workspace.put(note(2, f"against {note(1, '').id}"), role="B")

    with pytest.raises(UndoConflictError) as caught:
        workspace.undo("A")

    assert caught.value.stored == workspace.get(note(2, "").id)
    assert len(workspace.list()) == 2
    workspace.undo("B")
    workspace.undo("A")
    assert workspace.list() == ()


def test_redo_does_not_delete_again_what_somebody_else_has_named_since(workspace, note) -> None:
    """Between undo and redo others went on."""
    workspace.put(note(1, "threat"), role="A")
    workspace.delete(note(1, "").id, role="A")
    workspace.undo("A")
    workspace.put(note(2, f"against {note(1, '').id}"), role="B")

    with pytest.raises(UndoConflictError):
        workspace.redo("A")

    assert len(workspace.list()) == 2


def test_two_pages_of_one_role_share_one_list_of_undos(workspace, note) -> None:
    """Undo belongs to the role: it takes back the last change, whichever tab made it."""
    workspace.put(note(1, "first tab"), role="A")
    workspace.put(note(1, "second tab", 1), role="A")
    workspace.put(note(2, "first tab"), role="A")

    undone = [workspace.undo("A")[0].record_id for _ in range(3)]

    assert undone == [note(2, "").id, note(1, "").id, note(1, "").id]
    assert workspace.list() == ()


def test_the_history_only_grows_and_says_who_did_what(workspace, note, text_of) -> None:
    """The group can look back at every version."""
    workspace.put(note(1, "one"), role="A")
    workspace.put(note(1, "two", 1), role="B")
    workspace.undo("B")
    workspace.delete(note(1, "").id, role="A")

    lines = workspace.history(note(1, "").id)

    assert [(line.action, line.role) for line in lines] == [
        ("save", "A"),
        ("save", "B"),
        ("undo", "B"),
        ("delete", "A"),
    ]
    assert [line.version for line in lines] == [1, 2, 3, 4]
    assert [text_of(line.before) for line in lines] == [None, "one", "two", "one"]
    assert [text_of(line.after) for line in lines] == ["one", "two", "one", None]
    assert [line.seq for line in workspace.changes_since(2)] == [3, 4]


def test_a_named_moment_shows_the_records_as_they_were(workspace, note, text_of) -> None:
    """A plan version must not change after it was printed."""
    workspace.put_many([note(1, "one"), note(2, "two")], role="A")
    mark = workspace.mark("plan 1", role="A")
    workspace.put(note(1, "changed", 1), role="A")
    workspace.delete(note(2, "").id, role="A")

    then = workspace.records_at(mark.seq)

    assert [text_of(item) for item in then] == ["one", "two"]
    assert workspace.marks() == (mark,)
