"""The wheel: eight spokes from 0 in the middle to 4 at the rim."""

from __future__ import annotations

import math

from amparo.errors import ReportError
from amparo.report.blocks_charts import Wheel
from amparo.report.charts_drawing import LEADING, Circle, Drawing, Path, Point, Shape, block, lines

_MOST = 4
_RADIUS_MOST = 120.0
_LEAST_SPOKES = 3


def draw_wheel(chart: Wheel, room: float, pt: float) -> Drawing:
    """Return rings, spokes, the shape of now (solid) and of before (dashed), and the labels.

    Raises:
        ReportError: a value is outside 0 to 4, or there are fewer than three spokes.
    """
    if len(chart.spokes) < _LEAST_SPOKES or any(
        not (0 <= spoke.value <= _MOST and -1 <= spoke.before <= _MOST) for spoke in chart.spokes
    ):
        raise ReportError("a wheel needs three spokes or more, with values of 0 to 4")
    radius = min(_RADIUS_MOST, room * 0.24)
    beside = min(pt * 14, room / 2 - radius - 14)
    texts = [lines(_named(s.label, s.value), beside, pt, most=4) for s in chart.spokes]
    margin = max(len(text) for text in texts) * pt * LEADING + 14
    middle = (room / 2, radius + margin)
    shapes = [*_rings(len(texts), middle, radius), *_values(chart, middle, radius)]
    for i, text in enumerate(texts):
        shapes += _label(text, i / len(texts), middle, radius, pt=pt, wide=beside)
    return Drawing(room, 2 * (radius + margin), tuple(shapes), chart.alt)


def _named(name: str, value: int) -> str:
    return f"{name}: {value}"


def _at(turn: float, middle: Point, distance: float) -> Point:
    """Return a point on a spoke; spokes start at the top and go with the clock."""
    angle = 2 * math.pi * turn
    return middle[0] + distance * math.sin(angle), middle[1] - distance * math.cos(angle)


def _rings(count: int, middle: Point, radius: float) -> list[Shape]:
    shapes: list[Shape] = [
        Circle(*middle, radius * step / _MOST, "none", 1.2 if step == _MOST else 0.5)
        for step in range(_MOST, 0, -1)
    ]
    shapes += [Path((middle, _at(i / count, middle, radius)), stroke=0.5) for i in range(count)]
    return shapes


def _values(chart: Wheel, middle: Point, radius: float) -> list[Shape]:
    count = len(chart.spokes)
    now = [_at(i / count, middle, radius * s.value / _MOST) for i, s in enumerate(chart.spokes)]
    shapes: list[Shape] = [Path(tuple(now), stroke=2.4, closed=True)]
    shapes += [Circle(*point, 3.4, "black", 0) for point in now]
    if all(spoke.before >= 0 for spoke in chart.spokes):
        before = [
            _at(i / count, middle, radius * s.before / _MOST) for i, s in enumerate(chart.spokes)
        ]
        shapes.append(Path(tuple(before), stroke=1.4, dash="dashed", closed=True))
    return shapes


def _label(
    text: tuple[str, ...], turn: float, middle: Point, radius: float, *, pt: float, wide: float
) -> tuple[Shape, ...]:
    x, y = _at(turn, middle, radius + 9)
    high = len(text) * pt * LEADING
    side = math.sin(2 * math.pi * turn)
    top = y - high / 2 - math.cos(2 * math.pi * turn) * high / 2
    if abs(side) < 0.1:  # noqa: PLR2004 (straight up or down)
        return block((x - wide / 2, top, wide), text, pt)
    if side > 0:
        return block((x, top, wide), text, pt, align="left")
    return block((x - wide, top, wide), text, pt, align="right")
