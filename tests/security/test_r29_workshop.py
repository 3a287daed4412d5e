"""Many people write at once: nothing is lost, and everybody hears of it."""

from __future__ import annotations

import importlib.util
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from amparo.errors import ConflictError
from amparo.keeper.client import Handle
from amparo.model.threats import Threat
from amparo.session import Session

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "workshop.py"
PAGES, EDITS = 6, 10


@pytest.fixture(scope="module")
def workshop() -> ModuleType:
    """The benchmark of a whole room, of which this test is the small form."""
    spec = importlib.util.spec_from_file_location("amparo_workshop_benchmark", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its values are looked up there by name
    spec.loader.exec_module(module)
    return module


def test_r29_a_room_writes_and_listens_and_nothing_is_lost(
    workshop: ModuleType, tmp_path: Path
) -> None:
    """What thirty people said in one hour cannot be said again."""
    found = workshop.room(tmp_path / "w", 30, 4, 0.0)

    assert (len(found.took_ms), found.lost, found.deaf) == (120, 0, 0)
    assert found.heard > 0


def test_r29_pages_of_the_group_lose_no_update_of_one_record(
    kept: Handle, connect: Callable[[Handle], Session], threat: Callable[..., Threat]
) -> None:
    """Six pages add to one sentence: each addition is there, or its page was told."""
    connect(kept).save(threat(1, "begin"), expected_version=None)
    told: list[str] = []

    def add(page: int) -> None:
        session = connect(kept)
        for number in range(EDITS):
            word = f" {page}.{number}"
            while True:
                held = session.get(threat(1).id)
                record = held.record.with_changes(sentence=f"{held.record.sentence}{word}"[-300:])  # pyright: ignore[reportAttributeAccessIssue]
                try:
                    session.save(record, expected_version=held.version)
                    break
                except ConflictError:
                    told.append(word)

    pages = [threading.Thread(target=add, args=(number,)) for number in range(PAGES)]
    for page in pages:
        page.start()
    for page in pages:
        page.join()

    found = connect(kept).get(threat(1).id)
    said: str = found.record.sentence  # pyright: ignore[reportAttributeAccessIssue]
    assert found.version == 1 + PAGES * EDITS
    wanted = {f"{page}.{number}" for page in range(PAGES) for number in range(EDITS)}
    assert len(said) < 300
    assert set(said.split()) == {"begin", *wanted}
    # Every text that came too late was kept aside and not written over the other.
    assert len(connect(kept).conflicts()) == len(told)
