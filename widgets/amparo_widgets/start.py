"""The first screen: language, danger today, where it is kept and until when."""

from __future__ import annotations

from amparo.board.parts import start
from amparo_widgets.part import Part


class Start(Part):
    """The first screen: language, danger today, where it is kept and until when."""

    name = "start"
    draws = staticmethod(start.draw)
