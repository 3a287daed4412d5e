"""The pictures of a report, as data: what is shown, never where it is drawn.

Every chart has ``alt``: the same picture in words, for people who listen to the page. Every word
that stands in a picture is given by the caller; ``charts_words.chart_words(lang)`` holds the
usual ones. Nothing depends on colour or on grey: bands are told apart by hatching and by word.

Examples:
    >>> area = Risk("A", likelihood=(2, 3, 4), impact=(4, 4, 5), band="high")
    >>> RiskMap(alt="A: high.", risks=(area,), cells=CELLS, words=chart_words("en"))
    >>> Wheel(alt="Planning is the flattest.", spokes=(Spoke("Planning", 1), ...))
    >>> ForceMap(
    ...     alt="The bank lends to the company.",
    ...     nodes=(Node("bank", "The lender", group="pays"), Node("firm", "The company")),
    ...     edges=(Edge("bank", "firm", "lends money"),),
    ... )
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from amparo.report.blocks import Block

Band = Literal["low", "moderate", "high", "extreme"]
State = Literal["inherent", "current", "target"]
Range = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Risk(Block):
    """One rectangle on the risk map.

    Args:
        label: a letter or number, at most three characters.
        likelihood: low, best, high, each 1 to 5.
        impact: low, best, high, each 1 to 5.
        band: the word that the lookup gave.
        state: inherent is drawn dotted, current solid, target dashed.
    """

    kind: ClassVar[str] = "risk"
    label: str
    likelihood: Range
    impact: Range
    band: Band
    state: State = "current"


@dataclass(frozen=True, slots=True)
class RiskMap(Block):
    """Risks as rectangles on the 5 x 5 lookup grid.

    Args:
        alt: the map in words.
        risks: in the order of their labels.
        cells: bands of the lookup, rows impact 1 to 5, columns likelihood 1 to 5.
        words: ``band.low`` to ``band.extreme``, ``likelihood``, ``impact``, ``range``, ``best``,
            ``state.inherent``, ``state.current``, ``state.target``.
        per_map: more risks than this are drawn on several maps: frames that cross hide one
            another.
    """

    kind: ClassVar[str] = "risk_map"
    alt: str
    risks: tuple[Risk, ...]
    cells: tuple[tuple[Band, ...], ...]
    words: Mapping[str, str] = field(default_factory=dict)
    per_map: int = 6


@dataclass(frozen=True, slots=True)
class BalanceGrid(Block):
    """How many measures stand in each phase and approach.

    Args:
        alt: the grid in words.
        rows: names of the phases.
        columns: names of the approaches.
        counts: one row a phase, one number an approach.
    """

    kind: ClassVar[str] = "balance_grid"
    alt: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Spoke(Block):
    """One spoke of the wheel: 0 to 4 now, and before when there is a before (else -1)."""

    kind: ClassVar[str] = "spoke"
    label: str
    value: int
    before: int = -1


@dataclass(frozen=True, slots=True)
class Wheel(Block):
    """Is our security round or flat? Eight spokes, 0 in the middle, 4 at the rim."""

    kind: ClassVar[str] = "wheel"
    alt: str
    spokes: tuple[Spoke, ...]


@dataclass(frozen=True, slots=True)
class Node(Block):
    """Somebody who is involved.

    Args:
        id: used by the edges, not shown.
        label: what is shown.
        group: a word above the label ("pays", "holds back").
        border: how the frame is drawn, for what the group should tell apart.
    """

    kind: ClassVar[str] = "node"
    id: str
    label: str
    group: str = ""
    border: Literal["plain", "thick", "dashed"] = "plain"


@dataclass(frozen=True, slots=True)
class Edge(Block):
    """An arrow; its label stands in a numbered list below the picture."""

    kind: ClassVar[str] = "edge"
    source: str
    target: str
    label: str = ""
    line: Literal["solid", "dashed", "dotted"] = "solid"


@dataclass(frozen=True, slots=True)
class ForceMap(Block):
    """Who pays, orders, benefits or holds back: boxes in layers, arrows between them.

    The order of the nodes decides what stands on top: list those who pay or order first and
    those who are hurt last. What the arrows mean comes in a numbered list below the picture.
    """

    kind: ClassVar[str] = "force_map"
    alt: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Happening(Block):
    """One dated mark of the timeline.

    Args:
        month: index into the months of the timeline, from 0.
        label: at most three characters; the list beside it says what happened.
        severity: 0 to 4.
    """

    kind: ClassVar[str] = "happening"
    month: int
    label: str
    severity: int


@dataclass(frozen=True, slots=True)
class Timeline(Block):
    """What happened, month by month, marks stacked and shaped by severity.

    Args:
        alt: the line in words.
        months: names of consecutive months, shown below.
        happenings: in order of date.
        severities: the words of severity 0 to 4, for the legend.
    """

    kind: ClassVar[str] = "timeline"
    alt: str
    months: tuple[str, ...]
    happenings: tuple[Happening, ...]
    severities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bar(Block):
    """One bar: its name, its length and the words or number at its end."""

    kind: ClassVar[str] = "bar"
    label: str
    value: float
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Bars(Block):
    """Lengths side by side; ``most`` is the full length (the longest bar when 0)."""

    kind: ClassVar[str] = "bars"
    alt: str
    bars: tuple[Bar, ...]
    most: float = 0.0


@dataclass(frozen=True, slots=True)
class Due(Block):
    """One mark of the agenda.

    Args:
        week: index into the weeks of the agenda, from 0.
        label: at most three characters; the list beside it says what is due.
        comes: a day that comes by itself (black disc); else something to be done (square).
    """

    kind: ClassVar[str] = "due"
    week: int
    label: str
    comes: bool = False


@dataclass(frozen=True, slots=True)
class Agenda(Block):
    """The weeks ahead as a row of boxes, with what is due in each.

    Args:
        alt: the weeks in words.
        weeks: first day of each week, short, shown below its box; 13 are about 90 days.
        marks: in order of their days.
    """

    kind: ClassVar[str] = "agenda"
    alt: str
    weeks: tuple[str, ...]
    marks: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class PlacedActor(Block):
    """Somebody on the grid of stance and influence.

    Args:
        label: a few words.
        influence: 1 to 5.
        stance: -2 to 2.
        known: False puts it into the column of those whose stance nobody knows.
    """

    kind: ClassVar[str] = "placed_actor"
    label: str
    influence: int
    stance: int = 0
    known: bool = True


@dataclass(frozen=True, slots=True)
class ActorGrid(Block):
    """Who is against us or with us, and how much weight each has.

    Args:
        alt: the grid in words.
        actors: those who share a cell are stacked in this order.
        stances: words of stance -2 to 2, then of unknown.
        influences: words of influence 1 to 5, lowest first.
    """

    kind: ClassVar[str] = "actor_grid"
    alt: str
    actors: tuple[PlacedActor, ...]
    stances: tuple[str, ...]
    influences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LadderStep(Block):
    """One step of the ladder: its name, and one or two short lines."""

    kind: ClassVar[str] = "ladder_step"
    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ladder(Block):
    """The four alert levels as steps, the highest on top.

    White, hatched, crossed, black: the lowest is white, as green would read as safe.

    Args:
        alt: the ladder in words.
        steps: four, from a usual day upwards.
    """

    kind: ClassVar[str] = "ladder"
    alt: str
    steps: tuple[LadderStep, ...]


CHARTS = (RiskMap, Wheel, ForceMap, Timeline, Bars, BalanceGrid, Agenda, ActorGrid, Ladder)
