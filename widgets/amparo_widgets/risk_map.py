"""Where each threat lies on the 5 x 5 grid, as a rectangle from low to high."""

from __future__ import annotations

from amparo_widgets.part import Part, module


class RiskMap(Part):
    """Where each threat lies on the 5 x 5 grid, as a rectangle from low to high."""

    _esm = module("risk_map")
