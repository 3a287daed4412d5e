"""Where a running server and its helpers put what they need, and that all of it goes."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import psutil
import pytest

pytestmark = pytest.mark.long


def test_r17_helpers_write_into_private_folders_and_a_kill_leaves_no_process(opened: Any) -> None:
    """Template, kernels and the maker of papers read a person's text as the server does."""
    server = opened("open", "--lang", "en")
    page, frame = server.look("/"), server.look("/am/preview/sheet?lang=en")
    server.until(lambda kernels: len(kernels) >= 2)
    helpers = server.process.children(recursive=True)
    names = [" ".join(one.cmdline()) for one in helpers]
    places = {
        variable: one.environ()[variable]
        for one in helpers
        for variable in ("TMPDIR", "IPYTHONDIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
        if any(word in " ".join(one.cmdline()) for word in ("amparo.kernels", "amparo.report"))
    }
    run = Path(places["TMPDIR"]).parent
    is_known = run in server.run_folders
    modes = {stat.S_IMODE(path.lstat().st_mode) & 0o077 for path in server.parent.rglob("*") if not path.is_symlink()}  # fmt: skip
    history = [path.name for path in server.parent.rglob("*") if path.suffix in {".sqlite", ".log"}]

    server.process.kill()
    server.process.wait(30)
    alive = psutil.wait_procs(helpers, timeout=60)[1]
    second = opened("open", "--lang", "en", runtime=server.parent)
    second.stop()

    assert (page.status, frame.status) == (200, 200)
    assert all(any(word in name for name in names) for word in ("kernels", "press", "keeper"))
    assert is_known
    assert len(places) == 4
    assert all(Path(place).is_relative_to(run) for place in places.values()), places
    assert (modes, history) == ({0}, [])
    assert alive == []
    left = [path for path in server.parent.rglob("*") if path.is_file()]
    assert {path.name for path in left} <= {"lock"}, left
    assert not run.exists()
