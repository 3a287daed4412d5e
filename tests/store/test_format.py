"""Format versions: newer ones are left alone, older ones are brought forward."""

from __future__ import annotations

import pytest

from amparo import store
from amparo.errors import FormatVersionError
from amparo.store import database, migrations


@pytest.fixture
def older(workspace, folder, note):
    """A workspace of format 0: its record table has no column for a space."""
    workspace.put(note(1, "from before"), role="A")
    key = workspace.secret.key
    workspace.close()
    opened = database.connect(folder / "workspace.db", key)
    opened.execute("ALTER TABLE record DROP COLUMN space")
    opened.execute("PRAGMA user_version = 0")
    opened.close()
    text = (folder / "format").read_text()
    (folder / "format").write_text(text.replace("workspace 1", "workspace 0"))
    return folder


def add_space(opened: database.Database) -> None:
    """Bring format 0 to format 1."""
    opened.execute("ALTER TABLE record ADD COLUMN space TEXT NOT NULL DEFAULT ''")


def test_an_older_format_is_brought_forward_with_nothing_lost(
    older, identity, note, text_of
) -> None:
    """A group that updates after two years finds its plan."""
    with store.open_store(older, identity, migrations={0: add_space}) as opened:
        found = opened.get(note(1, "").id)

    assert text_of(found) == "from before"
    assert found.space == ""
    assert (older / "format").read_text().startswith("amparo-workspace 1\n")
    assert not (older / migrations.COPY_NAME).exists()
    store.open_store(older, identity).close()


def test_a_migration_that_fails_changes_nothing_and_leaves_a_copy(
    older, identity, text_of, note
) -> None:
    """The next version may do better; the workspace must still be there for it."""

    def fails(opened: database.Database) -> None:
        opened.execute("DELETE FROM record")
        raise FormatVersionError("stopped in the middle", found=0, expected=1)

    with pytest.raises(FormatVersionError):
        store.open_store(older, identity, migrations={0: fails})
    copy_was_kept = (older / migrations.COPY_NAME).exists()

    with store.open_store(older, identity, migrations={0: add_space}) as opened:
        assert text_of(opened.get(note(1, "").id)) == "from before"
    assert copy_was_kept


def test_a_format_without_a_way_forward_is_refused(older, identity) -> None:
    """Guessing a format would be writing over it."""
    before = (older / "workspace.db").read_bytes()

    with pytest.raises(FormatVersionError):
        store.open_store(older, identity)

    assert (older / "workspace.db").read_bytes() == before


def test_a_newer_format_is_refused_before_anything_is_written(workspace, folder, identity) -> None:
    """An old program would drop what it does not know."""
    workspace.close()
    text = (folder / "format").read_text()
    (folder / "format").write_text(text.replace("workspace 1", "workspace 7"))
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    with pytest.raises(FormatVersionError) as caught:
        store.open_store(folder, identity)

    assert caught.value.values == {"found": 7, "expected": 1}
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_newer_database_under_an_old_format_file_is_refused(workspace, folder, identity) -> None:
    """The file beside it is a hint; the database decides."""
    key = workspace.secret.key
    workspace.close()
    opened = database.connect(folder / "workspace.db", key)
    opened.execute("PRAGMA user_version = 7")
    opened.close()

    with pytest.raises(FormatVersionError):
        store.open_store(folder, identity)
