"""What is built is what git holds, no more and no less."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACES = {
    "src/amparo/": "amparo/",
    "widgets/amparo_widgets/": "amparo_widgets/",
    "workbooks/": "amparo/_bundled/workbooks/",
    "curricula/": "amparo/_bundled/curricula/",
}


def _in_wheel(path: str) -> str | None:
    found = next((place for place in PLACES if path.startswith(place)), None)
    return PLACES[found] + path.removeprefix(found) if found else None


def test_the_wheel_holds_what_git_holds(tmp_path: Path) -> None:
    """A filled-in workbook lying about must never be shipped, a template never be forgotten."""
    copy = tmp_path / "copy"
    subprocess.run(["git", "clone", "-q", ROOT, copy], check=True)
    stray = copy / "workbooks" / "mine.local.ipynb"
    stray.write_text("{}", "utf-8")

    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
                   cwd=copy, check=True, capture_output=True)  # fmt: skip

    listed = subprocess.run(
        ["git", "ls-files"], cwd=copy, check=True, capture_output=True, text=True
    )
    wanted = {name for path in listed.stdout.splitlines() if (name := _in_wheel(path))}
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert held == wanted
    assert "amparo/_bundled/workbooks/assess.ipynb" in held
