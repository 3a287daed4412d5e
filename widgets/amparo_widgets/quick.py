"""Quick: twelve questions, or six, to the one-page sheet; one question a screen."""

from __future__ import annotations

from amparo.board.parts import quick
from amparo_widgets.part import Part


class Quick(Part):
    """Quick: twelve questions, or six, to the one-page sheet; one question a screen."""

    name = "quick"
    draws = staticmethod(quick.draw)
    kinds = quick.KINDS
    page_may_set = frozenset({"path"})
    vocabularies = ("question_tag",)
