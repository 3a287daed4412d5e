"""What moves each kind of actor, and what never to do."""

from __future__ import annotations

from amparo.board.parts import actor_cards
from amparo_widgets.part import Part


class ActorCards(Part):
    """What moves each kind of actor, and what never to do."""

    name = "actor_cards"
    draws = staticmethod(actor_cards.draw)
