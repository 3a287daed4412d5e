"""How much each test of the threat model tried; SECURITY.md holds the same numbers."""

from __future__ import annotations

import sys
from typing import Any

# (requirement, what was tried) -> how many. A test that tries another number fails.
TRIED = {
    ("R1", "hostile frames to each of three kinds of kernel"): 528,
    ("R2", "random frames while an honest page asks"): 10_000,
    ("R2", "frames of a flood on one socket"): 5_000,
    ("R12", "requests with tricks in their paths"): 1_656,
    ("R23", "older copies put back"): 40,
}


def tell(capsys: Any, number: str, what: str, count: int) -> None:
    """Print what was tried, and hold it against the table."""
    with capsys.disabled():
        sys.stdout.write(f"\n{number}: {count} {what}\n")
    assert TRIED[number, what] == count, f"write {count} here and in SECURITY.md"
