"""Somebody puts yesterday's plan back: whoever opens it is told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from amparo import store
from amparo.errors import OlderCopyError
from amparo.keeper import client
from amparo.messages import languages, messages
from amparo.store import Envelope, Identity, Store

from .counts import tell

_COPIES = 40


def _written_over(
    workspace: Store, folder: Path, note: Callable[..., Envelope]
) -> list[tuple[bytes, bytes]]:
    """Change one record again and again; return database and counter as they were each time."""
    copies = []
    for version in range(_COPIES + 1):
        workspace.put(note(1, f"day {version}", version), role="A")
        workspace.checkpoint()
        copies.append(tuple((folder / name).read_bytes() for name in ("workspace.db", "counter")))
    workspace.close()
    return copies


def _opens(folder: Path, identity: Identity) -> bool:
    try:
        store.open_store(folder, identity).close()
    except OlderCopyError:
        return False
    return True


def test_r23_every_older_copy_put_back_is_reported(
    workspace: Store, folder: Path, identity: Identity, note, capsys
) -> None:
    """A plan silently altered sends a person the wrong way."""
    copies = _written_over(workspace, folder, note)
    newest = copies.pop()
    taken = []
    for number, (database, _) in enumerate(copies):
        (folder / "workspace.db").write_bytes(database)
        (folder / "counter").write_bytes(newest[1])
        taken += [number] if _opens(folder, identity) else []

    (folder / "workspace.db").write_bytes(newest[0])

    assert taken == []
    assert _opens(folder, identity)
    tell(capsys, "R23", "older copies put back", len(copies))


@pytest.mark.parametrize("count", ["00000000000000000000", "99999999999999999999"])
def test_r23_a_counter_cannot_be_set_by_who_has_no_key(
    workspace: Store, folder: Path, identity: Identity, note, count: str
) -> None:
    """Whoever puts an old copy back would set the counter back too."""
    workspace.put(note(1, "a"), role="A")
    workspace.close()
    words = (folder / "counter").read_text("ascii").split(" ")
    (folder / "counter").write_text(" ".join([*words[:2], count, *words[3:]]), "ascii")

    assert not _opens(folder, identity)


def test_r23_a_log_left_beside_an_older_copy_changes_nothing(
    workspace: Store, folder: Path, identity: Identity, note
) -> None:
    """A database is three files: whoever puts one back may put others beside it."""
    workspace.put(note(1, "old"), role="A")
    workspace.checkpoint()
    old = (folder / "workspace.db").read_bytes()
    workspace.put(note(1, "new", 1), role="A")
    log = folder / "workspace.db-wal"
    kept = log.read_bytes() if log.exists() else b""
    workspace.close()
    (folder / "workspace.db").write_bytes(old)
    log.write_bytes(kept[: len(kept) // 2])

    assert not _opens(folder, identity)


def test_r23_who_opens_it_is_told_in_a_sentence_and_may_accept_it(
    workspace: Store, folder: Path, identity: Identity, note, tmp_path: Path
) -> None:
    """The keeper refuses, the sentence says what to do, and a group that did it itself goes on."""
    copies = _written_over(workspace, folder, note)
    (folder / "workspace.db").write_bytes(copies[0][0])
    other = shutil.copytree(folder, tmp_path / "other.amparo")

    with pytest.raises(OlderCopyError) as refused:
        client.start(other, identity)

    said = {messages(lang).error(refused.value) for lang in languages()}
    assert len(said) == len(languages())
    assert all("--accept-older" in one for one in said)
    with store.open_store(folder, identity, accept_older=True) as accepted:
        assert accepted.get(note(1, "").id).version == 1  # type: ignore[union-attr]
    assert _opens(folder, identity)


def test_r23_the_command_line_opens_it_when_somebody_says_so(
    workspace: Store, folder: Path, identity: Identity, note, opened, tmp_path: Path
) -> None:
    """What the sentence tells people to do must work; afterwards it opens as before."""
    copies = _written_over(workspace, folder, note)
    (folder / "workspace.db").write_bytes(copies[0][0])
    key = tmp_path / "key"
    key.write_text(identity.text, "utf-8")

    server = opened("open", folder, "--identity-file", key, "--lang", "en", "--accept-older")
    server.stop()

    assert _opens(folder, identity)
