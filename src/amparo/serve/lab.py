"""JupyterLab on a copied workbook, for a trainer who changes it: quiet, local, nothing kept.

The same private run folder as the pages; no terminal, no news, no extension from elsewhere; a
notebook is saved without its outputs, so that no workspace ends up in a file.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from amparo.serve.run_folder import run_folder

_CONFIG = """
from amparo.hardening import harden

harden()
c = get_config()
c.ServerApp.ip = "127.0.0.1"
c.ServerApp.open_browser = {browser!r}
c.ServerApp.root_dir = {folder!r}
c.ServerApp.port = {port!r}
c.ServerApp.terminals_enabled = False
c.ServerApp.allow_remote_access = False
c.ServerApp.allow_root = {root!r}
c.FileContentsManager.pre_save_hook = "amparo.serve.lab.strip_outputs"
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.handlers.announcements.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"
"""
_KEPT_IN_METADATA = frozenset({"tags", "editable", "deletable", "slideshow"})


def strip_outputs(model: dict[str, Any], **_: Any) -> None:
    """Take outputs, counts and local metadata out of a notebook before it is saved."""
    if model.get("type") != "notebook" or not isinstance(model.get("content"), dict):
        return
    for cell in model["content"].get("cells", []):
        kept = cell.get("metadata", {})
        cell["metadata"] = {name: kept[name] for name in kept if name in _KEPT_IN_METADATA}
        if cell.get("cell_type") == "code":
            cell["outputs"] = []
            cell["execution_count"] = None


def run_lab(
    folder: Path, environment: Mapping[str, str], *, port: int, browser: bool, first: str
) -> int:
    """Run JupyterLab on *folder* until it is stopped; return its exit code.

    Args:
        folder: the copied workbooks.
        environment: what kernels need to reach the keeper.
        port: port on 127.0.0.1; 0 takes any free one.
        browser: whether to open a browser; else the address is printed.
        first: the notebook to show.
    """
    with run_folder() as run:
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        config = _CONFIG.format(
            browser=browser, folder=str(folder.absolute()), port=port, root=root
        )
        (run.path / "config" / "jupyter_server_config.py").write_text(config, "utf-8")
        given = {**os.environ, **run.environment(), **environment}
        given.pop("AMPARO_PARTS", None)  # no page of ours serves the scripts here
        command = [sys.executable, "-m", "jupyterlab", "--log-level=CRITICAL", first]
        return subprocess.call(command, cwd=folder, env=given)  # noqa: S603 - our own program
