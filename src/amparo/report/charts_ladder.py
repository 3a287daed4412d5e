"""The alert ladder: four steps, each wider and darker than the one below it, words beside."""

from __future__ import annotations

from amparo.errors import ReportError
from amparo.report.blocks_charts import Ladder, LadderStep
from amparo.report.charts_drawing import (
    LEADING,
    Drawing,
    Fill,
    Path,
    Rect,
    Shape,
    block,
    label,
    lines,
)

_STEPS = 4
# Low is white, never green: green reads as safe. Nothing depends on colour.
_FILLS: tuple[Fill, ...] = ("white", "moderate", "high", "black")
_SHARE = 0.3
_GAP = 14.0
_PAD = 6.0
_LINES_MOST = 3


def draw_ladder(chart: Ladder, room: float, pt: float) -> Drawing:
    """Return the steps, the highest on top, with their numbers and words.

    Raises:
        ReportError: there are not four steps.
    """
    if len(chart.steps) != _STEPS:
        raise ReportError(f"the ladder has {len(chart.steps)} steps, expected {_STEPS}")
    side = room * _SHARE
    shapes: list[Shape] = []
    y = 0.0
    for place in range(_STEPS - 1, -1, -1):
        words, high = _words(chart.steps[place], side + _GAP, room, pt=pt, y=y)
        long = side * (place + 1) / _STEPS
        shapes.append(Rect(side - long, y, long, high, _FILLS[place], 1.6))
        shapes += _number(place, (side - long, y, long, high), pt)
        shapes += words
        y += high
        if place:
            shapes.append(Path(((side, y), (room, y)), stroke=0.8))
    return Drawing(room, y + 1, tuple(shapes), chart.alt)


def _words(
    step: LadderStep, left: float, room: float, *, pt: float, y: float
) -> tuple[list[Shape], float]:
    wide = room - left
    shapes: list[Shape] = []
    top = y + _PAD
    for n, text in enumerate((step.name, *step.lines)):
        wrapped = lines(text, wide, pt, bold=n == 0, most=_LINES_MOST)
        shapes += block((left, top, wide), wrapped, pt, align="left", bold=n == 0)
        top += len(wrapped) * pt * LEADING + _PAD / 2
    return shapes, max(top - y + _PAD / 2, pt * 3)


def _number(place: int, box: tuple[float, float, float, float], pt: float) -> list[Shape]:
    """A number that can be read on every hatching: on a patch of white where there is one."""
    x, y, wide, high = box
    half = pt * 0.9
    at = (x + wide / 2 - half, y + high / 2 - half, 2 * half, 2 * half)
    patch: list[Shape] = [Rect(*at, "white", 0)] if place else []
    return [*patch, label(at, str(place + 1), pt, bold=True)]
