"""Lengths side by side."""

from __future__ import annotations

from amparo.errors import ReportError
from amparo.report import paper_fonts
from amparo.report.blocks_charts import Bars
from amparo.report.charts_drawing import LEADING, Drawing, Rect, Shape, block, label, lines

_NAMES = 0.34
_GAP = 6.0


def draw_bars(chart: Bars, room: float, pt: float) -> Drawing:
    """Return names, bars and the number at the end of each.

    Raises:
        ReportError: a value is below zero.
    """
    if any(bar.value < 0 for bar in chart.bars):
        raise ReportError("a bar needs a value of zero or more")
    most = chart.most or max((bar.value for bar in chart.bars), default=1.0) or 1.0
    names = room * _NAMES
    shown = [bar.shown or f"{bar.value:g}" for bar in chart.bars]
    ends = min(
        room * 0.3, max((paper_fonts.width(text, pt) for text in shown), default=0) * 1.05 + 6
    )
    long = room - names - 2 * _GAP - ends
    shapes: list[Shape] = []
    y = 0.0
    for bar, end in zip(chart.bars, shown, strict=True):
        text = lines(bar.label, names, pt)
        high = len(text) * pt * LEADING
        shapes += block((0, y, names), text, pt, align="right")
        length = min(bar.value / most, 1.0) * long
        shapes.append(
            Rect(names + _GAP, y + high / 2 - pt * 0.55, max(length, 0.8), pt * 1.1, "black", 0)
        )
        short = lines(end, ends, pt, most=1)[0]
        shapes.append(label((names + 2 * _GAP + length, y, ends, high), short, pt, align="left"))
        y += high + _GAP
    return Drawing(room, max(y - _GAP, 1.0), tuple(shapes), chart.alt)
