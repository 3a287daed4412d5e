"""Files and folders: private, whole, and one owner at a time."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from amparo import store
from amparo.errors import BusyError, WorkspaceExistsError, WorkspaceMissingError
from amparo.store import files


def modes(folder: Path) -> dict[str, set[int]]:
    """Return the access rights in use, for files and for folders."""
    found: dict[str, set[int]] = {"files": set(), "folders": {stat.S_IMODE(folder.stat().st_mode)}}
    for path in folder.rglob("*"):
        found["folders" if path.is_dir() else "files"].add(stat.S_IMODE(path.stat().st_mode))
    return found


def test_r18_all_files_are_0600_and_folders_0700_whatever_the_umask(
    open_umask, tmp_path, identity, note
) -> None:
    """Another account on the same computer must not even list the files."""
    folder = tmp_path / "w.amparo"
    with store.create(folder, [identity]) as opened:
        opened.put(note(1, "one"), role="A")
        while_open = modes(folder)
        store.backup(opened, tmp_path / "b.backup")
    store.restore(tmp_path / "b.backup", tmp_path / "r.amparo", identity).close()

    expected = {"files": {0o600}, "folders": {0o700}}
    assert while_open == modes(folder) == modes(tmp_path / "r.amparo") == expected
    assert stat.S_IMODE((tmp_path / "b.backup").stat().st_mode) == 0o600


def test_r18_a_copy_with_loose_rights_is_tightened_on_opening(workspace, folder, identity) -> None:
    """A stick or a file manager loosens rights."""
    workspace.close()
    folder.chmod(0o755)
    (folder / "workspace.db").chmod(0o644)

    store.open_store(folder, identity).close()

    assert modes(folder) == {"files": {0o600}, "folders": {0o700}}


def test_a_second_owner_is_turned_away_here_and_in_another_process(
    workspace, folder, identity
) -> None:
    """Two keepers of one workspace would each believe their own history."""
    script = (
        "import sys, pathlib\nfrom amparo import errors, store\n"
        "try: store.open_store(pathlib.Path(sys.argv[1]), store.Identity(sys.argv[2]))\n"
        "except errors.BusyError: print('busy')\n"
    )

    with pytest.raises(BusyError):
        store.open_store(folder, identity)
    other = subprocess.run(
        [sys.executable, "-c", script, str(folder), identity.text],
        capture_output=True,
        text=True,
        check=True,
    )

    assert other.stdout == "busy\n"
    assert other.stderr == ""


def test_nothing_is_made_where_something_stands(tmp_path, identity) -> None:
    """An existing folder, file or broken link is left as it is."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to("nowhere")

    for name in ("folder", "file", "link"):
        with pytest.raises(WorkspaceExistsError):
            store.create(tmp_path / name, [identity])

    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder", "link"]
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("place", ["nothing", "empty", "file"])
def test_a_place_without_a_workspace_is_named_as_that(tmp_path, identity, place) -> None:
    """Opening the wrong folder must not create anything in it."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")

    with pytest.raises(WorkspaceMissingError):
        store.open_store(tmp_path / place, identity)

    assert list((tmp_path / "empty").iterdir()) == []


def test_a_file_is_replaced_whole_or_stays(tmp_path, monkeypatch) -> None:
    """A cut in the middle leaves the old text and no litter."""
    path = tmp_path / "format"
    files.write_whole(path, b"old")

    def cut(*_: object) -> None:
        raise OSError(5, "cut")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", cut)
        with pytest.raises(OSError, match="cut"):
            files.write_whole(path, b"new")

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_printed_by_the_database_for_a_wrong_key(workspace, capfd) -> None:
    """SQLCipher would write a line to the terminal."""
    from amparo.errors import DamagedError
    from amparo.store import database

    workspace.close()
    with pytest.raises(DamagedError):
        database.connect(workspace.folder / "workspace.db", bytes(48))

    assert capfd.readouterr() == ("", "")
