"""The real command line with a keeper, kernels and a press behind it."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

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
