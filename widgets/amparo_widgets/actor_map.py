"""Who is involved, in three pictures."""

from __future__ import annotations

from amparo.board.parts import actor_map
from amparo_widgets.part import Part


class ActorMap(Part):
    """Who is involved, in three pictures."""

    name = "actor_map"
    draws = staticmethod(actor_map.draw)
    kinds = actor_map.KINDS
