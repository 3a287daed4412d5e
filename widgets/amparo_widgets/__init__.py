"""The interface parts: one anywidget a file."""

from amparo_widgets.workbook import Workbook

__all__ = ["Workbook"]
