"""The agenda: one box a week, marks stacked in the week in which something is due."""

from __future__ import annotations

from collections import Counter

from amparo.errors import ReportError
from amparo.report import paper_fonts
from amparo.report.blocks_charts import Agenda, Due
from amparo.report.charts_drawing import (
    LEADING,
    Circle,
    Drawing,
    Rect,
    Shape,
    block,
    label,
    lines,
)

_LABEL_MOST = 3
_LEAST_EM = 2.4
_PAD = 4.0
_BELOW = 8.0


def draw_agenda(chart: Agenda, room: float, pt: float) -> Drawing:
    """Return one or more rows of boxes with their marks, and the first day of each week.

    Raises:
        ReportError: a mark lies outside the weeks, or its label is too long.
    """
    _check(chart)
    words = max(paper_fonts.width(word, pt) for week in chart.weeks for word in week.split())
    across = max(1, int(room // max(pt * _LEAST_EM, words * 1.04 + 9)))
    count = len(chart.weeks)
    # Rows of about the same length: one week alone in a second row looks forgotten.
    size = -(-count // -(-count // across))
    shapes: list[Shape] = []
    y = 0.0
    for first in range(0, count, size):
        row, y = _row(chart, range(first, min(first + size, count)), room / size, pt=pt, y=y)
        shapes += row
    return Drawing(room, y, tuple(shapes), chart.alt)


def _check(chart: Agenda) -> None:
    if not any(week.strip() for week in chart.weeks):
        raise ReportError("an agenda needs a week")
    for mark in chart.marks:
        if not 0 <= mark.week < len(chart.weeks):
            raise ReportError("a mark lies outside the weeks")
        if not 1 <= len(mark.label) <= _LABEL_MOST:
            raise ReportError(f"a mark needs a label of at most {_LABEL_MOST} characters")


def _row(
    chart: Agenda, weeks: range, wide: float, *, pt: float, y: float
) -> tuple[list[Shape], float]:
    marks = [mark for mark in chart.marks if mark.week in weeks]
    side = pt * 1.84
    across = max(1, int((wide - _PAD) // (side + 2)))
    most = max(Counter(mark.week for mark in marks).values(), default=1)
    high = -(-most // across) * (side + 3) + 2 * _PAD
    shapes: list[Shape] = []
    placed: Counter[int] = Counter()
    deepest = 1
    for n, week in enumerate(weeks):
        shapes.append(Rect(n * wide, y, wide, high, "white", 1.0))
        text = lines(chart.weeks[week], wide - 8, pt, most=3)
        deepest = max(deepest, len(text))
        shapes += block((n * wide, y + high + 2, wide), text, pt)
    for mark in marks:
        line, column = divmod(placed[mark.week], across)
        placed[mark.week] += 1
        left = (mark.week - weeks.start) * wide + (wide - across * (side + 2)) / 2 + 1
        corner = (left + column * (side + 2), y + _PAD + line * (side + 3))
        shapes += _mark(mark, corner, side, pt)
    return shapes, y + high + 2 + deepest * pt * LEADING + _BELOW


def _mark(mark: Due, corner: tuple[float, float], side: float, pt: float) -> list[Shape]:
    """A square is done by somebody, a black disc comes by itself."""
    x, y = corner
    half = side / 2
    sign: Shape = (
        Circle(x + half, y + half, half, "black", 0)
        if mark.comes
        else Rect(x, y, side, side, "white", 1.2)
    )
    box = (x, y, side, side)
    return [sign, label(box, mark.label, pt, bold=True, white=mark.comes)]
