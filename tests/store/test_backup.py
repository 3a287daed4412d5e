"""One file brings everything back."""

from __future__ import annotations

import io
import shutil
import tarfile

import pytest

from amparo import store
from amparo.errors import (
    DamagedError,
    OutputError,
    OutputExistsError,
    StoreError,
    WorkspaceExistsError,
    WorkspaceMissingError,
    WrongKeyError,
)
from amparo.store import container, handle


@pytest.fixture
def backup(workspace, note, tmp_path):
    """A backup of a workspace with a history, whose folder is gone."""
    for number in range(6):
        workspace.put(note(number, f"text {number}"), role="A")
    workspace.put(note(1, "changed", 1), role="B")
    workspace.undo("B")
    workspace.mark("plan 1", role="A")
    file = tmp_path / "w.backup"
    store.backup(workspace, file)
    workspace.close()
    shutil.rmtree(workspace.folder)
    return file


def test_r45_that_file_alone_opens_in_an_empty_home_with_an_equal_digest(
    workspace, note, tmp_path, identity
) -> None:
    """The laptop is gone; the stick in the other village is not."""
    workspace.put(note(1, "one"), role="A")
    workspace.put(note(1, "two", 1), role="A")
    workspace.put(note(2, "gone"), role="A")
    workspace.delete(note(2, "").id, role="A")
    workspace.mark("plan 1", role="A")
    digest = workspace.digest()
    home = tmp_path / "another home"
    home.mkdir()

    store.backup(workspace, home / "w.backup")
    with store.restore(home / "w.backup", home / "w.amparo", identity) as restored:
        assert restored.digest() == digest
        assert restored.notices == ()
        assert restored.marks() == workspace.marks()
        assert len(restored.undo("A")) == 1
    with store.open_store(home / "w.amparo", identity) as again:
        assert again.workspace_id == workspace.workspace_id


@pytest.mark.slow
def test_r45_every_opener_of_the_workspace_opens_its_backup(tmp_path, identity, note) -> None:
    """Whichever of them survives."""
    words = "abeja cielo dedo hielo lunes mesa"
    openers = [store.RecoveryWords(words), identity]
    with store.create(tmp_path / "w.amparo", openers) as opened:
        opened.put(note(1, "x"), role="A")
        digest = opened.digest()
        store.backup(opened, tmp_path / "b")

    for number, opener in enumerate(openers):
        with store.restore(tmp_path / "b", tmp_path / f"{number}.amparo", opener) as restored:
            assert restored.digest() == digest


def test_a_deleted_record_is_in_no_later_backup(workspace, note, tmp_path, identity) -> None:
    """A backup travels; what was deleted must not travel with it."""
    workspace.put_many([note(1, "kept"), note(2, "deleted")], role="A")
    workspace.delete(note(2, "").id, role="A")

    store.backup(workspace, tmp_path / "b")

    with store.restore(tmp_path / "b", tmp_path / "r.amparo", identity) as restored:
        assert restored.history(note(2, "").id) == ()
    assert len(workspace.undo("A")) == 1


def test_a_backup_says_nothing_of_who_made_it_where_and_when(backup) -> None:
    """A user name or an hour in a header leads to a person."""
    with tarfile.open(backup) as archive:
        parts = archive.getmembers()

    assert {(part.uid, part.gid, part.uname, part.gname, part.mtime) for part in parts} == {
        (0, 0, "", "", 0)
    }
    assert parts[0].name == "format"
    assert [part.name for part in parts[2:]] == ["workspace.db", "seal"]


def test_nothing_is_overwritten_and_nothing_half_made(backup, tmp_path, identity, stranger) -> None:
    """A failed restore leaves the disk as it was."""
    (tmp_path / "mine").mkdir()
    before = sorted(tmp_path.iterdir())

    with pytest.raises(WorkspaceExistsError):
        store.restore(backup, tmp_path / "mine", identity)
    with pytest.raises(WorkspaceMissingError):
        store.restore(tmp_path / "none", tmp_path / "r.amparo", identity)
    with pytest.raises(WrongKeyError):
        store.restore(backup, tmp_path / "r.amparo", stranger)

    assert sorted(tmp_path.iterdir()) == before


