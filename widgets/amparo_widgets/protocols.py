"""What each one does on a bad day."""

from __future__ import annotations

from amparo.board.parts import protocols
from amparo_widgets.part import Part


class Protocols(Part):
    """What each one does on a bad day."""

    name = "protocols"
    draws = staticmethod(protocols.draw)
    kinds = ("protocol",)
