"""A power cut in the middle of a write, made by hand: the end of a file is torn.

What was synced before the cut is whole; what was being written may be cut off, blank, noise or
full of holes. The files are copied after every acknowledged save, so what each copy must still
hold is known exactly.
"""

# ruff: noqa: S311  chance here must come out the same each time

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from amparo import store
from amparo.store import Identity

TEARS = 120
FRAME, LOG_HEADER, PAGE, SECTOR = 24 + 4096, 32, 4096, 512


@pytest.fixture
def moments(workspace, folder, note, tmp_path) -> list[Path]:
    """Copies of one workspace, the n-th after n acknowledged saves and none checkpointed."""
    workspace.checkpoint()
    copies = []
    for number in range(13):
        copies.append(tmp_path / f"after {number}")
        shutil.copytree(folder, copies[-1], ignore=shutil.ignore_patterns("reserve"))
        workspace.put(note(number, "z" * (number * 700)), role="A")
    return copies


def cut_off(tail: bytes, chance: random.Random) -> bytes:
    return tail[: chance.randrange(len(tail))]


def blank(tail: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(tail))
    return tail[:start] + bytes(len(tail) - start)


def noise(tail: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(tail))
    return tail[:start] + chance.randbytes(len(tail) - start)


def holes(tail: bytes, chance: random.Random) -> bytes:
    torn = bytearray(tail)
    for start in range(0, len(tail), SECTOR):
        if chance.random() < 0.4:
            torn[start : start + SECTOR] = bytes(len(torn[start : start + SECTOR]))
    return bytes(torn)


def torn_logs(moments: list[Path], place: Path) -> Iterator[int]:
    """Tear the part of the log that the next save was writing; yield what must be there."""
    chance = random.Random(7)
    for number in range(TEARS * 3 // 4):
        saved = number % (len(moments) - 1)
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(moments[saved], place)
        before = (moments[saved] / "workspace.db-wal").read_bytes()
        after = (moments[saved + 1] / "workspace.db-wal").read_bytes()
        tear = (cut_off, blank, noise, holes)[number % 4]
        torn = tear(after[len(before) :], chance)
        (place / "workspace.db-wal").write_bytes(before + torn)
        yield saved


def torn_databases(moments: list[Path], place: Path) -> Iterator[int]:
    """Tear the pages that a checkpoint was moving from the log into the database."""
    chance = random.Random(8)
    for number in range(TEARS // 4):
        saved = 1 + number % (len(moments) - 1)
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(moments[saved], place)
        log = (place / "workspace.db-wal").read_bytes()
        content = bytearray((place / "workspace.db").read_bytes())
        for frame in range(LOG_HEADER, len(log), FRAME):
            start = (int.from_bytes(log[frame : frame + 4], "big") - 1) * PAGE
            content.extend(bytes(max(0, start + PAGE - len(content))))
            tear = (noise, holes, blank)[number % 3]
            content[start : start + PAGE] = tear(bytes(content[start : start + PAGE]), chance)
        (place / "workspace.db").write_bytes(content)
        yield saved


@pytest.mark.slow
@pytest.mark.parametrize("tear", [torn_logs, torn_databases])
def test_r27_a_torn_end_loses_nothing_acknowledged(
    moments, tmp_path, identity: Identity, note, tear
) -> None:
    """A village has power cuts; a plan must outlive them."""
    place, seen = tmp_path / "torn", 0

    for saved in tear(moments, place):
        with store.open_store(place, identity) as opened:
            stored = [item.id for item in opened.list()]
            texts = [len(item.json) for item in opened.list()]
        expected = [note(number, "").id for number in range(saved + 1)]
        assert stored in (expected[:saved], expected)  # the last was never acknowledged
        assert texts == [len('{"text": ""}') + number * 700 for number in range(len(stored))]
        seen += 1

    assert seen in (TEARS * 3 // 4, TEARS // 4)
