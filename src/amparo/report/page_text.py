"""Text as HTML: every sign of the user stays a sign, numbers keep their order."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from amparo.report.blocks_text import Run, Text, runs
from amparo.report.paper_text import directed, visible


def html_text(text: Text, *, rtl: bool) -> str:
    """Return *text* as the inside of an element.

    Args:
        text: literal, as everywhere.
        rtl: whether the page is read from right to left; numbers in it are then kept apart.
    """
    seen = (replace(run, text=visible(run.text)) for run in runs(text))
    return "".join(_piece(piece) for run in seen for piece in directed(run, rtl=rtl) if piece.text)


def attribute(text: str) -> str:
    """Return *text* as the value of an attribute, on one line and without quotes around it."""
    return escape(" ".join(visible(text).split()))


def _piece(run: Run) -> str:
    shown = escape(run.text).replace("\n", "<br/>")
    if run.mono:
        shown = f'<code dir="ltr">{shown}</code>'
    elif run.ltr:
        shown = f'<bdi dir="ltr">{shown}</bdi>'
    if run.emphasis:
        shown = f"<em>{shown}</em>"
    return f"<strong>{shown}</strong>" if run.strong else shown
