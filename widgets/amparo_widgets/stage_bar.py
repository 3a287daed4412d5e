"""Eight stages, the save line, undo and redo."""

from __future__ import annotations

from amparo_widgets.part import Part, module


class StageBar(Part):
    """Eight stages, the save line, undo and redo."""

    _esm = module("stage_bar")
