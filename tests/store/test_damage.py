"""One wrong bit, one missing end: refused, never wrong data."""

# ruff: noqa: S311  chance here must come out the same each time

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from amparo import store
from amparo.errors import DamagedError, FormatVersionError, StoreError
from amparo.store import Identity

FLIPS, CUTS = 150, 100  # of each of two workspaces


@pytest.fixture(params=["closed", "killed"])
def damaged(request, folder, note, tmp_path) -> tuple[Path, Identity, str]:
    """A workspace as it lies on the disk, closed well or killed with its log beside it."""
    identity = Identity.generate()
    with store.create(folder, [identity, Identity.generate()]) as opened:
        for number in range(20):
            opened.put(note(number, f"text {number} " + "y" * 400), role="A")
        if request.param == "killed":
            opened.checkpoint()
            for number in range(10):
                opened.put(note(number, f"again {number}", 1), role="A")
            shutil.copytree(folder, tmp_path / "killed")
        digest = opened.digest()
    return (tmp_path / "killed" if request.param == "killed" else folder), identity, digest


def _outcomes(
    place: tuple[Path, Identity, str], change: Callable[[bytes, random.Random], bytes], count: int
) -> dict[str, set[str]]:
    """Damage one file at a time, *count* times, and say for each file what came of it."""
    folder, identity, digest = place
    chance = random.Random(20260301)
    names = ("format", "counter", "slots", "workspace.db", "workspace.db", "workspace.db-wal")
    whole = {
        path: path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ("reserve", "lock")
    }
    found: dict[str, set[str]] = {name: set() for name in names}
    for number in range(count):
        name = names[number % len(names)]
        paths = [path for path in whole if name in (path.name, path.parent.name) and whole[path]]
        for path in paths[:1] if name != "slots" else [chance.choice(paths)]:
            path.write_bytes(change(whole[path], chance))
            found[name].add(_opened(folder, identity, digest))
        for path, content in whole.items():
            path.write_bytes(content)
    return found


def _opened(folder: Path, identity: Identity, digest: str) -> str:
    try:
        with store.open_store(folder, identity) as opened:
            return "same" if opened.digest() == digest else "WRONG DATA"
    except StoreError as error:
        return type(error).__name__


def _flip(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return (
        content[:place]
        + bytes([content[place] ^ (1 << chance.randrange(8))])
        + content[place + 1 :]
    )


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


@pytest.mark.slow
@pytest.mark.parametrize(("change", "count"), [(_flip, FLIPS), (_cut, CUTS)])
def test_r22_damage_to_any_file_is_refused_and_never_wrong_data(damaged, change, count) -> None:
    """A plan silently altered sends a person the wrong way."""
    found = _outcomes(damaged, change, count)

    refused = {"DamagedError", "OlderCopyError", "WrongKeyError", "FormatVersionError"}
    assert set().union(*found.values()) <= refused | {"same"}
    assert found["workspace.db"] <= refused | ({"same"} if found["workspace.db-wal"] else set())
    assert found["format"] <= {"DamagedError", "FormatVersionError"}
    assert found["counter"] == {"OlderCopyError"}
    assert found["slots"] == {"same", "WrongKeyError"}  # the other slot still opens


def test_r22_every_wrong_bit_of_the_format_file_is_refused(workspace, folder, identity) -> None:
    """One bit makes a 0 of the 1: a format that never was, opened and written anew."""
    workspace.close()
    whole = (folder / "format").read_bytes()

    for bit in range(8 * len(whole)):
        place, mask = bit // 8, 1 << bit % 8
        wrong = whole[:place] + bytes([whole[place] ^ mask]) + whole[place + 1 :]
        (folder / "format").write_bytes(wrong)
        with pytest.raises((DamagedError, FormatVersionError)):
            store.open_store(folder, identity)
        assert (folder / "format").read_bytes() == wrong


def test_r22_a_missing_file_is_refused(workspace, folder, identity) -> None:
    """A copy that lost a file on the way is not an empty workspace."""
    workspace.close()

    for name in ("workspace.db", "format", "slots"):
        (folder / name).rename(folder / "away")
        with pytest.raises(DamagedError):
            store.open_store(folder, identity)
        assert not (folder / name).exists()
        (folder / "away").rename(folder / name)

    store.open_store(folder, identity).close()


def test_an_empty_database_file_is_damage_not_a_new_workspace(workspace, folder, identity) -> None:
    """SQLite would take an empty file for a fresh start."""
    workspace.close()
    (folder / "workspace.db").write_bytes(b"")

    with pytest.raises(DamagedError):
        store.open_store(folder, identity)


def test_a_missing_counter_is_said_and_made_again(workspace, folder, identity) -> None:
    """A lost small file must not keep people out of their plan."""
    workspace.close()
    (folder / "counter").unlink()

    with store.open_store(folder, identity) as first:
        assert first.notices == ("store.notice.no_counter",)
    with store.open_store(folder, identity) as second:
        assert second.notices == ()
