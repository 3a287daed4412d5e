"""What makes it easier to hurt us, and what protects us, as a house with two sides."""

from __future__ import annotations

from amparo.board.parts import house
from amparo_widgets.part import Part


class House(Part):
    """What makes it easier to hurt us, and what protects us, as a house with two sides."""

    name = "house"
    draws = staticmethod(house.draw)
    kinds = ("factor",)
    page_may_set = frozenset({"threat"})
