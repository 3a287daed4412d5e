"""A 20-minute tabletop from the group's own sheet: six timed cards and an observer's list."""

from __future__ import annotations

from amparo.board.parts import drill_maker
from amparo_widgets.part import Part


class DrillMaker(Part):
    """A 20-minute tabletop from the group's own sheet: six timed cards and an observer's list."""

    name = "drill_maker"
    draws = staticmethod(drill_maker.draw)
    kinds = ("drill",)
