"""The page of evidence names every security requirement the foundation owns."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/evidence.md"
OWNED = tuple(range(1, 46))


def _rows() -> dict[int, str]:
    rows = re.findall(r"^\| R(\d+) \|[^|]+\|([^|]+)\|$", PAGE.read_text("utf-8"), re.MULTILINE)
    return {int(number): shown.strip() for number, shown in rows}


def test_every_security_requirement_owned_here_has_its_row() -> None:
    """A requirement that falls off the page is one nobody looks after."""
    assert tuple(_rows()) == OWNED


@pytest.mark.parametrize("number", OWNED)
def test_a_requirement_is_shown_by_a_test_with_its_number(number: int) -> None:
    """Whoever audits a number must find the test by the number alone."""
    shown = _rows()[number]

    assert shown.startswith("open:") or f"::test_r{number:02d}_" in shown


def test_build_lines_name_tests_and_not_only_files() -> None:
    """A whole file as evidence says nothing about the one promise."""
    text = PAGE.read_text("utf-8")

    assert re.findall(r"`tests/[\w/]+\.py`", text) == []
