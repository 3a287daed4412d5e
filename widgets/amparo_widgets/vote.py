"""The silent vote and the agreed range, for one threat and one state at a time."""

from __future__ import annotations

from amparo.board.parts import vote
from amparo_widgets.part import Part


class Vote(Part):
    """The silent vote and the agreed range, for one threat and one state at a time."""

    name = "vote"
    draws = staticmethod(vote.draw)
    kinds = ("risk_state",)
    place = "form"
    page_may_set = frozenset({"threat"})
