"""A full disk: a sentence, no loss, and room to delete and to take a copy away."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import deque
from pathlib import Path

import pytest

from amparo import store
from amparo.errors import DiskFullError
from amparo.store import handle
from amparo.store.reserve import release_reserve


def can_mount() -> bool:
    """Tell whether this user may make a small disk of memory for a moment."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    trial = "mount -t tmpfs -o size=1m tmpfs /mnt"
    return subprocess.run(["unshare", "-m", "sh", "-c", trial], check=False).returncode == 0


def limit(opened: store.Store, more_pages: int) -> None:
    """Let the database grow by so many pages and then be as full as a full disk makes it."""
    pages = opened.database.execute("PRAGMA page_count").fetchone()[0]
    opened.database.execute(f"PRAGMA max_page_count = {pages + more_pages}")


def test_r28_a_full_disk_is_said_and_everything_acknowledged_stays(
    workspace, note, folder, identity
) -> None:
    """The last change is not saved, and the person is told so; all before it is there."""
    limit(workspace, 12)
    fitting = iter(range(1000))
    with pytest.raises(DiskFullError):
        deque((workspace.put(note(n, "x" * 3000), role="A") for n in fitting), maxlen=0)
    saved = next(fitting) - 1  # the one that did not fit was asked for too
    digest = workspace.digest()

    workspace.close()

    assert 0 < saved < 12
    with store.open_store(folder, identity) as again:
        assert again.digest() == digest
        assert len(again.list()) == saved
        again.put(note(saved, "x" * 3000), role="A")


def test_r28_a_batch_that_does_not_fit_is_not_half_saved(workspace, note) -> None:
    """Half an edit can be worse than none."""
    limit(workspace, 12)

    with pytest.raises(DiskFullError):
        workspace.put_many([note(number, "x" * 3000) for number in range(50)], role="A")

    assert workspace.list() == ()
    workspace.put(note(1, "small"), role="A")


def test_r28_deleting_gives_the_reserve_back_and_tries_again(
    workspace, folder, note, monkeypatch
) -> None:
    """On a full disk even deleting needs room: the reserve is that room."""

    def released(place: Path) -> bool:
        limit(workspace, 100)  # what the file gives back to a real disk
        return release_reserve(place)

    workspace.put_many([note(number, "x") for number in range(60)], role="A")
    limit(workspace, 0)
    monkeypatch.setattr(handle, "release_reserve", released)
    reserved = (folder / "reserve").stat().st_size

    workspace.delete(*(note(number, "").id for number in range(60)), role="A")

    assert reserved == 1 << 20
    assert not (folder / "reserve").exists()
    assert workspace.list() == ()


def test_r28_the_reserve_is_made_again_when_there_is_room(workspace, folder, identity) -> None:
    """It must be there the second time too."""
    (folder / "reserve").unlink()
    workspace.close()
    made_on_closing = (folder / "reserve").stat().st_size
    (folder / "reserve").unlink()

    with store.open_store(folder, identity):
        made_on_opening = (folder / "reserve").stat().st_size

    assert made_on_closing == made_on_opening == 1 << 20


if can_mount():

    def test_r28_on_a_real_full_disk_people_read_delete_and_take_a_copy_away(
        tmp_path, identity
    ) -> None:
        """Six megabytes, filled to the brim."""
        small, large = tmp_path / "small", tmp_path / "large"
        small.mkdir()
        large.mkdir()
        script = Path(__file__).with_name("full.py")
        inside = 'mount -t tmpfs -o size=6m tmpfs "$1" && exec "$2" "$3" "$1" "$4" "$5"'
        alone = ["unshare", "-m", "sh", "-c", inside, "sh"]

        ran = subprocess.run(
            [*alone, small, sys.executable, script, large, identity.text],
            capture_output=True,
            text=True,
            check=False,
        )

        assert (ran.returncode, ran.stderr) == (0, "")
        found = json.loads(ran.stdout)
        assert found["saved"] > 100
        assert found["readable"]
        assert found["had_reserve"]
        assert found["left"]
        assert found["names"] == ["here", "w.amparo"]
        with store.restore(large / "elsewhere", tmp_path / "r.amparo", identity) as restored:
            assert restored.digest() == found["digest"]
