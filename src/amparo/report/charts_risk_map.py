"""The risk map: rectangles from low to high on the lookup grid.

A rectangle starts at its letter, in the corner of low likelihood and high impact, and every
letter has a place of its own in its cell, so letters never overlap and frames never coincide.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from amparo.errors import ReportError
from amparo.report import paper_fonts
from amparo.report.blocks_charts import Band, Risk, RiskMap
from amparo.report.charts_drawing import (
    LEADING,
    Circle,
    Dash,
    Drawing,
    Fill,
    Path,
    Rect,
    Shape,
    block,
    label,
    lines,
)

_STEPS = 5
_FILLS: dict[Band, Fill] = {
    "low": "white",
    "moderate": "moderate",
    "high": "high",
    "extreme": "black",
}
_DASHES: dict[str, Dash] = {"inherent": "dotted", "current": "solid", "target": "dashed"}
_BANDS: tuple[Band, ...] = ("low", "moderate", "high", "extreme")
_WIDTH_MOST = 460.0
_LABEL_MOST = 3
_SIGN = 27.0


class _Grid:
    """Where the cells are, and which place in a cell is free."""

    def __init__(self, chart: RiskMap, room: float, pt: float) -> None:
        self.pt = pt
        self.slot = pt * 1.75
        self.lanes = pt * 0.55
        self.left = pt * 3.4
        self.cell = (min(room, _WIDTH_MOST) - self.left) / _STEPS
        self.across = max(1, int((self.cell - 4) // self.slot))
        self.word = pt * 1.5
        most = max(_crowd(chart).values(), default=0)
        self.rows = max(1, -(-most // self.across))
        self.height = self.rows * self.slot + self.word + 8
        self._taken: Counter[tuple[int, int]] = Counter()
        self._edges: Counter[tuple[str, int]] = Counter()

    def corner(self, likelihood: int, impact: int) -> tuple[float, float]:
        return self.left + (likelihood - 1) * self.cell, (_STEPS - impact) * self.height

    def place(self, likelihood: int, impact: int) -> tuple[float, float]:
        """Return the middle of the next free place of a cell."""
        number = self._taken[likelihood, impact]
        self._taken[likelihood, impact] += 1
        x, y = self.corner(likelihood, impact)
        row, column = divmod(number, self.across)
        return x + 3 + (column + 0.5) * self.slot, y + 4 + (row + 0.5) * self.slot

    def frame(self, risk: Risk, letter: tuple[float, float]) -> Rect:
        """Return the frame of *risk*: it leaves its letter and shares no line with another."""
        x, y = letter
        left = x + self._lane("left", risk.likelihood[0]) - self.lanes
        top = y + self._lane("top", risk.impact[2]) - self.lanes
        x, y = self.corner(risk.likelihood[2], risk.impact[0])
        right = x + self.cell - 3 - self._lane("right", risk.likelihood[2])
        bottom = y + self.height - 3 - self._lane("bottom", risk.impact[0])
        wide, high = max(right - left, 4.0), max(bottom - top, 4.0)
        return Rect(left, top, wide, high, "none", 1.4, _DASHES[risk.state], halo=True)

    def _lane(self, side: str, step: int) -> float:
        """Return the next of five lanes beside one another, 0 to twice ``lanes``."""
        number = self._edges[side, step]
        self._edges[side, step] += 1
        return (number * 2 % 5) * self.lanes / 2


def draw_risk_map(chart: RiskMap, room: float, pt: float) -> Drawing:
    """Return the grid with its bands, the frames, the letters and the legend.

    Raises:
        ReportError: the grid is not five by five, or a risk lies outside it.
    """
    _check(chart)
    grid = _Grid(chart, room, pt)
    shapes, words = _cells(chart, grid)
    frames: list[Shape] = []
    letters: list[Shape] = []
    for risk in chart.risks:
        frame, letter = _risk(risk, grid)
        frames += frame
        letters += letter
    shapes += [*frames, *words, *letters, *_axes(grid)]
    below, height = _legend(chart, grid, min(room, _WIDTH_MOST))
    return Drawing(min(room, _WIDTH_MOST), height, (*shapes, *below), chart.alt)


def split(chart: RiskMap) -> tuple[RiskMap, ...]:
    """Return *chart* as maps of about the same number of risks, at most ``per_map`` each."""
    count = -(-len(chart.risks) // max(1, chart.per_map))
    if count <= 1:
        return (chart,)
    size = -(-len(chart.risks) // count)
    groups = [chart.risks[i : i + size] for i in range(0, len(chart.risks), size)]
    # The words of the picture go with the first map; the others say which letters they show.
    alts = [chart.alt, *(", ".join(risk.label for risk in group) for group in groups[1:])]
    return tuple(
        replace(chart, risks=group, alt=alt) for group, alt in zip(groups, alts, strict=True)
    )


def _check(chart: RiskMap) -> None:
    if len(chart.cells) != _STEPS or any(len(row) != _STEPS for row in chart.cells):
        raise ReportError("the lookup grid has to be 5 x 5")
    for risk in chart.risks:
        for low, best, high in (risk.likelihood, risk.impact):
            if not 1 <= low <= best <= high <= _STEPS:
                raise ReportError("a risk lies outside 1 to 5, or its low is above its high")
        if not 1 <= len(risk.label) <= _LABEL_MOST:
            raise ReportError(f"a risk needs a label of at most {_LABEL_MOST} characters")


def _is_point(risk: Risk) -> bool:
    return risk.likelihood[0] == risk.likelihood[2] and risk.impact[0] == risk.impact[2]


def _crowd(chart: RiskMap) -> Counter[tuple[int, int]]:
    """Count the letters that each cell has to hold."""
    crowd: Counter[tuple[int, int]] = Counter()
    for risk in chart.risks:
        crowd[risk.likelihood[1], risk.impact[1]] += 1
        if not _is_point(risk):
            crowd[risk.likelihood[0], risk.impact[2]] += 1
    return crowd


def _cells(chart: RiskMap, grid: _Grid) -> tuple[list[Shape], list[Shape]]:
    """Return the hatched cells and, apart, their words: those stand above the frames."""
    shapes: list[Shape] = []
    words: list[Shape] = []
    for impact in range(1, _STEPS + 1):
        for likelihood in range(1, _STEPS + 1):
            x, y = grid.corner(likelihood, impact)
            band = chart.cells[impact - 1][likelihood - 1]
            shapes.append(Rect(x, y, grid.cell, grid.height, _FILLS[band], 0.8))
            words += _band_word(chart.words.get(f"band.{band}", band), (x, y), grid)
    return shapes, words


def _band_word(word: str, corner: tuple[float, float], grid: _Grid) -> list[Shape]:
    """The word of the band, on white, at the foot of its cell."""
    x, y = corner
    text = lines(word, grid.cell - 6, grid.pt, most=1)[0]
    wide = paper_fonts.width(text, grid.pt) + 6
    top = y + grid.height - grid.word - 2
    box = (x + (grid.cell - wide) / 2, top, wide, grid.word)
    return [Rect(*box, "white", 0), label(box, text, grid.pt)]


def _risk(risk: Risk, grid: _Grid) -> tuple[list[Shape], list[Shape]]:
    frame: list[Shape] = []
    letters: list[Shape] = []
    if not _is_point(risk):
        x, y = grid.place(risk.likelihood[0], risk.impact[2])
        frame.append(grid.frame(risk, (x, y)))
        letters += _letter(risk.label, (x, y), grid, best=False)
    best = grid.place(risk.likelihood[1], risk.impact[1])
    return frame, letters + _letter(risk.label, best, grid, best=True)


def _letter(text: str, middle: tuple[float, float], grid: _Grid, *, best: bool) -> list[Shape]:
    """A black disc is the best guess, a white square the corner of a frame; both rimmed white."""
    x, y = middle
    half = grid.slot / 2 - 1
    box = (x - half, y - half, 2 * half, 2 * half)
    if best:
        return [
            Circle(x, y, half, "white", 0),
            Circle(x, y, half - 1, "black", 0),
            label(box, text, grid.pt, bold=True, white=True),
        ]
    return [Rect(*box, "white", 1.2), label(box, text, grid.pt, bold=True)]


def _axes(grid: _Grid) -> list[Shape]:
    shapes: list[Shape] = []
    bottom = _STEPS * grid.height
    for step in range(1, _STEPS + 1):
        x, _ = grid.corner(step, 1)
        _, y = grid.corner(1, step)
        shapes.append(label((x, bottom + 2, grid.cell, grid.word), str(step), grid.pt))
        shapes.append(label((grid.left - grid.word, y, grid.word, grid.height), str(step), grid.pt))
    return shapes


def _legend(chart: RiskMap, grid: _Grid, wide: float) -> tuple[list[Shape], float]:
    pt, step = grid.pt, grid.pt * LEADING
    y = _STEPS * grid.height + grid.word + 6
    words = chart.words
    shapes: list[Shape] = []
    for axis in (f"→ {words.get('likelihood', '')}", f"↑ {words.get('impact', '')}"):
        text = lines(axis, wide - grid.left, pt, bold=True)
        shapes += block((grid.left, y, wide - grid.left), text, pt, bold=True, align="left")
        y += len(text) * step
    y += 6
    x = grid.left
    for sign, word in _entries(chart):
        entry = (sign, lines(word, wide - grid.left - _SIGN - 4, pt, most=1)[0])
        long = paper_fonts.width(entry[1], pt) * 1.03 + 2
        if x > grid.left and x + _SIGN + long > wide:
            x, y = grid.left, y + step * 1.5
        shapes += _entry(entry, (x, y), pt, long)
        x += _SIGN + long + pt
    return shapes, y + step * 1.5 + 2


def _entries(chart: RiskMap) -> list[tuple[str, str]]:
    """Return (sign, word) of every line of the legend that the picture uses."""
    used = {risk.state for risk in chart.risks if not _is_point(risk)}
    words = chart.words
    found = [(band, words.get(f"band.{band}", band)) for band in _BANDS]
    if chart.risks:
        found.append(("best", words.get("best", "")))
    if used:
        found.append(("range", words.get("range", "")))
    if used - {"current"}:
        found += [(state, words.get(f"state.{state}", "")) for state in _DASHES if state in used]
    return [(sign, word) for sign, word in found if word]


def _entry(entry: tuple[str, str], at: tuple[float, float], pt: float, wide: float) -> list[Shape]:
    sign, word = entry
    x, y = at
    high = pt * LEADING
    shapes: list[Shape]
    if sign in _FILLS:
        shapes = [Rect(x, y, 22, high, _FILLS[sign], 0.8)]
    elif sign in _DASHES:
        shapes = [Path(((x, y + high / 2), (x + 22, y + high / 2)), stroke=1.6, dash=_DASHES[sign])]
    elif sign == "best":
        shapes = [Circle(x + 11, y + high / 2, high / 2, "black", 0)]
    else:
        shapes = [Rect(x + 1, y + 1, 20, high - 2, "white", 1.6)]
    return [*shapes, label((x + _SIGN, y, wide, high), word, pt, align="left")]
