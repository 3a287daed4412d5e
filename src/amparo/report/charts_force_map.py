"""The map of forces and money: boxes in layers, numbered arrows, and what the numbers mean."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.errors import ReportError
from amparo.report.blocks import Numbered
from amparo.report.blocks_charts import Edge, ForceMap
from amparo.report.charts_drawing import (
    LEADING,
    Circle,
    Drawing,
    Path,
    Point,
    Rect,
    Shape,
    block,
    label,
    lines,
)
from amparo.report.charts_layers import Layout, layered

_BOX_MOST = 150.0
_BOX_LEAST_EM = 8.2
_GAP = 12.0
_PASS = 12.0
_ARROW = 6.0
_FEW = 16
_FLAT = 6
_PAD = 4.0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a box or a passing arrow stands."""

    x: float
    top: float
    w: float
    h: float

    @property
    def middle(self) -> float:
        return self.x + self.w / 2


def draw_force_map(chart: ForceMap, room: float, pt: float) -> Drawing:
    """Return boxes and numbered arrows; ``arrow_list`` goes below it.

    Raises:
        ReportError: an arrow starts or ends nowhere, or two boxes share an id.
    """
    edges = _checked(chart)
    number = {node.id: i for i, node in enumerate(chart.nodes)}
    most = max(1, int((room + _GAP) // (pt * _BOX_LEAST_EM + _GAP)))
    layout = layered(
        len(chart.nodes),
        [(number[e.source], number[e.target]) for e in edges],
        most=min(most, 4 if len(chart.nodes) <= _FEW else 5),
    )
    places, below = _places(chart, layout, room=room, pt=pt)
    shapes = [*_arrows(edges, layout, places, pt), *_boxes(chart, places, pt)]
    return Drawing(room, below, tuple(shapes), chart.alt)


def arrow_list(chart: ForceMap, *, rtl: bool = False) -> Numbered:
    """Return what the numbers in the picture mean: "from → to: what"."""
    names = {node.id: node.label for node in chart.nodes}
    sign = "←" if rtl else "→"
    return Numbered(
        tuple(
            f"{names[edge.source]} {sign} {names[edge.target]}"
            + (f": {edge.label}" if edge.label else "")
            for edge in _checked(chart)
        )
    )


def _checked(chart: ForceMap) -> tuple[Edge, ...]:
    known = {node.id for node in chart.nodes}
    if len(known) != len(chart.nodes) or not known:
        raise ReportError("a map needs boxes, each with an id of its own")
    if any(edge.source not in known or edge.target not in known for edge in chart.edges):
        raise ReportError("an arrow of a map starts or ends at a box that is not there")
    return tuple(edge for edge in chart.edges if edge.source != edge.target)


def _texts(
    chart: ForceMap, wide: float, pt: float
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    inside = wide - 2 * _PAD
    return [
        (
            lines(node.group, inside, pt, most=1) if node.group else (),
            lines(node.label, inside, pt, bold=True, most=4),
        )
        for node in chart.nodes
    ]


def _box_width(layout: Layout, boxes: int, room: float) -> float:
    """Return the widest box with which every layer fits."""
    free = [
        (room - _GAP * (len(row) - 1) - _PASS * sum(place >= boxes for place in row))
        / max(1, sum(place < boxes for place in row))
        for row in layout.layers
    ]
    return min(_BOX_MOST, *free)


def _places(
    chart: ForceMap, layout: Layout, *, room: float, pt: float
) -> tuple[dict[int, _Place], float]:
    boxes = len(chart.nodes)
    wide = _box_width(layout, boxes, room)
    texts = _texts(chart, wide, pt)
    heights = [(len(a) + len(b)) * pt * LEADING + 2 * _PAD for a, b in texts]
    places: dict[int, _Place] = {}
    y = 0.0
    for level, row in enumerate(layout.layers):
        high = max(heights[place] for place in row if place < boxes)
        widths = [wide if place < boxes else _PASS for place in row]
        left = (room - sum(widths) - _GAP * (len(row) - 1)) / 2
        for place, own in zip(row, widths, strict=True):
            places[place] = _Place(left, y, own, heights[place] if place < boxes else high)
            left += own + _GAP
        y += high + _gap(layout, level, pt)
    return places, max(place.top + place.h for place in places.values())


def _gap(layout: Layout, level: int, pt: float) -> float:
    """Return the height between two layers: room for every number that stands in it."""
    row = set(layout.layers[level])
    starting = sum(chain[0] in row for chain in layout.chains)
    most = 3 if len(layout.layers) <= _FLAT else 2
    lanes = max(1, min(starting, most))
    return _ARROW + 6 + lanes * pt * 1.9


def _boxes(chart: ForceMap, places: dict[int, _Place], pt: float) -> list[Shape]:
    shapes: list[Shape] = []
    wide = places[0].w
    pens = {"plain": (0.9, "solid"), "thick": (2.4, "solid"), "dashed": (1.2, "dashed")}
    for i, (group, text) in enumerate(_texts(chart, wide, pt)):
        at = places[i]
        stroke, dash = pens[chart.nodes[i].border]
        shapes.append(Rect(at.x, at.top, at.w, at.h, "white", stroke, dash))  # type: ignore[arg-type]
        inside = at.w - 2 * _PAD
        shapes += block((at.x + _PAD, at.top + _PAD, inside), group, pt)
        top = at.top + _PAD + len(group) * pt * LEADING
        shapes += block((at.x + _PAD, top, inside), text, pt, bold=True)
    return shapes


def _arrows(
    edges: tuple[Edge, ...], layout: Layout, places: dict[int, _Place], pt: float
) -> list[Shape]:
    leaving, entering = _ports(layout, places)
    shapes: list[Shape] = []
    numbers: list[Shape] = []
    taken: list[Point] = []
    for i, (edge, chain) in enumerate(zip(edges, layout.chains, strict=True)):
        points = _through(chain, places, leaving[i], entering[i])
        shapes += _line(points, edge, turned=layout.turned[i])
        numbers += _number(str(i + 1), points, taken, pt)
    return shapes + numbers


def _ports(layout: Layout, places: dict[int, _Place]) -> tuple[list[float], list[float]]:
    """Spread the arrows of a box along its edge, in the order of where they go."""
    leaving = [0.0] * len(layout.chains)
    entering = [0.0] * len(layout.chains)
    for ports, own, next_to in ((leaving, 0, 1), (entering, -1, -2)):
        sides: dict[int, list[int]] = {}
        for i, chain in enumerate(layout.chains):
            sides.setdefault(chain[own], []).append(i)
        for place, used in sides.items():
            used.sort(key=lambda i: (places[layout.chains[i][next_to]].middle, i))
            at = places[place]
            for k, i in enumerate(used):
                ports[i] = at.x + at.w * (k + 1) / (len(used) + 1)
    return leaving, entering


def _through(
    chain: tuple[int, ...], places: dict[int, _Place], start: float, end: float
) -> list[Point]:
    points: list[Point] = [(start, places[chain[0]].top + places[chain[0]].h)]
    for place in chain[1:-1]:
        at = places[place]
        points += [(at.middle, at.top), (at.middle, at.top + at.h)]
    return [*points, (end, places[chain[-1]].top)]


def _line(points: list[Point], edge: Edge, *, turned: bool) -> list[Shape]:
    ordered = points[::-1] if turned else points
    (x0, y0), (x1, y1) = ordered[-2], ordered[-1]
    long = max(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5, 0.01)
    ux, uy = (x1 - x0) / long, (y1 - y0) / long
    back = (x1 - ux * _ARROW, y1 - uy * _ARROW)
    head = (
        (x1, y1),
        (back[0] - uy * _ARROW * 0.5, back[1] + ux * _ARROW * 0.5),
        (back[0] + uy * _ARROW * 0.5, back[1] - ux * _ARROW * 0.5),
    )
    return [
        Path((*ordered[:-1], back), stroke=1.1, dash=edge.line),
        Path(head, "black", 0, closed=True),
    ]


def _number(text: str, points: list[Point], taken: list[Point], pt: float) -> list[Shape]:
    """Put the number on the first stretch of its arrow, where no other number stands."""
    (x0, y0), (x1, y1) = points[0], points[1]
    radius = pt * 0.85
    tries = [(k / 20) for k in (10, 9, 11, 8, 12, 7, 13, 6, 14, 5, 15, 4, 16, 3, 17)]
    spots = [(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t) for t in tries]
    spots = [(x, y) for x, y in spots if y0 + radius <= y <= y1 - radius] or spots[:1]
    x, y = next((spot for spot in spots if _free(spot, taken, radius)), spots[0])
    taken.append((x, y))
    box = (x - radius, y - radius, 2 * radius, 2 * radius)
    return [Circle(x, y, radius, "white", 0.7), label(box, text, pt, bold=True)]


def _free(spot: Point, taken: list[Point], radius: float) -> bool:
    near = (2 * radius + 1) ** 2
    return all((spot[0] - x) ** 2 + (spot[1] - y) ** 2 >= near for x, y in taken)
