"""The interface parts: one anywidget a file."""
