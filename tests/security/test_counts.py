"""The table of SECURITY.md says what the tests try, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from .counts import TRIED

PAGE = Path(__file__).resolve().parents[2] / "SECURITY.md"


def test_the_table_says_what_the_tests_count() -> None:
    """A number that nobody counts is decoration."""
    rows = re.findall(
        r"^\| (R\d+) \| ([^|]+) \| ([\d,]+) \| (\d+) \|$", PAGE.read_text("utf-8"), re.MULTILINE
    )

    said = {(number, what): int(count.replace(",", "")) for number, what, count, _ in rows}

    assert said == TRIED
    assert {wrong for *_, wrong in rows} == {"0"}
