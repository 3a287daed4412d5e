"""What the pages tell people to type can be typed."""

from __future__ import annotations

import importlib
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from amparo import store
from amparo.store import Passphrase

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md")])
SECRET = "lantern copper meadow violin harbor thistle"


def _commands(page: Path) -> list[str]:
    text = page.read_text("utf-8")
    blocks = re.findall(r"```(?:sh)?\n(.*?)```", text, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    # In a sentence a command's bare name stands for itself; with options it is meant to be typed.
    said = [one for one in re.findall(r"`(amparo [^`\n]+)`", text) if " -" in one or "..." in one]
    return [one for one in (*lines, *said) if one.startswith("amparo ") and "--help" not in one]


def _parse(name: str, *words: str) -> None:
    command: click.Command = importlib.import_module(
        f"amparo.cli.{name.partition('-')[0]}_command"
    ).command
    if isinstance(command, click.Group):
        name, *rest = words
        found = command.get_command(click.Context(command), name)
        assert found is not None, name
        command, words = found, tuple(rest)
    command.make_context(name, list(words))


@pytest.mark.parametrize("page", [page for page in PAGES if _commands(page)], ids=lambda p: p.stem)
def test_every_command_on_a_page_can_be_given(page: Path) -> None:
    """An option that does not exist stops a person at the first step."""
    for line in _commands(page):
        _parse(*shlex.split(line, comments=True)[1:])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    """A page that is not there is no help on a bad day."""
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8"))

    gone = [one for one in targets if "://" not in one and not (page.parent / one).exists()]
    assert gone == []


def test_the_script_that_prints_a_changed_report_works(tmp_path: Path) -> None:
    """It is the only way to print an own notebook, so it must not rot."""
    text = (ROOT / "docs/how-to/change-a-report.md").read_text("utf-8")
    script, target = tmp_path / "make_mine.py", tmp_path / "mine.pdf"
    script.write_text(re.findall(r"```python\n(.*?)```", text, re.DOTALL)[0], "utf-8")
    store.create(tmp_path / "w.amparo", [Passphrase(SECRET)]).close()
    notebook = ROOT / "workbooks/reports/plan.ipynb"

    ran = subprocess.run(
        [sys.executable, "-W", "ignore", script, tmp_path / "w.amparo", notebook, target],
        input=SECRET + "\n", capture_output=True, text=True, check=False, start_new_session=True,
    )  # fmt: skip

    assert ran.returncode == 0, ran.stderr
    assert target.read_bytes().startswith(b"%PDF")
