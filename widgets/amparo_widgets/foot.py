"""Below every step: back, "we have finished this", next."""

from __future__ import annotations

from amparo.board.parts import foot
from amparo_widgets.part import Part


class Foot(Part):
    """Below every step: back, "we have finished this", next."""

    name = "foot"
    draws = staticmethod(foot.draw)