def test_a_backup_is_not_written_over_a_file_or_into_nowhere(workspace, tmp_path) -> None:
    """The last good backup is worth more than the next one."""
    (tmp_path / "b").write_text("older backup")

    with pytest.raises(OutputExistsError):
        store.backup(workspace, tmp_path / "b")
    with pytest.raises(OutputError):
        store.backup(workspace, tmp_path / "no folder" / "b")

    assert (tmp_path / "b").read_text() == "older backup"


def test_a_backup_that_fails_half_way_leaves_no_file(workspace, tmp_path, monkeypatch) -> None:
    """Half a backup looks like a backup until the day it is needed."""

    def cut(*_: object) -> None:
        raise OSError(5, "cut")

    monkeypatch.setattr("amparo.store.backups.write_container", cut)

    with pytest.raises(StoreError):
        store.backup(workspace, tmp_path / "b")

    assert [path.name for path in tmp_path.iterdir()] == ["w.amparo"]
    assert workspace.digest()


@pytest.mark.slow
def test_r22_a_changed_or_cut_backup_is_refused_and_nothing_is_made(
    backup, tmp_path, identity
) -> None:
    """Never wrong data: 200 flipped bits and 100 cuts."""
    whole, broken = backup.read_bytes(), tmp_path / "broken"
    step = len(whole) // 100
    flips = [*range(0, 3 * 512, 16), *range(7, len(whole), step)]
    cuts = [*range(0, len(whole), step), len(whole) - 1, len(whole) - 512, len(whole) - 1024]
    refused = 0

    for place in flips:
        changed = bytearray(whole)
        changed[place] ^= 1 << (place % 8)
        broken.write_bytes(changed)
        with pytest.raises(StoreError):
            store.restore(broken, tmp_path / "r.amparo", identity)
        refused += 1
    for place in cuts:
        broken.write_bytes(whole[:place])
        with pytest.raises(StoreError):
            store.restore(broken, tmp_path / "r.amparo", identity)
        refused += 1

    assert refused >= 300
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken", "w.backup"]


def _rebuilt(backup, change) -> bytes:
    out = io.BytesIO()
    with tarfile.open(backup) as old, tarfile.open(fileobj=out, mode="w") as new:
        for part in old.getmembers():
            content = old.extractfile(part)
            body = content.read() if content else b""
            change(new, part, body)
    return out.getvalue()


def _escape(new, part, body) -> None:
    part.name = part.name.replace("slots/", "slots/../../")
    new.addfile(part, io.BytesIO(body))


def _link(new, part, body) -> None:
    if part.name == "workspace.db":
        part.type, part.linkname, part.size = tarfile.SYMTYPE, "/etc/passwd", 0
    new.addfile(part, io.BytesIO(body))


def _twice(new, part, body) -> None:
    new.addfile(part, io.BytesIO(body))
    new.addfile(part, io.BytesIO(body))


def _foreign(new, part, body) -> None:
    new.addfile(part, io.BytesIO(body))
    extra = tarfile.TarInfo("slots/extra.sh")
    extra.size = 2
    new.addfile(extra, io.BytesIO(b"hi"))


def _huge(new, part, body) -> None:
    if part.name == "format":
        body += bytes(1000)
        part.size = len(body)
    new.addfile(part, io.BytesIO(body))


def _no_seal(new, part, body) -> None:
    if part.name != "seal":
        new.addfile(part, io.BytesIO(body))


@pytest.mark.parametrize("change", [_escape, _link, _twice, _foreign, _huge, _no_seal])
def test_an_odd_archive_is_refused(backup, tmp_path, identity, change) -> None:
    """A backup may come by mail, from anybody."""
    odd = tmp_path / "odd"
    odd.write_bytes(_rebuilt(backup, change))

    with pytest.raises(DamagedError):
        store.restore(odd, tmp_path / "r.amparo", identity)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["odd", "w.backup"]


def test_a_part_too_large_is_refused_before_it_is_read(tmp_path) -> None:
    """A header can promise more than any disk holds."""
    header = container._header("workspace.db", container.MAX_DATABASE_BYTES + 4096)

    with pytest.raises(DamagedError):
        container.read_container(io.BytesIO(header), tmp_path)


def test_the_handle_of_a_store_has_no_key_in_its_printed_form(workspace) -> None:
    """A traceback prints what it meets."""
    assert workspace.secret.key.hex() not in repr(workspace) + repr(workspace.secret)
    assert isinstance(workspace, handle.Store)
