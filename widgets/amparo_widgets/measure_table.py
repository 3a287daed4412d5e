"""What we will do: when, who (a letter), by which day, how far."""

from __future__ import annotations

from amparo.board.parts import threats
from amparo_widgets.part import Part


class MeasureTable(Part):
    """What we will do: when, who (a letter), by which day, how far."""

    name = "measure_table"
    draws = staticmethod(threats.draw)
    vocabularies = ("attack_phase", "approach", "measure_status")
