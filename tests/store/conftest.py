"""What the tests of the store share: keys that open in a millisecond, and a clock that ticks."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from amparo import store
from amparo.store import Envelope, Identity, Store


@pytest.fixture
def identity() -> Identity:
    """An age identity: what a passphrase does in a second, it does in a millisecond."""
    return Identity.generate()


@pytest.fixture
def stranger() -> Identity:
    """An identity that was never let in."""
    return Identity.generate()


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that moves one minute each time somebody looks."""
    minutes = iter(range(1_000_000))
    return lambda: datetime(2026, 3, 1, 9, tzinfo=UTC) + timedelta(minutes=next(minutes))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the workspace of a test stands."""
    return tmp_path / "w.amparo"


@pytest.fixture
def workspace(folder: Path, identity: Identity, clock: Callable[[], datetime]) -> Iterator[Store]:
    """An open, empty workspace."""
    opened = store.create(folder, [identity], now=clock)
    yield opened
    opened.close()


@pytest.fixture
def note() -> Callable[..., Envelope]:
    """Make the envelope of record number n that says *text*."""

    def make(number: int, text: str, version: int = 0, **labels: object) -> Envelope:
        content = json.dumps({"text": text}, ensure_ascii=False)
        return Envelope(f"{number:032x}", "note", content, version, **labels)  # type: ignore[arg-type]

    return make


@pytest.fixture
def text_of() -> Callable[[Envelope | None], str | None]:
    """Read back what ``note`` wrote."""
    return lambda envelope: None if envelope is None else json.loads(envelope.json)["text"]


@pytest.fixture
def open_umask() -> Iterator[None]:
    """Let every file be open to everybody, unless the store closes it itself."""
    before = os.umask(0)
    yield
    os.umask(before)
