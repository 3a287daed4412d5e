"""The threats: one sentence each, how likely, how bad, how sure."""

from __future__ import annotations

from amparo.board.parts import threats
from amparo_widgets.part import Part


class ThreatCard(Part):
    """The threats: one sentence each, how likely, how bad, how sure."""

    name = "threat_card"
    draws = staticmethod(threats.draw)
    vocabularies = ("threat_types", "imminence", "confidence")
    place = "form"
