"""Where each threat lies on the 5 x 5 grid, as a rectangle from low to high."""

from __future__ import annotations

from amparo.board.parts import threats
from amparo_widgets.part import Part


class RiskMap(Part):
    """Where each threat lies on the 5 x 5 grid, as a rectangle from low to high."""

    name = "risk_map"
    draws = staticmethod(threats.draw)
    place = "picture"
