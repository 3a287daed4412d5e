"""Four alert levels as a ladder."""

from __future__ import annotations

from amparo.board.parts import alert_ladder
from amparo_widgets.part import Part


class AlertLadder(Part):
    """Four alert levels as a ladder."""

    name = "alert_ladder"
    draws = staticmethod(alert_ladder.draw)
    kinds = ("alert_level",)
