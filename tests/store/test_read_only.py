"""A place that cannot be written."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from amparo import store
from amparo.errors import OutputError, ReadOnlyError

NOBODY = 65534


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder anybody may walk into, unlike the private ones of a test."""
    folder = Path(tempfile.mkdtemp(prefix="shelf"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@contextlib.contextmanager
def as_nobody() -> Iterator[None]:
    """Give up the rights of an administrator, who could write anywhere, for a moment."""
    am_root = os.geteuid() == 0
    if am_root:
        os.setegid(NOBODY)
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if am_root:
            os.seteuid(0)
            os.setegid(0)


@pytest.fixture
def protected(shelf, identity, note) -> Callable[[], Path]:
    """A workspace that can be read and not written."""
    folder = shelf / "w.amparo"
    with store.create(folder, [identity]) as opened:
        opened.put(note(1, "x"), role="A")
    for path in (folder, *folder.rglob("*")):
        if os.geteuid() == 0:
            os.chown(path, NOBODY, NOBODY)
        path.chmod(0o500 if path.is_dir() else 0o400)
    return folder


def test_r32_a_workspace_on_a_read_only_place_is_said_to_be_read_only(protected, identity) -> None:
    """A protected stick is no damaged stick."""
    before = {path: path.read_bytes() for path in protected.rglob("*") if path.is_file()}

    with as_nobody(), pytest.raises(ReadOnlyError):
        store.open_store(protected, identity)

    assert {path: path.read_bytes() for path in protected.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("mode", [0o555, 0o500])
def test_r32_nothing_is_made_where_nothing_may_be_written(
    shelf, workspace, identity, mode: int
) -> None:
    """Neither a workspace nor a backup nor a part of one, also where nobody may even look."""
    locked = shelf / "locked"
    locked.mkdir()
    locked.chmod(mode)  # whatever the umask

    with as_nobody():
        with pytest.raises(ReadOnlyError):
            store.create(locked / "w.amparo", [identity])
        with pytest.raises(OutputError):
            store.backup(workspace, locked / "b")

    assert list(locked.iterdir()) == []
