"""Tables that never leave the page: narrow columns are widened, too many are split."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from amparo.report.blocks import Align, Column, Run, Table, replace_run, runs
from amparo.report.paper_text import Setting

_INSET = 5.0
# Room for about four letters: below that a column is a string of single letters.
_LEAST_EM = 3.6


def tables(table: Table, room: float, pt: float) -> Iterator[Table]:
    """Return *table* in as many parts as its columns need, each starting with the first one."""
    most = max(2, int(room // (_LEAST_EM * pt + 2 * _INSET)))
    if len(table.columns) <= most:
        if table.columns:
            yield table
        return
    rest = range(1, len(table.columns))
    for start in range(1, len(table.columns), most - 1):
        shown = (0, *rest[start - 1 : start - 1 + most - 1])
        yield replace(
            table,
            columns=tuple(table.columns[i] for i in shown),
            rows=tuple(tuple(row[i] for i in shown) for row in table.rows),
        )


def table_json(table: Table, room: float, setting: Setting) -> dict[str, Any]:
    """Return one table that fits, as the templates take it."""
    shares = shares_of(table.columns, room, setting.pt)
    inside = [share * room - 2 * _INSET for share in shares]
    heads = [
        setting.runs((replace_run(run, strong=True) for run in runs(column.title)), width)
        for column, width in zip(table.columns, inside, strict=True)
    ]
    return {
        "k": "table",
        "header": table.header and any(heads),
        "empty": max(0, min(table.empty_rows, 60)),
        "columns": [
            {"title": head, "width": round(share, 5), "align": side(column.align, rtl=setting.rtl)}
            for column, head, share in zip(table.columns, heads, shares, strict=True)
        ],
        "rows": [
            [setting.runs(_cell(cell), width) for cell, width in zip(row, inside, strict=True)]
            for row in table.rows
        ],
    }


def side(align: Align, *, rtl: bool) -> str:
    """Return left, center or right: a cell with one number in it would else change sides."""
    if align == "center":
        return "center"
    return "left" if (align == "start") != rtl else "right"


def _cell(cell: Any) -> tuple[Run, ...]:
    return runs(cell)


def shares_of(columns: tuple[Column, ...], room: float, pt: float) -> list[float]:
    """Return shares of the width that add up to one, none below the least."""
    least = (_LEAST_EM * pt + 2 * _INSET) / room
    asked = [max(column.width, 0.0) for column in columns]
    total = sum(asked) or 1.0
    shares = [share / total for share in asked]
    spare = sum(max(share - least, 0.0) for share in shares)
    missing = sum(max(least - share, 0.0) for share in shares)
    if not missing or spare <= missing:
        return shares if not missing else [1 / len(columns)] * len(columns)
    return [max(share, least) - max(share - least, 0.0) * missing / spare for share in shares]
