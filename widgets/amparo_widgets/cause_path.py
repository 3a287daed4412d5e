"""Paths to causes, as seven stepping stones."""

from __future__ import annotations

from amparo.board.parts import cause_path
from amparo_widgets.part import Part


class CausePath(Part):
    """Paths to causes, as seven stepping stones."""

    name = "cause_path"
    draws = staticmethod(cause_path.draw)
    kinds = cause_path.KINDS
