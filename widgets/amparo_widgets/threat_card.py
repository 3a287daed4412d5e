"""The threats: one sentence each, signs, and five questions if it was announced."""

from __future__ import annotations

from amparo.board.parts import threats
from amparo_widgets.part import Part


class ThreatCard(Part):
    """The threats: one sentence each, signs, and five questions if it was announced."""

    name = "threat_card"
    draws = staticmethod(threats.draw_cards)
    kinds = ("threat", "declared_analysis")
    place = "form"
