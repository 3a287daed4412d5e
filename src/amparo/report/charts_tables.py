"""Charts as tables, where no picture can stand: the same marks, row by row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amparo.report import blocks as b
from amparo.report import blocks_charts as c


def chart_table(chart: b.Block) -> b.Table | None:
    """Return what *chart* shows as a table; None for a map, whose arrows are a list."""
    make = _TABLES.get(type(chart))
    return make(chart) if make else None


def is_said(chart: b.Block | None, block: b.Block) -> bool:
    """Tell whether *block* only repeats the words of the chart before it, already written."""
    return (
        isinstance(chart, c.CHARTS)
        and not isinstance(chart, c.BalanceGrid)
        and isinstance(block, b.Paragraph)
        and b.plain(block.text).strip() == chart.alt.strip()
    )


def balance_table(chart: c.BalanceGrid) -> b.Table:
    """Return the grid: a row a phase, a column an approach."""
    columns = (
        b.Column("", width=1.6),
        *(b.Column(name, align="center") for name in chart.columns),
    )
    rows = tuple(
        (b.strong(name), *(b.code(str(count)) for count in counts))
        for name, counts in zip(chart.rows, chart.counts, strict=False)
    )
    return b.Table(columns, rows)


def _risks(chart: c.RiskMap) -> b.Table:
    titles = ("", chart.words.get("likelihood", ""), chart.words.get("impact", ""), "", "")
    rows = tuple(
        (
            risk.label,
            _range(risk.likelihood),
            _range(risk.impact),
            chart.words.get(f"band.{risk.band}", risk.band),
            chart.words.get(f"state.{risk.state}", risk.state),
        )
        for risk in chart.risks
    )
    return _table(titles, rows)


def _range(values: c.Range) -> b.Run:
    low, best, high = values
    return b.code(f"{best}" if low == high else f"{best} ({low}–{high})")


def _spokes(chart: c.Wheel) -> b.Table:
    rows = tuple(
        (spoke.label, b.code(str(spoke.value)))
        if spoke.before < 0
        else (spoke.label, b.code(f"{spoke.value} ({spoke.before})"))
        for spoke in chart.spokes
    )
    return _table(("", ""), rows)


def _months(chart: c.Timeline) -> b.Table:
    rows = []
    for number, month in enumerate(chart.months):
        held = [
            f"{item.label} ({chart.severities[item.severity]})"
            for item in chart.happenings
            if item.month == number
        ]
        if held:
            rows.append((month, "; ".join(held)))
    return _table(("", ""), tuple(rows))


def _bars(chart: c.Bars) -> b.Table:
    rows = tuple((bar.label, bar.shown or b.code(f"{bar.value:g}")) for bar in chart.bars)
    return _table(("", ""), rows)


def _weeks(chart: c.Agenda) -> b.Table:
    held = [
        (week, ", ".join(mark.label for mark in chart.marks if mark.week == number))
        for number, week in enumerate(chart.weeks)
    ]
    return _table(("", ""), tuple(row for row in held if row[1]))


def _actors(chart: c.ActorGrid) -> b.Table:
    rows = tuple(
        (
            actor.label,
            chart.stances[actor.stance + 2 if actor.known else len(chart.stances) - 1],
            chart.influences[actor.influence - 1],
        )
        for actor in chart.actors
    )
    return _table(("", "", ""), rows)


def _steps(chart: c.Ladder) -> b.Table:
    return _table(("", ""), tuple((step.name, "\n".join(step.lines)) for step in chart.steps))


def _table(titles: tuple[str, ...], rows: tuple[tuple[b.Text, ...], ...]) -> b.Table:
    return b.Table(tuple(b.Column(title) for title in titles), rows, header=any(titles))


_TABLES: dict[type, Callable[[Any], b.Table]] = {
    c.RiskMap: _risks,
    c.Wheel: _spokes,
    c.Timeline: _months,
    c.Bars: _bars,
    c.BalanceGrid: balance_table,
    c.Agenda: _weeks,
    c.ActorGrid: _actors,
    c.Ladder: _steps,
}
