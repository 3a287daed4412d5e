"""The scripts of the parts, as JupyterLab gets them: each in one piece with all it imports."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

from amparo_widgets import part

_STATIC = Path(part.__file__).with_name("static")
_SCRIPTS = sorted(path.stem for path in _STATIC.glob("*.js"))


@pytest.mark.parametrize("name", _SCRIPTS)
def test_a_script_and_all_it_imports_fit_into_one_module(name: str) -> None:
    """Two helpers with one name, or a slip of the pen, would leave a screen empty."""
    node, *_ = compute_driver_executable()
    whole = part.module(name).encode()

    done = subprocess.run(
        [str(node), "--input-type=module", "--check"],
        input=whole,
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr.decode()


def test_the_style_of_every_part_travels_along() -> None:
    """A style of its own that nobody imports is a picture without lines."""
    styles = sorted(path.name for path in _STATIC.glob("*.css") if path.name != "parts.css")
    head = part.static("parts.css").partition(".amparo-page")[0]

    assert [name for name in styles if f'@import "./{name}";' not in head] == []
    assert "@import" not in part.style()
