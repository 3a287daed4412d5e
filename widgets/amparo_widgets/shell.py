"""Stages and steps, track, the save line, undo: the frame of every screen."""

from __future__ import annotations

from amparo.board.parts import shell
from amparo_widgets.part import Part


class Shell(Part):
    """Stages and steps, track, the save line, undo: the frame of every screen."""

    name = "shell"
    draws = staticmethod(shell.draw)
