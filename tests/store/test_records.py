"""Saving and reading one record or several."""

from __future__ import annotations

from datetime import date

import pytest

from amparo import store
from amparo.errors import ConflictError, RecordError, RecordMissingError
from amparo.store import Envelope


def test_a_saved_record_comes_back_as_it_was(workspace, note, text_of) -> None:
    """What people typed is the one thing that must never change."""
    sent = note(1, "lluvia, ñandú, عاصفة", sensitivity="red", delete_by=date(2027, 1, 1), space="y")

    ack = workspace.put(sent, role="A")
    found = workspace.get(sent.id)

    assert (ack.seq, ack.version) == (1, 1)
    assert text_of(found) == "lluvia, ñandú, عاصفة"
    assert (found.version, found.sensitivity, found.space) == (1, "red", "y")
    assert (found.changed_on, found.delete_by) == (date(2026, 3, 1), date(2027, 1, 1))


def test_a_save_is_there_after_closing_and_opening(
    workspace, folder, identity, note, text_of
) -> None:
    """Acknowledged means stored."""
    workspace.put(note(1, "stays"), role="A")
    digest = workspace.digest()
    workspace.close()

    with store.open_store(folder, identity) as again:
        assert text_of(again.get(note(1, "").id)) == "stays"
        assert again.digest() == digest


def test_records_are_listed_by_kind_in_the_order_they_were_made(workspace, note) -> None:
    """A table that jumps about after each save makes people lose their place."""
    workspace.put_many([note(9, "first"), note(3, "second")], role="A")
    workspace.put(Envelope("f" * 32, "other", "{}"), role="A")
    workspace.put(note(9, "first again", 1), role="A")

    assert [item.id for item in workspace.list("note")] == [note(9, "").id, note(3, "").id]
    assert len(workspace.list()) == 3


def test_several_records_are_saved_together_or_not_at_all(workspace, note) -> None:
    """Half an edit can be worse than none."""
    workspace.put(note(2, "theirs"), role="B")

    with pytest.raises(ConflictError):
        workspace.put_many([note(1, "mine"), note(2, "mine")], role="A")

    assert [item.id for item in workspace.list()] == [note(2, "").id]


def test_sending_the_same_save_twice_is_acknowledged_and_stored_once(workspace, note) -> None:
    """A page that did not hear the answer sends again."""
    first = workspace.put(note(1, "once"), role="A")

    again = workspace.put(note(1, "once"), role="A")

    assert again == first
    assert len(workspace.history(note(1, "").id)) == 1


@pytest.mark.parametrize(
    "bad",
    [
        Envelope("", "note", "{}"),
        Envelope("../x", "note", "{}"),
        Envelope("a" * 65, "note", "{}"),
        Envelope("a", "", "{}"),
        Envelope("a", "no te", "{}"),
        Envelope("a", "note", "not json SECRETWORD"),
        Envelope("a", "note", '"\ud800"'),
        Envelope("a", "note", "[" * 100_000),
        Envelope("a", "note", '"' + "x" * 4_000_001 + '"'),
    ],
    ids=["no id", "path", "long id", "no kind", "space", "no json", "surrogate", "deep", "long"],
)
def test_what_cannot_be_stored_is_refused_without_repeating_it(workspace, bad) -> None:
    """An error text ends in a log, where nothing a person typed may stand."""
    with pytest.raises(RecordError) as caught:
        workspace.put(bad, role="A")

    assert "SECRETWORD" not in str(caught.value) + str(caught.value.values)
    assert workspace.seq == 0


def test_a_record_that_is_not_there_is_said_to_be_missing(workspace) -> None:
    """A stale link gets a sentence, not a crash."""
    with pytest.raises(RecordMissingError):
        workspace.get("f" * 32)


def test_what_people_wrote_stays_out_of_printed_values(workspace, note) -> None:
    """A traceback or a debug line prints values."""
    workspace.put(note(1, "SECRETWORD"), role="A")
    change = workspace.history(note(1, "").id)[0]

    assert "SECRETWORD" not in repr(change) + repr(workspace) + repr(workspace.list())
