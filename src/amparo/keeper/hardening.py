"""What the keeper's process does before it learns any secret."""

from __future__ import annotations

import os

from amparo.hardening import harden


def detach_streams() -> None:
    """Let go of the starter's pipes: from here on nothing is read from or written to them."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


__all__ = ["detach_streams", "harden"]
