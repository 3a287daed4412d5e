"""Deleting, expiring and erasing, down to the bytes of the decrypted store."""

from __future__ import annotations

from datetime import date

import pytest

from amparo.errors import RecordMissingError


def test_r24_an_erased_marker_is_in_no_byte_of_the_decrypted_store(
    workspace, note, decrypted
) -> None:
    """Blank in the tables is not enough: pages keep scraps."""
    for number in range(24):
        workspace.put(note(number, f"MARKER{number:02d} " + "x" * 20 * number), role="A")
    for number in range(0, 24, 3):
        workspace.put(note(number, f"MARKER{number:02d} again", 1), role="B")
    gone, kept = range(12), range(12, 24)
    workspace.delete(*(note(number, "").id for number in gone), role="A")
    path, key = workspace.folder / "workspace.db", workspace.secret.key
    workspace.checkpoint()
    before = decrypted(path, key)

    workspace.purge(role="A")
    after = decrypted(path, key)

    assert all(b"MARKER%02d" % number in before for number in range(24))
    assert [number for number in gone if b"MARKER%02d" % number in after] == []
    assert all(b"MARKER%02d" % number in after for number in kept)
    assert (workspace.folder / "workspace.db-wal").stat().st_size == 0


def test_r24_history_that_is_forgotten_leaves_only_the_present_text(
    workspace, note, decrypted
) -> None:
    """A name typed by mistake stays in the history until it is told to go."""
    workspace.put(note(1, "MARKEROLD"), role="A")
    workspace.put(note(1, "MARKERNEW", 1), role="A")

    workspace.forget_history(note(1, "").id, role="A")
    bare = decrypted(workspace.folder / "workspace.db", workspace.secret.key)

    assert b"MARKEROLD" not in bare
    assert b"MARKERNEW" in bare
    assert [line.action for line in workspace.history(note(1, "").id)] == ["forget"]
    assert workspace.put(note(1, "next", 2), role="A").version == 3


def test_deleted_records_come_back_by_undo_until_they_are_purged(workspace, note) -> None:
    """A slip can be mended today; tomorrow it is gone for good."""
    workspace.put_many([note(1, "one"), note(2, "two")], role="A")
    workspace.delete(note(1, "").id, role="A")
    workspace.undo("A")
    workspace.delete(note(2, "").id, role="A")

    purged = workspace.purge(role="A")

    assert purged == (note(2, "").id,)
    assert [item.id for item in workspace.list()] == [note(1, "").id]
    assert [line.kind for line in workspace.history(note(2, "").id)] == [""]


def test_an_erased_record_does_not_come_back_from_an_open_page(workspace, note) -> None:
    """A browser tab that slept through the erasure saves again."""
    workspace.put(note(1, "one"), role="A")
    workspace.erase(note(1, "").id, role="A")

    for version in (0, 1):
        with pytest.raises(RecordMissingError):
            workspace.put(note(1, "again", version), role="B")

    assert workspace.list() == ()
    assert workspace.conflicts() == ()


def test_records_past_their_day_are_erased_and_no_others(workspace, note) -> None:
    """Delete-by is a promise made to the people written about."""
    workspace.put(note(1, "past", delete_by=date(2026, 3, 31)), role="A")
    workspace.put(note(2, "today", delete_by=date(2026, 4, 1)), role="A")
    workspace.put(note(3, "never"), role="A")

    due = workspace.due(date(2026, 4, 1))
    erased = workspace.expire(date(2026, 4, 1))

    assert due == erased == (note(1, "").id,)
    assert [item.id for item in workspace.list()] == [note(2, "").id, note(3, "").id]


def test_what_was_deleted_is_erased_when_undo_no_longer_reaches_it(workspace, note) -> None:
    """Nobody should have to remember to empty a bin."""
    workspace.put(note(1, "one"), role="A")
    workspace.delete(note(1, "").id, role="A")  # on 1 March

    too_early = workspace.expire(date(2026, 3, 2))
    in_time = workspace.expire(date(2026, 3, 3))

    assert too_early == ()
    assert in_time == (note(1, "").id,)


def test_an_erasure_cut_short_is_finished_at_the_next_opening(
    workspace, note, folder, identity, monkeypatch
) -> None:
    """A full disk may put off the rewriting, never cancel it."""
    from amparo import store
    from amparo.errors import DiskFullError
    from amparo.store import erasure

    def full(_: object) -> None:
        raise DiskFullError("no space")

    workspace.put(note(1, "MARKER"), role="A")
    with monkeypatch.context() as patch:
        patch.setattr(erasure, "compact", full)
        workspace.erase(note(1, "").id, role="A")
    put_off = erasure.meta(workspace.database, "scrub")
    workspace.close()

    with store.open_store(folder, identity) as again:
        assert erasure.meta(again.database, "scrub") is None
    assert put_off == "due"
