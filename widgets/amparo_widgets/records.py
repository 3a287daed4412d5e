"""The records of some kinds as cards, each with its whole form."""

from __future__ import annotations

from amparo.board.parts import records
from amparo_widgets.part import Part


class Records(Part):
    """The records of some kinds as cards, each with its whole form."""

    name = "records"
    draws = staticmethod(records.draw)
    place = "form"
