"""The emergency sheet, written and seen as it will be printed."""

from __future__ import annotations

from amparo.board.parts import sheet_editor
from amparo_widgets.part import Part


class SheetEditor(Part):
    """The emergency sheet, written and seen as it will be printed."""

    name = "sheet_editor"
    draws = staticmethod(sheet_editor.draw)
    kinds = ("sheet",)
