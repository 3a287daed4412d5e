"""Keepers that always end, and sessions with them."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyrage import x25519  # pyright: ignore[reportAttributeAccessIssue] - a compiled module

from amparo.keeper.client import Handle, start
from amparo.store import Identity


@pytest.fixture
def identity() -> Identity:
    """A key that costs no second to open with, unlike a passphrase."""
    return Identity(str(x25519.Identity.generate()))


@pytest.fixture
def keep() -> Iterator[Callable[..., Handle]]:
    """Start keepers as the product does; none outlives the test."""
    started: list[Handle] = []

    def one(folder: Path, opener: Any = None, **options: Any) -> Handle:
        started.append(start(folder, opener, **options))
        return started[-1]

    yield one
    for handle in started:
        if not handle.wait(0):
            os.kill(handle.pid, signal.SIGTERM)
            assert handle.wait(30)


@pytest.fixture
def kept(keep: Callable[..., Handle], tmp_path: Path) -> Handle:
    """A keeper of an empty session-only workspace."""
    return keep(tmp_path / "once", session_only=True)
