"""Blocks as HTML: real headings, lists and tables; charts as shapes with their words."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from amparo.errors import ReportError
from amparo.messages import Messages
from amparo.report import blocks as b
from amparo.report import blocks_charts as c
from amparo.report.blocks import Block
from amparo.report.charts import draw
from amparo.report.charts_drawing import mirrored
from amparo.report.charts_force_map import arrow_list
from amparo.report.charts_risk_map import split
from amparo.report.charts_svg import page_svg
from amparo.report.charts_tables import balance_table
from amparo.report.page_tables import table_html
from amparo.report.page_text import attribute, html_text
from amparo.report.paper_text import clean
from amparo.report.pictures import redrawn

_CHART_WIDTH = 640.0
_CHART_PT = 12.0
_LEVELS = 6
_BLANKS_MOST = 60


_DRAWN = (c.Wheel, c.Timeline, c.Bars, c.Agenda, c.ActorGrid, c.Ladder)


class PageWriter:
    """Writes blocks; counts what has a name of its own, and remembers the last heading.

    Args:
        words: of the language of the page.
        rtl: whether the page is read from right to left.
    """

    def __init__(self, words: Messages, *, rtl: bool) -> None:
        self._words = words
        self._rtl = rtl
        # The title of the page is the one heading of the first level.
        self._level = 1
        self._counts: Counter[str] = Counter()
        self._writers: dict[type, Callable[[Any], str]] = {
            b.Heading: self._heading,
            b.Paragraph: self._paragraph,
            b.Preformatted: self._pre,
            b.Bullets: lambda block: self._list("ul", block.items),
            b.Numbered: self._numbered,
            b.Checklist: lambda block: self._list('ul class="checks" role="list"', block.items),
            b.Table: self._table,
            b.KeyValues: self._key_values,
            b.Box: self._box,
            b.Columns: self._columns,
            b.Blanks: self._blanks,
            b.Rule: lambda _block: "<hr/>",
            b.PageBreak: lambda _block: '<div class="new-page"></div>',
            b.Spacer: _space,
            b.Together: lambda block: f'<div class="whole">{self.all(block.blocks)}</div>',
            b.Picture: self._picture,
            c.BalanceGrid: self._balance,
            c.RiskMap: lambda block: "".join(self._chart(part) for part in split(block)),
            c.ForceMap: self._force_map,
            b.CutCards: self._cards,
            **dict.fromkeys(_DRAWN, self._chart),
        }  # fmt: skip

    def all(self, blocks: Iterable[Block]) -> str:
        """Return *blocks*, one after the other.

        Raises:
            ReportError: a block cannot stand alone.
        """
        return "".join(self._one(block) for block in blocks)

    def text(self, text: b.Text) -> str:
        """Return *text* as the inside of an element."""
        return html_text(text, rtl=self._rtl)

    def _one(self, block: Block) -> str:
        write = self._writers.get(type(block))
        if write is None:
            raise ReportError(f"a {type(block).__name__} cannot stand alone on a page")
        return write(block)

    def _named(self, kind: str) -> str:
        """Return the next name of a thing, such as "Table 3"."""
        self._counts[kind] += 1
        return self._words.text(f"page.{kind}", number=self._counts[kind])

    def _heading(self, block: b.Heading) -> str:
        text = self.text(block.text)
        if not b.plain(block.text).strip():
            return ""
        self._level = max(2, min(block.level + 1, self._level + 1, _LEVELS))
        return f"<h{self._level}>{text}</h{self._level}>"

    def _paragraph(self, block: b.Paragraph) -> str:
        side = "" if block.align == "start" else f' class="{block.align}"'
        return f"<p{side}>{self.text(block.text)}</p>"

    def _pre(self, block: b.Preformatted) -> str:
        name = attribute(self._named("text"))
        shown = html_text(block.text, rtl=False).replace("<br/>", "\n")
        # A line end right after the tag would be swallowed.
        return f'<pre dir="ltr" tabindex="0" role="group" aria-label="{name}">\n{shown}</pre>'

    def _list(self, tag: str, items: Sequence[Any]) -> str:
        shown = "".join(f"<li>{self._item(item)}</li>" for item in items)
        return f"<{tag}>{shown}</{tag.split(maxsplit=1)[0]}>" if shown else ""

    def _item(self, item: tuple[Block, ...]) -> str:
        if len(item) == 1 and type(item[0]) is b.Paragraph:
            return self.text(item[0].text)
        return self.all(item)

    def _numbered(self, block: b.Numbered) -> str:
        start = "" if block.start == 1 else f' start="{block.start}"'
        return self._list(f"ol{start}", block.items)

    def _table(self, block: b.Table) -> str:
        if not block.columns:
            return ""
        return table_html(block, self.text, lambda: self._named("table"))

    def _balance(self, block: c.BalanceGrid) -> str:
        name = lambda: f"{self._named('table')}. {block.alt}"  # noqa: E731
        return table_html(balance_table(block), self.text, name)

    def _key_values(self, block: b.KeyValues) -> str:
        share = min(max(block.share, 0.1), 0.9)
        pairs = "".join(
            f"<div><dt>{self.text(key)}</dt><dd>{self.text(value)}</dd></div>"
            for key, value in block.pairs
        )
        wide = f"--key:{share:.3f}fr;--value:{1 - share:.3f}fr"
        return f'<dl style="{wide}">{pairs}</dl>' if pairs else ""

    def _box(self, block: b.Box) -> str:
        level = min(self._level + 1, _LEVELS)
        title = self.text(block.title) if b.plain(block.title).strip() else ""
        head = f"<h{level}>{title}</h{level}>" if title else ""
        return f'<div class="box {block.border}">{head}{self.all(block.blocks)}</div>'

    def _cards(self, block: b.CutCards) -> str:
        size = f"--n:{max(1, block.columns)};--w:{block.wide_mm:g}mm;--h:{block.high_mm:g}mm"
        cards = "".join(f'<div class="card">{self.all(card)}</div>' for card in block.cards)
        return f'<div class="cards" style="{size}">{cards}</div>' if cards else ""

    def _columns(self, block: b.Columns) -> str:
        count = len(block.columns)
        shares = block.widths if len(block.widths) == count else (1.0,) * count
        wide = " ".join(f"minmax(0,{share:g}fr)" for share in shares)
        parts = "".join(f"<div>{self.all(column)}</div>" for column in block.columns)
        return f'<div class="columns" style="--columns:{wide}">{parts}</div>' if parts else ""

    def _blanks(self, block: b.Blanks) -> str:
        count = max(0, min(block.count, _BLANKS_MOST))
        name = attribute(self._words.text("page.blank"))
        line = f'<span class="line" role="img" aria-label="{name}"></span>'
        label = self.text(block.label)
        if block.numbered:
            lines = "".join(f"<li>{line}</li>" for _ in range(count))
            head = f"<p>{label}</p>" if label else ""
            return f'{head}<ol class="blanks">{lines}</ol>' if lines else head
        lead = f"<span>{label}</span>" if label else ""
        return "".join(
            f'<div class="blank">{lead if number == 0 else ""}{line}</div>'
            for number in range(count)
        )

    def _chart(self, block: Any) -> str:
        drawing = draw(block, _CHART_WIDTH, pt=_CHART_PT)
        shown = mirrored(drawing) if self._rtl else drawing
        name = attribute(self._named("picture"))
        picture = page_svg(shown, f"p{self._counts['picture']}", rtl=self._rtl)
        return (
            f'<div class="scroll chart" tabindex="0" role="group" aria-label="{name}" '
            f'style="--w:{drawing.width:.0f}">{picture}</div>'
        )

    def _force_map(self, block: c.ForceMap) -> str:
        return self._chart(block) + self._one(arrow_list(block, rtl=self._rtl))

    def _picture(self, block: b.Picture) -> str:
        png = redrawn(block)
        alt = attribute(block.alt) or "-"
        if png is None:
            return f"<p>[{self.text(clean(block.alt))}]</p>"
        data = base64.b64encode(png.data).decode("ascii")
        wide = cast("float", png.width) * 4 / 3
        return (
            f'<p class="picture"><img alt="{alt}" width="{wide:.0f}" '
            f'src="data:image/png;base64,{data}"/></p>'
        )


def _space(block: b.Spacer) -> str:
    return f'<div style="height:{max(0.0, block.lines) * 1.2:.2f}em"></div>'
