"""What happened and what is coming, on one line of time."""

from __future__ import annotations

from amparo.board.parts import timeline
from amparo_widgets.part import Part


class Timeline(Part):
    """What happened and what is coming, on one line of time."""

    name = "timeline"
    draws = staticmethod(timeline.draw)
    kinds = timeline.KINDS
