"""One door to every chart: from what is shown to where it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amparo.errors import ReportError
from amparo.report import blocks_charts as c
from amparo.report.blocks import Block
from amparo.report.charts_actor_grid import draw_actor_grid
from amparo.report.charts_agenda import draw_agenda
from amparo.report.charts_bars import draw_bars
from amparo.report.charts_drawing import Drawing
from amparo.report.charts_force_map import draw_force_map
from amparo.report.charts_ladder import draw_ladder
from amparo.report.charts_risk_map import draw_risk_map
from amparo.report.charts_timeline import draw_timeline
from amparo.report.charts_wheel import draw_wheel

_DRAWERS: dict[type, Callable[[Any, float, float], Drawing]] = {
    c.RiskMap: draw_risk_map,
    c.Wheel: draw_wheel,
    c.ForceMap: draw_force_map,
    c.Timeline: draw_timeline,
    c.Bars: draw_bars,
    c.Agenda: draw_agenda,
    c.ActorGrid: draw_actor_grid,
    c.Ladder: draw_ladder,
}


def draw(chart: Block, room: float, *, pt: float) -> Drawing:
    """Return *chart* as shapes.

    Args:
        chart: one of the chart blocks, but for ``BalanceGrid``, which is a table.
        room: points of width it may take.
        pt: size of its letters.

    Raises:
        ReportError: it is no chart, or its numbers are outside their scale.
    """
    drawer = _DRAWERS.get(type(chart))
    if drawer is None:
        raise ReportError(f"{type(chart).__name__} is not drawn")
    return drawer(chart, room, pt)
