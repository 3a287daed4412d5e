"""The way against one threat, with six questions to it."""

from __future__ import annotations

from amparo.board.parts import strategy_chooser
from amparo_widgets.part import Part


class StrategyChooser(Part):
    """The way against one threat, with six questions to it."""

    name = "strategy_chooser"
    draws = staticmethod(strategy_chooser.draw)
    kinds = ("strategy_choice",)
    page_may_set = frozenset({"threat"})
