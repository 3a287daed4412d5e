"""What we will do: before, during and after by four approaches."""

from __future__ import annotations

from amparo.board.parts import measure_board
from amparo_widgets.part import Part


class MeasureBoard(Part):
    """What we will do: before, during and after by four approaches."""

    name = "measure_board"
    draws = staticmethod(measure_board.draw)
    kinds = ("measure",)
    page_may_set = frozenset({"threat", "phase", "approach", "first"})
