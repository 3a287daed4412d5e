"""What somebody finds who takes the disk."""

from __future__ import annotations

from pathlib import Path

from amparo import store


def holdings(folder: Path) -> bytes:
    """Return all bytes and all names below a folder."""
    return b"".join(
        str(path.relative_to(folder)).encode() + (path.read_bytes() if path.is_file() else b"")
        for path in folder.rglob("*")
    )


def test_r16_twenty_markers_are_in_no_file_and_no_name(
    tmp_path, identity, note, monkeypatch
) -> None:
    """Content, names and counts stay unreadable without a key."""
    markers = [f"MARKER{number:02d}QXZ" for number in range(20)]
    for variable in ("HOME", "TMPDIR", "TMP", "TEMP"):
        (tmp_path / variable).mkdir()
        monkeypatch.setenv(variable, str(tmp_path / variable))
    seen = b""

    with store.create(tmp_path / "w.amparo", [identity]) as opened:
        for number, marker in enumerate(markers):
            opened.put(note(number, marker * (number + 1), space="S"), role=marker)
        opened.put(note(1, markers[1] + "edited", 1), role="A")
        opened.mark(markers[3], role="A")
        seen += holdings(tmp_path)  # as a kill would leave it
        opened.delete(note(5, "").id, role="A")
        opened.purge(role="A")
        store.backup(opened, tmp_path / "b.backup")
        seen += holdings(tmp_path)
    store.restore(tmp_path / "b.backup", tmp_path / "r.amparo", identity).close()
    seen += holdings(tmp_path)

    for code in ("utf-8", "utf-16-le", "utf-16-be"):
        assert [marker for marker in markers if marker.encode(code) in seen] == []


def test_r16_kinds_and_counts_do_not_show_either(workspace, tmp_path, note) -> None:
    """That a group wrote down twelve incidents is an answer to somebody's question."""
    workspace.put(note(1, "x"), role="facilitator")
    workspace.close()

    seen = holdings(tmp_path)

    for word in (b"facilitator", b"record", b"change", b"SQLite"):
        assert word not in seen.replace(b"recovery", b"")
