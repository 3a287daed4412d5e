"""The real command line with a keeper, kernels and a press behind it."""

from __future__ import annotations

import sys
import tempfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import SimpleNamespace

import pytest

_SERVED = Path(__file__).parents[2] / "serve" / "conftest.py"
_spec = spec_from_file_location("served", _SERVED)
assert _spec is not None
assert _spec.loader is not None
_served = module_from_spec(_spec)
sys.modules["served"] = _served  # its dataclasses look themselves up there
_spec.loader.exec_module(_served)

opened = _served.opened
start = _served.start
server = _served.server

TELLING = Path(__file__).parent / "telling"


@pytest.fixture
def telling(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Let every process that is started answer a signal with a file in this folder."""
    place = tmp_path / "told"
    place.mkdir()
    monkeypatch.setenv("TELL_TO", str(place))
    monkeypatch.setenv("PYTHONPATH", ":".join([str(TELLING), *filter(None, sys.path)]))
    return place


@pytest.fixture(scope="module")
def served() -> SimpleNamespace:
    """Lend the tools of the server's own tests."""
    return SimpleNamespace(Server=_served.Server, short_folder=tempfile.mkdtemp)
