"""The causes as a tree, and how far our arm reaches."""

from __future__ import annotations

from amparo.board.parts import cause_tree
from amparo_widgets.part import Part


class CauseTree(Part):
    """The causes as a tree, and how far our arm reaches."""

    name = "cause_tree"
    draws = staticmethod(cause_tree.draw)
    kinds = cause_tree.KINDS
