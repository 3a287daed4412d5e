"""Our words: terms and prompts renamed by the group."""

from __future__ import annotations

from amparo.board.parts import own_words
from amparo_widgets.part import Part


class OwnWords(Part):
    """Our words: terms and prompts renamed by the group."""

    name = "own_words"
    draws = staticmethod(own_words.draw)
    kinds = ("own_word",)
