"""The timeline: marks stacked over their month, shaped by severity."""

from __future__ import annotations

from collections import Counter

from amparo.errors import ReportError
from amparo.report import paper_fonts
from amparo.report.blocks_charts import Timeline
from amparo.report.charts_drawing import (
    LEADING,
    Circle,
    Drawing,
    Path,
    Rect,
    Shape,
    block,
    label,
    lines,
)

_SEVERITIES = 5
_SIGN = 26.0
_LABEL_MOST = 3


def draw_timeline(chart: Timeline, room: float, pt: float) -> Drawing:
    """Return one or more rows of months with their marks, and the legend.

    Raises:
        ReportError: a mark lies outside the months, or its severity outside 0 to 4.
    """
    _check(chart)
    least = max(pt * 2.6, max(map(_word_width, chart.months), default=0.0) * pt + 4)
    across = _even(len(chart.months), max(1, int(room // least)))
    shapes: list[Shape] = []
    y = 0.0
    for first in range(0, len(chart.months), across):
        row, y = _row(chart, first, min(across, len(chart.months) - first), room=room, pt=pt, y=y)
        shapes += row
    legend, y = _legend(chart, room, pt, y + 4)
    return Drawing(room, y, (*shapes, *legend), chart.alt)


def _even(months: int, most: int) -> int:
    """Return how many months a row has: 12 are 6 and 6, never 9 and 3 drawn wide."""
    rows = -(-months // most)
    return -(-months // rows)


def _check(chart: Timeline) -> None:
    if not chart.months:
        raise ReportError("a timeline needs a month")
    for mark in chart.happenings:
        if not (0 <= mark.month < len(chart.months) and 0 <= mark.severity < _SEVERITIES):
            raise ReportError("a mark lies outside the months or outside severity 0 to 4")
        if len(mark.label) > _LABEL_MOST:
            raise ReportError(f"a mark needs a label of at most {_LABEL_MOST} characters")


def _word_width(month: str) -> float:
    return max((paper_fonts.width(word, 1.0) for word in month.split()), default=1.0) * 1.04


def _row(
    chart: Timeline, first: int, count: int, *, room: float, pt: float, y: float
) -> tuple[list[Shape], float]:
    marks = [mark for mark in chart.happenings if first <= mark.month < first + count]
    step = pt * 2.0
    columns = Counter(mark.month for mark in marks)
    base = y + max(columns.values(), default=1) * step + 6
    wide = room / count
    shapes: list[Shape] = [Path(((0, base), (room, base)), stroke=1.2)]
    stacked: Counter[int] = Counter()
    for mark in marks:
        x = (mark.month - first + 0.5) * wide
        middle = base - 4 - (stacked[mark.month] + 0.5) * step
        stacked[mark.month] += 1
        shapes += _mark(mark.severity, mark.label, x, middle, pt)
    deepest = 1
    for i in range(count):
        text = lines(chart.months[first + i], wide - 2, pt, most=3)
        deepest = max(deepest, len(text))
        shapes.append(Path(((i * wide, base), (i * wide, base + 4)), stroke=0.8))
        shapes += block((i * wide, base + 4, wide), text, pt)
    return shapes, base + 4 + deepest * pt * LEADING + 6


def _mark(severity: int, text: str, x: float, y: float, pt: float) -> list[Shape]:
    """Thin circle, thin square, thick square, black disc, black square: they survive a blur."""
    half = pt * 0.92
    box = (x - half, y - half, 2 * half, 2 * half)
    outlines: tuple[Shape, ...] = (
        Circle(x, y, half - 1, "white", 0.8),
        Rect(*box, "white", 0.8),
        Rect(*box, "white", 2.6),
        Circle(x, y, half, "black", 0),
        Rect(*box, "black", 0),
    )
    return [outlines[severity], label(box, text, pt, bold=True, white=severity > 2)]  # noqa: PLR2004


def _legend(chart: Timeline, room: float, pt: float, y: float) -> tuple[list[Shape], float]:
    shapes: list[Shape] = []
    used = sorted({mark.severity for mark in chart.happenings})
    x = 0.0
    high = pt * 2.0
    for severity in used:
        word = chart.severities[severity] if severity < len(chart.severities) else str(severity)
        word = lines(word, room - _SIGN - 4, pt, most=1)[0]
        long = paper_fonts.width(word, pt) * 1.03 + 2
        if x and x + _SIGN + long > room:
            x, y = 0.0, y + high
        shapes += _mark(severity, "", x + pt, y + high / 2, pt)[:1]
        shapes.append(label((x + _SIGN, y, min(long, room - _SIGN), high), word, pt, align="left"))
        x += _SIGN + long + pt
    return shapes, y + (high if used else 0)
