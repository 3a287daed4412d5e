"""The reference page of the records."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from amparo.model.describe import describe
from amparo.model.registry import RECORD_TYPES

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "records.md"


def test_the_page_is_in_step_with_the_records() -> None:
    """Run ``python -m amparo.model.describe > docs/reference/records.md`` after a change."""
    assert PAGE.read_text(encoding="utf-8") == describe()


def test_the_command_writes_the_page() -> None:
    """The page names the command that makes it."""
    command = [sys.executable, "-m", "amparo.model.describe"]
    done = subprocess.run(command, capture_output=True, check=True)

    assert done.stdout.decode("utf-8") == describe()


@pytest.mark.parametrize("model", RECORD_TYPES, ids=lambda model: model.kind)
def test_every_kind_and_field_is_on_the_page(model) -> None:
    """Who audits the file wants to know all it can hold."""
    page = describe()

    assert f"## {model.step} · `{model.kind}`" in page
    assert not [name for name in model.model_fields if f"`{name}`" not in page]
