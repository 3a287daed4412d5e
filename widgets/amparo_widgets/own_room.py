"""A room of its own, with its own passphrase: the door, and what may be copied out."""

from __future__ import annotations

from amparo.board.parts import own_room
from amparo_widgets.part import Part


class OwnRoom(Part):
    """A room of its own, with its own passphrase: the door, and what may be copied out."""

    name = "own_room"
    draws = staticmethod(own_room.draw)
