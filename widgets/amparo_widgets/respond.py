"""Something happened: care first, then danger, traces, whom to tell, and thinking."""

from __future__ import annotations

from amparo.board.parts import respond
from amparo_widgets.part import Part


class Respond(Part):
    """Something happened: care first, then danger, traces, whom to tell, and thinking."""

    name = "respond"
    draws = staticmethod(respond.draw)
