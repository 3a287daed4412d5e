"""How much each test of the threat model tries; SECURITY.md says the same numbers.

A test that tries less fails in ``tell``, and the table in ``test_counts.py``: so the
table cannot say more than was tried.
"""

from __future__ import annotations

import sys
from typing import Any

TRIED = {
    ("R1", "hostile frames to each of three kinds of kernel"): 528,
    ("R2", "random frames while an honest page asks"): 10_000,
    ("R2", "frames of a flood on one socket"): 5_000,
    ("R3", "requests to a kernel of somebody else"): 504,
    ("R5", "controls pressed by somebody who may only read"): 1_000,
    ("R6", "bad values in fields of records"): 25_000,
    ("R12", "requests with tricks in their paths"): 1_656,
    ("R13", "pages opened in a browser"): 35,
    ("R13", "exported pages opened from the disk"): 21,
    ("R14", "texts of records with a program in them"): 358,
    ("R14", "programs in widgets of every kind"): 72,
    ("R21", "bytes of memory searched for the key"): 50_000_000,
    ("R21", "bytes of memory searched for the passphrase"): 50_000_000,
    ("R23", "older copies put back"): 40,
    ("R25", "keys destroyed in less than a second"): 31,
    ("R26", "kills while something is saved"): 100,
    ("R26", "acknowledged saves behind them"): 1_000,
    ("R31", "requests to servers of other organisations"): 5_000,
    ("R40", "bytes of logs and files searched for marks"): 3_000,
}


def tell(capsys: Any, number: str, what: str, count: int) -> None:
    """Print what was tried, and hold it against the table."""
    with capsys.disabled():
        sys.stdout.write(f"\n{number}: {count} {what}\n")
    assert TRIED[number, what] <= count, f"only {count}: SECURITY.md says more"
