"""The plain route: papermill's own command line, then nbconvert --to webpdf with a browser."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from amparo.resources import bundled

NOTEBOOK = bundled("workbooks") / "reports" / "analysis.ipynb"


def timed(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{command[0]} failed:\n{done.stderr[-2000:]}")
    return wall, (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def browser_place(folder: Path, chrome: str) -> dict[str, str]:
    """Let playwright find the installed browser where it expects its own."""
    environment = {**os.environ, "PLAYWRIGHT_BROWSERS_PATH": str(folder)}
    code = (
        "from playwright.sync_api import sync_playwright as s\n"
        "with s() as p: print(p.chromium.executable_path)"
    )
    expected = Path(
        subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True,
                       check=True).stdout.strip()
    )  # fmt: skip
    number = expected.relative_to(folder).parts[0].rpartition("-")[2]
    shells = (
        f"chromium_headless_shell-{number}/chrome-headless-shell-linux64/chrome-headless-shell",
        f"chromium_headless_shell-{number}/chrome-linux/headless_shell",
    )
    for place in (expected, *(folder / shell for shell in shells)):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        place.symlink_to(chrome)
    return environment


def plain(folder: Path, environment: dict[str, str], ticket: str) -> tuple[float, float]:
    bin_ = Path(sys.executable).parent
    ran = folder / "ran.ipynb"
    first = timed(
        [str(bin_ / "papermill"), str(NOTEBOOK), str(ran), "-p", "ticket", ticket], environment
    )
    second = timed(
        [str(bin_ / "jupyter"), "nbconvert", "--to", "webpdf", "--no-input", str(ran),
         "--WebPDFExporter.disable_sandbox=True"],
        environment,
    )  # fmt: skip
    return first[0] + second[0], first[1] + second[1]
