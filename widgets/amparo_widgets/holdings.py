"""What we must not lose, and what is taken with each place."""

from __future__ import annotations

from amparo.board.parts import holdings
from amparo_widgets.part import Part


class Holdings(Part):
    """What we must not lose, and what is taken with each place."""

    name = "holdings"
    draws = staticmethod(holdings.draw)
    kinds = holdings.KINDS
