"""Blocks as Markdown, for screens: text literal, charts as SVG with their words.

Every character that Markdown or HTML would read as a sign is escaped, so what people typed
stays text on the screen too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from amparo.report import blocks as b
from amparo.report import blocks_charts as c
from amparo.report.blocks import Block
from amparo.report.charts import draw
from amparo.report.charts_force_map import arrow_list
from amparo.report.charts_risk_map import split
from amparo.report.charts_svg import svg

_SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>&:@=^\"'])")
_SCREEN_WIDTH = 640.0
_SCREEN_PT = 12.0


def blocks_markdown(blocks: Iterable[Block]) -> str:
    """Return *blocks* as Markdown."""
    return "\n\n".join(part for block in blocks if (part := _one(block)))


def _one(block: Block) -> str:
    if isinstance(block, c.RiskMap):
        return "\n\n".join(_chart(part) for part in split(block))
    if isinstance(block, c.CHARTS) and not isinstance(block, c.BalanceGrid):
        return _chart(block)
    write = _WRITERS.get(type(block))
    return write(block) if write else ""


def _chart(block: Any) -> str:
    picture = svg(draw(block, _SCREEN_WIDTH, pt=_SCREEN_PT))
    words = _literal(block.alt)
    more = f"\n\n{_one(arrow_list(block))}" if isinstance(block, c.ForceMap) else ""
    return f"{picture}\n\n{words}{more}"


def _literal(text: str) -> str:
    """Return *text* so that Markdown shows it letter by letter."""
    return _SIGNS.sub(_entity, " ".join(text.split("\n")))


def _entity(match: re.Match[str]) -> str:
    # A reference, not a backslash: this holds in every dialect and inside tables.
    return f"&#{ord(match.group())};"


def _text(text: b.Text) -> str:
    return "".join(_run(run) for run in b.runs(text))


def _run(run: b.Run) -> str:
    lines = [_literal(line) for line in run.text.split("\n")]
    shown = "<br>".join(lines)
    mark = "**" if run.strong else "*" if run.emphasis else ""
    core = shown.strip()
    if not mark or not core:
        return shown
    return shown.replace(core, f"{mark}{core}{mark}", 1)


def _items(items: Any, sign: Callable[[int], str]) -> str:
    found = []
    for number, item in enumerate(items):
        lead = sign(number)
        body = blocks_markdown(item).replace("\n", "\n" + " " * len(lead))
        found.append(lead + body)
    return "\n".join(found)


def _table(block: b.Table) -> str:
    marks = {"start": "---", "center": ":---:", "end": "---:"}
    rows = [
        [_text(column.title) for column in block.columns],
        [marks[column.align] for column in block.columns],
        *([_text(cell) for cell in row] for row in block.rows),
        *([""] * len(block.columns) for _ in range(block.empty_rows)),
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _balance(block: c.BalanceGrid) -> str:
    columns = (b.Column(""), *(b.Column(name, align="center") for name in block.columns))
    rows = tuple(
        (name, *(str(count) for count in counts))
        for name, counts in zip(block.rows, block.counts, strict=False)
    )
    return _table(b.Table(columns, rows))


def _quoted(block: b.Box) -> str:
    title = f"**{_text(block.title)}**\n\n" if block.title else ""
    return "> " + (title + blocks_markdown(block.blocks)).replace("\n", "\n> ")


def _pre(block: b.Preformatted) -> str:
    return f"<pre>{escape(block.text)}</pre>".replace("\n\n", "\n&#8203;\n")


_WRITERS: dict[type, Callable[[Any], str]] = {
    b.Heading: lambda block: f"{'#' * max(1, min(block.level, 6))} {_text(block.text)}",
    b.Paragraph: lambda block: _text(block.text),
    b.Preformatted: _pre,
    b.Bullets: lambda block: _items(block.items, lambda _: "- "),
    b.Numbered: lambda block: _items(block.items, lambda i: f"{block.start + i}. "),
    b.Checklist: lambda block: _items(block.items, lambda _: "- ☐ "),
    b.Table: _table,
    b.KeyValues: lambda block: "\n".join(
        f"- **{_text(key)}** {_text(value)}" for key, value in block.pairs
    ),
    b.Box: _quoted,
    b.Columns: lambda block: "\n\n".join(blocks_markdown(column) for column in block.columns),
    b.Blanks: lambda block: "\n".join(
        [f"{_text(block.label)} ________", *["________"] * (block.count - 1)]
    ),
    b.Rule: lambda _block: "---",
    b.Together: lambda block: blocks_markdown(block.blocks),
    b.CutCards: lambda block: "\n\n---\n\n".join(blocks_markdown(card) for card in block.cards),
    b.Picture: lambda block: (
        f"![{_literal(block.alt)}](data:{_MEDIA[block.format]};base64,{block.data})"
    ),
    c.BalanceGrid: _balance,
}
_MEDIA = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "svg": "image/svg+xml",
}
