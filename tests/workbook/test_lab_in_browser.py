"""A trainer opens a copied workbook in JupyterLab, sees the same parts, and saves no output."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from amparo.serve.lab import strip_outputs

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_CLI = (sys.executable, "-c", "from amparo.cli import main; main()")
_PATIENCE_MS = 90_000


def test_a_notebook_is_saved_without_what_it_showed() -> None:
    """A workspace must not end up in a file because somebody pressed save."""
    cell = {
        "cell_type": "code", "source": "1", "execution_count": 3, "outputs": [{"text": "secret"}],
        "metadata": {"tags": ["parameters"], "scrolled": True},
    }  # fmt: skip
    model = {"type": "notebook", "content": {"cells": [cell]}}

    strip_outputs(model)

    assert cell["outputs"] == []
    assert cell["execution_count"] is None
    assert cell["metadata"] == {"tags": ["parameters"]}


def test_other_files_are_left_alone() -> None:
    """The hook sees every file that is saved."""
    model = {"type": "file", "content": "text"}

    strip_outputs(model)

    assert model == {"type": "file", "content": "text"}


@pytest.mark.long
@pytest.mark.browser
def test_a_copied_workbook_runs_in_jupyterlab_and_calls_nobody(
    browser: Browser, tmp_path: Path
) -> None:
    """Whoever changes a workbook must see what the village will see."""
    folder = tmp_path / "workbooks"
    home = {**os.environ, "HOME": str(tmp_path)}
    subprocess.run([*_CLI, "copy", str(folder)], env=home, check=True, timeout=60)
    lab = subprocess.Popen(
        [*_CLI, "lab", str(folder), "--no-browser", "--lang", "es"],
        env=home, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        address, token = _address(lab)
        page = browser.new_context(viewport={"width": 1200, "height": 900}).new_page()
        asked: set[str] = set()
        page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
        page.goto(f"{address}/lab/tree/respond.ipynb?token={token}")
        page.locator(".jp-Notebook .jp-Cell .jp-InputArea-editor").first.click(timeout=_PATIENCE_MS)
        page.keyboard.press("Shift+Enter")
        page.get_by_role("heading", name="Algo pasó").wait_for(timeout=_PATIENCE_MS)
        with page.expect_response(lambda answer: answer.request.method == "PUT"):
            page.keyboard.press("Control+s")
        page.close()
    finally:
        os.killpg(lab.pid, signal.SIGINT)
        lab.communicate(timeout=30)

    assert {host for host in asked if host and not host.startswith("127.0.0.1")} == set()
    saved = json.loads((folder / "respond.ipynb").read_text("utf-8"))
    assert {len(cell["outputs"]) for cell in saved["cells"]} == {0}


def _address(lab: subprocess.Popen[str]) -> tuple[str, str]:
    assert lab.stderr is not None
    for line in lab.stderr:
        found = re.search(r"(http://127\.0\.0\.1:\d+)/\S*token=(\w+)", line)
        if found:
            return found.group(1), found.group(2)
    raise AssertionError("JupyterLab ended without an address")
