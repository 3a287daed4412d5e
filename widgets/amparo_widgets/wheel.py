"""Is our security round, or flat somewhere?"""

from __future__ import annotations

from amparo.board.parts import wheel
from amparo_widgets.part import Part


class Wheel(Part):
    """Is our security round, or flat somewhere?"""

    name = "wheel"
    draws = staticmethod(wheel.draw)
    kinds = ("wheel",)
