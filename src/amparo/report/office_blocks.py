"""Blocks as parts of a text document: real headings, lists and tables, charts as pictures."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Pt

from amparo.errors import ReportError
from amparo.report import blocks as b
from amparo.report import blocks_charts as c
from amparo.report.blocks import Block
from amparo.report.charts import draw
from amparo.report.charts_drawing import mirrored
from amparo.report.charts_force_map import arrow_list
from amparo.report.charts_risk_map import split
from amparo.report.charts_tables import balance_table, is_said
from amparo.report.office_styles import (
    BULLET,
    CHECK,
    GAP_PT,
    INDENT_EM,
    LIST_LEVELS,
    NUMBERS,
    Look,
    number_list,
)
from amparo.report.office_tables import (
    BOX_INSET_PT,
    Place,
    beside,
    data_tables,
    framed,
    pairs,
)
from amparo.report.office_text import Scribe, Shape
from amparo.report.office_xml import el, twips
from amparo.report.paper_compose import unwrapped
from amparo.report.paper_text import visible
from amparo.report.pictures import Png, drawn, redrawn

_CHART_PT = (10.0, 12.0)
_LEVELS = 6
_BLANKS_MOST = 60
# Deeper tables in tables are more than a word processor opens.
_DEPTH_MOST = 8
_LINE_EM = 1.2


_DRAWN = (c.Wheel, c.Timeline, c.Bars, c.Agenda, c.ActorGrid, c.Ladder)


class OfficeWriter:
    """Writes blocks; remembers the last heading, the lists and where a new page begins.

    Args:
        part: the story of the document, which holds its pictures.
        numbering: the element that holds its lists.
        look: of the document.
        tall_pt: what a picture may take at most.
    """

    def __init__(self, part: Any, numbering: Any, look: Look, *, tall_pt: float) -> None:
        self._part = part
        self._numbering = numbering
        self._look = look
        self._tall = tall_pt
        self._scribe = Scribe(rtl=look.rtl)
        self._lists = CHECK
        self._pictures = 0
        self._heading_level = 0
        self._list_level = -1
        self._depth = 0
        self._new_page = False
        self._begun = False
        self._writers: dict[type, Callable[[Any, float], list[Any]]] = {
            b.Heading: self._heading,
            b.Paragraph: self._paragraph,
            b.Preformatted: self._pre,
            b.Bullets: lambda block, room: self._list(block.items, BULLET, "ListBullet", room),
            b.Numbered: self._numbered,
            b.Checklist: lambda block, room: self._list(block.items, CHECK, "ListBullet", room),
            b.Table: self._table,
            b.KeyValues: self._pairs,
            b.Box: self._box,
            b.Columns: self._columns,
            b.Blanks: self._blanks,
            b.Rule: lambda _block, _room: [self._scribe.paragraph("", Shape("Rule"))],
            b.PageBreak: self._page_break,
            b.Spacer: self._spacer,
            b.Together: self._together,
            b.Picture: self._picture,
            c.BalanceGrid: lambda block, room: self._table(balance_table(block), room),
            c.RiskMap: self._risk_map,
            c.ForceMap: self._force_map,
            b.CutCards: self._cards,
            **dict.fromkeys(_DRAWN, self._chart),
        }

    def all(self, blocks: Iterable[Block], room: float) -> list[Any]:
        """Return *blocks* for a place that is *room* points wide.

        Raises:
            ReportError: a block cannot stand alone.
        """
        found: list[Any] = []
        self._depth += 1
        last: Block | None = None
        for block in unwrapped(tuple(blocks)) if self._depth > _DEPTH_MOST else blocks:
            said = is_said(last, block)
            last = block
            made = [] if said else self._one(block, room)
            if made and self._new_page:
                made = [_breaking(self._scribe), *made] if _is_table(made[0]) else made
                self._new_page = False
            self._begun = self._begun or bool(made)
            found += made
        self._depth -= 1
        return found

    def inside(self, blocks: Iterable[Block], room: float) -> list[Any]:
        """Return *blocks* for a cell, which must hold a paragraph."""
        return self.all(blocks, room) or [self._gap()]

    def _one(self, block: Block, room: float) -> list[Any]:
        write = self._writers.get(type(block))
        if write is None:
            raise ReportError(f"a {type(block).__name__} cannot stand alone on a page")
        return write(block, room)

    def _shaped(self, text: b.Text, shape: Shape) -> list[Any]:
        """Return one paragraph, at the top of a new page when it is time for one."""
        turned, self._new_page = self._new_page, False
        return [self._scribe.paragraph(text, replace(shape, new_page=turned))]

    def _gap(self) -> Any:
        return self._scribe.paragraph("", Shape("Gap"))

    def _after(self, table: Any) -> list[Any]:
        """Two tables that touch each other would become one."""
        return [table, self._gap()]

    def _heading(self, block: b.Heading, _room: float) -> list[Any]:
        if not b.plain(block.text).strip():
            return []
        self._heading_level = max(1, min(block.level, self._heading_level + 1, _LEVELS))
        return self._shaped(block.text, Shape(f"Heading{self._heading_level}"))

    def _paragraph(self, block: b.Paragraph, _room: float) -> list[Any]:
        indent = (self._list_level + 1) * INDENT_EM * self._look.pt
        return self._shaped(block.text, Shape(align=block.align, indent_pt=indent))

    def _pre(self, block: b.Preformatted, _room: float) -> list[Any]:
        text = b.Run(visible(block.text), mono=True)
        return [Scribe(rtl=False).paragraph(text, Shape("HTMLPreformatted"))]

    def _numbered(self, block: b.Numbered, room: float) -> list[Any]:
        self._lists += 1
        level = min(self._list_level + 1, LIST_LEVELS - 1)
        made = number_list(self._lists, NUMBERS, level=level, start=max(0, block.start) or 1)
        self._numbering.append(made)
        return self._list(block.items, self._lists, "ListNumber", room)

    def _list(self, items: Sequence[Any], list_id: int, style: str, room: float) -> list[Any]:
        self._list_level += 1
        level = min(self._list_level, LIST_LEVELS - 1)
        inside = max(room - INDENT_EM * self._look.pt, room / 2)
        shape = Shape(style, list_id=list_id, level=level)
        found: list[Any] = []
        for item in items:
            first, *rest = item if type(item[0]) is b.Paragraph else (b.Paragraph(""), *item)
            found += self._shaped(first.text, shape)
            found += self.all(rest, inside)
        self._list_level -= 1
        return found

    def _table(self, block: b.Table, room: float) -> list[Any]:
        place = Place(room, self._look.pt)
        made = data_tables(block, place, self._scribe)
        return [part for table in made for part in self._after(table)]

    def _pairs(self, block: b.KeyValues, room: float) -> list[Any]:
        return self._after(pairs(block, room, self._scribe)) if block.pairs else []

    def _box(self, block: b.Box, room: float) -> list[Any]:
        room_inside = max(room - 2 * BOX_INSET_PT, room / 2)
        title: list[Any] = []
        if b.plain(block.title).strip():
            title = [self._scribe.paragraph(block.title, Shape("BoxTitle"))]
        turned, self._new_page = self._new_page, False
        inside = [*title, *self.all(block.blocks, room_inside)] or [self._gap()]
        self._new_page = turned
        return self._after(framed(inside, block.border, room, self._scribe))

    def _columns(self, block: b.Columns, room: float) -> list[Any]:
        count = len(block.columns)
        if not count:
            return []
        shares = block.widths if len(block.widths) == count else (1.0,) * count
        level = all(
            isinstance(one, b.Paragraph | b.Blanks) for column in block.columns for one in column
        )
        turned, self._new_page = self._new_page, False
        writers = [lambda wide, held=column: self.inside(held, wide) for column in block.columns]
        made = beside(writers, shares, room, self._scribe, level=level)
        self._new_page = turned
        return self._after(made)

    def _cards(self, block: b.CutCards, room: float) -> list[Any]:
        """Framed side by side, row by row: an office program cuts no cards of one size."""
        wide = max(1, block.columns)
        rows = (block.cards[at : at + wide] for at in range(0, len(block.cards), wide))
        made: list[Any] = []
        for row in rows:
            made += self._columns(b.Columns(tuple((b.Box("", card),) for card in row)), room)
        return made

    def _blanks(self, block: b.Blanks, room: float) -> list[Any]:
        found: list[Any] = []
        count = max(0, min(block.count, _BLANKS_MOST))
        if b.plain(block.label).strip() and (block.numbered or not count):
            found += self._shaped(block.label, Shape())
        for number in range(count):
            lead: b.Text = b.code(f"{number + 1} ") if block.numbered else ""
            if not number and not block.numbered and block.label:
                lead = (*b.runs(block.label), " ")
            shape = Shape(tab_pt=room)
            found.append(self._scribe.paragraph(lead, shape, el("r", el("tab"))))
        return found

    def _page_break(self, _block: b.PageBreak, _room: float) -> list[Any]:
        self._new_page = self._begun
        return []

    def _spacer(self, block: b.Spacer, _room: float) -> list[Any]:
        pt = block.lines * _LINE_EM * self._look.pt
        gap = self._gap()
        if pt > GAP_PT:
            gap.pPr.append(el("spacing", before=0, after=0, line=twips(pt), lineRule="exact"))
        return [gap]

    def _together(self, block: b.Together, room: float) -> list[Any]:
        made = self.all(block.blocks, room)
        for part in made[:-1]:
            for paragraph in part.iter(qn("w:p")):
                paragraph.get_or_add_pPr().get_or_add_keepNext()
        return made

    def _risk_map(self, block: c.RiskMap, room: float) -> list[Any]:
        return [part for chart in split(block) for part in self._chart(chart, room)]

    def _force_map(self, block: c.ForceMap, room: float) -> list[Any]:
        arrows = arrow_list(block, rtl=self._look.rtl)
        return [*self._chart(block, room), *self._one(arrows, room)]

    def _chart(self, block: Any, room: float) -> list[Any]:
        least, most = _CHART_PT
        drawing = draw(block, room, pt=max(least, min(self._look.pt, most)))
        shown = mirrored(drawing) if self._look.rtl else drawing
        look = self._look
        png = drawn(shown, lang=look.lang, rtl=look.rtl, tall=self._tall)
        words = [self._scribe.paragraph(block.alt, Shape("Caption"))]
        return words if png is None else [*self._shown(png, block.alt, room), *words]

    def _picture(self, block: b.Picture, room: float) -> list[Any]:
        png = redrawn(block)
        if png is None:
            return self._shaped(f"[{block.alt}]", Shape())
        return self._shown(png, block.alt, room)

    def _shown(self, png: Png, alt: str, room: float) -> list[Any]:
        self._pictures += 1
        scale = min(1.0, room / png.width)
        made = self._part.new_pic_inline(
            io.BytesIO(png.data), width=Pt(png.width * scale), height=Pt(png.height * scale)
        )
        made.docPr.set("id", str(self._pictures))
        made.docPr.set("name", str(self._pictures))
        made.docPr.set("descr", visible(alt).replace("\n", " ") or "-")
        named = made.graphic.graphicData.pic.nvPicPr.cNvPr
        named.set("name", str(self._pictures))
        shape = Shape(align="center", keep_next=True)
        turned, self._new_page = self._new_page, False
        shape = replace(shape, new_page=turned)
        return [self._scribe.paragraph("", shape, el("r", el("drawing", made)))]


def _is_table(part: Any) -> bool:
    return part.tag == qn("w:tbl")


def _breaking(scribe: Scribe) -> Any:
    return scribe.paragraph("", Shape("Gap", new_page=True))
