"""Numbers that keep their order in right-to-left text, where a file has no way to say so.

A telephone that is turned around rings somewhere else, and of two letters the first one is the
person who acts and the second one the deputy. Plain text and word processors decide the order by
the letters around; unseen marks on both sides of a piece keep it as it is read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from amparo.report.blocks_text import Run, Text, runs
from amparo.report.paper_text import directed, visible

LEFT_TO_RIGHT = "\u200e"
RIGHT_TO_LEFT = "\u200f"


def marked(text: Text, *, rtl: bool) -> Iterator[Run]:
    """Return *text* as runs that can be written down, with marks where order counts.

    Args:
        text: literal.
        rtl: whether the page is read from right to left; else nothing is marked.
    """
    seen = (replace(run, text=visible(run.text)) for run in runs(text))
    pieces = [piece for run in seen for piece in directed(run, rtl=rtl) if piece.text]
    if not rtl:
        yield from pieces
        return
    for number, piece in enumerate(pieces):
        beside = (*pieces[max(0, number - 1) : number], *pieces[number + 1 : number + 2])
        sign = _sign(piece, between=len(beside) > 1 and all(other.ltr for other in beside))
        yield replace(piece, text=f"{sign}{piece.text}{sign}")


def _sign(piece: Run, *, between: bool) -> str:
    if piece.mono or (piece.ltr and piece.text.isalnum()):
        # Letters and digits alone keep their order anyway.
        return ""
    if piece.ltr:
        return LEFT_TO_RIGHT
    # A comma between two letters takes their direction, and they change places.
    return RIGHT_TO_LEFT if between and not _has_letters(piece.text) else ""


def _has_letters(text: str) -> bool:
    """Tell whether *text* has a direction of its own; an Arabic comma has none."""
    return any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in text)
