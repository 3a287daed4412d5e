"""What we will do: when, who (a letter), by which day, how far."""

from __future__ import annotations

from amparo_widgets.part import Part, module


class MeasureTable(Part):
    """What we will do: when, who (a letter), by which day, how far."""

    _esm = module("measure_table")
