"""Looking again: what changed since the last version, and the next one."""

from __future__ import annotations

from amparo.board.parts import review
from amparo_widgets.part import Part


class Review(Part):
    """Looking again: what changed since the last version, and the next one."""

    name = "review"
    draws = staticmethod(review.draw)
    kinds = review.KINDS
    vocabularies = ("measure_status", "risk_bands")
