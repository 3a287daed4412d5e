"""The grid of actors: against us to with us from side to side, weight from bottom to top."""

from __future__ import annotations

from collections.abc import Iterable

from amparo.errors import ReportError
from amparo.report import paper_fonts
from amparo.report.blocks_charts import ActorGrid, PlacedActor
from amparo.report.charts_drawing import (
    LEADING,
    Drawing,
    Rect,
    Shape,
    block,
    lines,
)

_WEIGHTS = 5
_STANCES = 5
_MOST = 2
_GAP = 6.0
_PAD = 2.5
_LEAST_PT = 10.0
_LINES_MOST = 3


def draw_actor_grid(chart: ActorGrid, room: float, pt: float) -> Drawing:
    """Return the words of both axes and a small box for everybody, stacked in their cell.

    Raises:
        ReportError: somebody stands outside the scales, or a scale lacks words.
    """
    _check(chart)
    names, wide = _widths(chart, room, pt)
    if _longest((actor.label for actor in chart.actors), pt) > _inside(wide):
        # Whole words in smaller letters are read sooner than large ones cut in two.
        pt = min(pt, _LEAST_PT)
        names, wide = _widths(chart, room, pt)
    heads = [lines(word, wide - 2, pt, bold=True) for word in chart.stances]
    y = max(map(len, heads)) * pt * LEADING + _PAD
    shapes: list[Shape] = []
    for column, head in enumerate(heads):
        top = y - _PAD - len(head) * pt * LEADING
        shapes += block((_left(column, names, wide), top, wide), head, pt, bold=True)
    for influence in range(_WEIGHTS, 0, -1):
        row, y = _row(chart, influence, names, wide, pt=pt, y=y)
        shapes += row
    return Drawing(room, y + 1, tuple(shapes), chart.alt)


def _check(chart: ActorGrid) -> None:
    if len(chart.stances) != _STANCES + 1 or len(chart.influences) != _WEIGHTS:
        raise ReportError("a grid of actors needs words for six columns and five rows")
    for actor in chart.actors:
        if not (-_MOST <= actor.stance <= _MOST and 1 <= actor.influence <= _WEIGHTS):
            raise ReportError("an actor lies outside stance -2 to 2 or influence 1 to 5")


def _widths(chart: ActorGrid, room: float, pt: float) -> tuple[float, float]:
    """Return the width of the words of weight, and of one column."""
    names = min(room / 5, _longest(chart.influences, pt) * 1.03 + 8)
    return names, (room - names - _GAP) / (_STANCES + 1)


def _longest(texts: Iterable[str], pt: float) -> float:
    words = (word for text in texts for word in text.split())
    return max((paper_fonts.width(word, pt) for word in words), default=0.0)


def _inside(wide: float) -> float:
    return wide - 2 * _PAD - 2


def _left(column: int, names: float, wide: float) -> float:
    """Those whose stance nobody knows stand apart, in a column of their own."""
    return names + column * wide + (_GAP if column == _STANCES else 0.0)


def _column(actor: PlacedActor) -> int:
    return actor.stance + _MOST if actor.known else _STANCES


def _row(
    chart: ActorGrid, influence: int, names: float, wide: float, *, pt: float, y: float
) -> tuple[list[Shape], float]:
    word = lines(chart.influences[influence - 1], names - 6, pt, most=3)
    step = pt * LEADING
    cells: list[list[tuple[str, ...]]] = [[] for _ in range(_STANCES + 1)]
    for actor in chart.actors:
        if actor.influence == influence:
            text = lines(actor.label, _inside(wide), pt, most=_LINES_MOST)
            cells[_column(actor)].append(text)
    deep = [sum(len(text) * step + 2 * _PAD for text in cell) for cell in cells]
    high = max(*deep, len(word) * step) + 2 * _PAD
    middle = y + (high - len(word) * step) / 2
    shapes: list[Shape] = [*block((0, middle, names - 6), word, pt, align="right")]
    for column, cell in enumerate(cells):
        shapes += _cell(cell, (_left(column, names, wide), y, wide, high), pt)
    return shapes, y + high


def _cell(
    cell: list[tuple[str, ...]], box: tuple[float, float, float, float], pt: float
) -> list[Shape]:
    x, y, wide, high = box
    shapes: list[Shape] = [Rect(x, y, wide, high, "white", 0.6)]
    top = y + _PAD
    for text in cell:
        tall = len(text) * pt * LEADING + _PAD
        shapes.append(Rect(x + _PAD, top, wide - 2 * _PAD, tall, "white", 1.2))
        shapes += block((x + _PAD + 1, top + _PAD / 2, _inside(wide)), text, pt)
        top += tall + _PAD
    return shapes
