"""From blocks to what the templates take: text made drawable, charts computed, words that fit.

The widths used here (insets, gaps) are those of templates/blocks.typ.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast

from amparo.errors import ReportError
from amparo.messages import review_line
from amparo.report import blocks as b
from amparo.report import blocks_charts as c
from amparo.report.blocks import Block, Document
from amparo.report.charts import draw
from amparo.report.charts_drawing import as_json, mirrored
from amparo.report.charts_force_map import arrow_list
from amparo.report.charts_risk_map import split
from amparo.report.paper_cards import cards_json
from amparo.report.paper_heights import fitting
from amparo.report.paper_settings import MM, PAPERS, check_settings, enlargement, is_rtl
from amparo.report.paper_tables import side, table_json, tables
from amparo.report.paper_text import Setting, clean

_LEVELS = 6
# Typst gives up a little further down.
_DEPTH_MOST = 10
_BOX_INSET = 7.0
_GUTTER = 12.0
_PAIR_GUTTER = 8.0
_PRE_INSET = 6.0
_HEADING_EM = {1: 1.35, 2: 1.15, 3: 1.05}
_ITEM_INDENT_EM = 1.6
_FOOT = 10.0
_CHART_PT = (10.0, 12.0)
_WALL_PT = 17.0
_HEAD_EM = 3.5

Json = dict[str, Any]


def compose(document: Document) -> Json:
    """Return the data of one document for templates/paper.typ.

    Raises:
        ReportError: a setting is out of range.
    """
    check_settings(document)
    page = PAPERS[document.paper]
    margin = document.margin_mm * MM
    rtl = is_rtl(document)
    pt = document.body_pt * enlargement(document)
    # What a picture may take at most: a page less its foot and a heading above the picture.
    tall = page[1] - 2 * margin - _FOOT - _HEAD_EM * pt
    composer = Composer(Setting(lang=document.lang, pt=pt, rtl=rtl), tall=tall)
    return {
        "title": clean(document.title).replace("\n", " ").strip() or "-",
        "lang": document.lang,
        "rtl": rtl,
        "pt": round(pt, 2),
        "page": [round(side, 3) for side in page],
        "margin": round(margin, 3),
        "foot": composer.line(document.foot, page[0] - 2 * margin, pt=_FOOT),
        "last_foot": review_line(document.lang),
        "blocks": composer.all(document.blocks, page[0] - 2 * margin),
    }


class Composer:
    """Turns blocks into template data; remembers the last heading, as levels may not jump."""

    def __init__(self, setting: Setting, *, tall: float) -> None:
        self._setting = setting
        self._tall = tall
        self._level = 0
        self._depth = 0
        self._by_kind: dict[type, Callable[[Any, float], Json | list[Json]]] = {
            b.Heading: self._heading,
            b.Paragraph: self._paragraph,
            b.Preformatted: self._pre,
            b.Bullets: self._bullets,
            b.Numbered: self._numbered,
            b.Checklist: self._checklist,
            b.Table: self._table,
            b.KeyValues: self._key_values,
            b.Box: self._box,
            b.Columns: self._columns,
            b.Blanks: self._blanks,
            b.Rule: lambda _block, _room: {"k": "rule"},
            b.PageBreak: lambda _block, _room: {"k": "page_break"},
            b.Spacer: lambda block, _room: {"k": "spacer", "lines": block.lines},
            b.Together: self._together,
            b.CutCards: lambda it, room: cards_json(it, self.all, room, rtl=setting.rtl),
            b.Picture: self._picture,
            **dict.fromkeys(c.CHARTS, self._drawn),
            c.BalanceGrid: self._balance,
        }

    def all(self, blocks: Sequence[Block], room: float) -> list[Json]:
        """Return *blocks* for a place that is *room* points wide.

        Raises:
            ReportError: a block cannot stand alone.
        """
        found: list[Json] = []
        self._depth += 1
        if self._depth >= _DEPTH_MOST:
            blocks = list(unwrapped(blocks))
        for block in blocks:
            made = self._one(block, room)
            found.extend(made if isinstance(made, list) else [made])
        self._depth -= 1
        return found

    def line(self, text: b.Text, room: float, *, pt: float) -> list[Json]:
        """Return one line of text outside the body, *pt* points high."""
        return self._setting.runs(b.runs(text), room, pt=pt)

    def _one(self, block: Block, room: float) -> Json | list[Json]:
        if isinstance(block, c.RiskMap):
            return [self._drawn(part, room) for part in split(block)]
        if isinstance(block, c.ForceMap):
            arrows = arrow_list(block, rtl=self._setting.rtl)
            return [self._drawn(block, room), *self.all((arrows,), room)]
        make = self._by_kind.get(type(block))
        if make is None:
            raise ReportError(f"a {type(block).__name__} cannot stand alone on a page")
        return make(block, room)

    def _drawn(self, block: Block, room: float) -> Json:
        least, most = _CHART_PT
        pt = self._setting.pt
        # What hangs on a wall is read from afar, and so are its pictures.
        drawing = draw(block, room, pt=pt if pt >= _WALL_PT else max(least, min(pt, most)))
        if drawing.height > self._tall:
            drawing = draw(block, room, pt=least)
        if drawing.height > self._tall and isinstance(block, c.ForceMap | c.ActorGrid):
            # Letters nobody can read are no picture: the words and the list of arrows remain.
            return self._paragraph(b.Paragraph(block.alt), room)
        return as_json(mirrored(drawing) if self._setting.rtl else drawing, tall=self._tall)

    def _heading(self, block: b.Heading, room: float) -> Json:
        self._level = max(1, min(block.level, self._level + 1, _LEVELS))
        pt = self._setting.pt * _HEADING_EM.get(self._level, 1.0)
        bold = [b.replace_run(run, strong=True) for run in b.runs(block.text)]
        parts = self._setting.runs(bold, room, pt=pt)
        for part in parts:
            part.pop("s", None)
        if not "".join(part["t"] for part in parts).strip(" \n\u200b\u200c\u200d\u00a0"):
            # A tagged PDF with an empty heading is refused.
            return {"k": "spacer", "lines": 0}
        return {"k": "heading", "level": self._level, "r": parts}

    def _paragraph(self, block: b.Paragraph, room: float) -> Json:
        return {
            "k": "paragraph",
            "align": side(block.align, rtl=self._setting.rtl),
            "r": self._text(block.text, room),
        }

    def _pre(self, block: b.Preformatted, room: float) -> Json:
        run = b.Run(block.text, mono=True)
        parts = self._setting.runs((run,), room - 2 * _PRE_INSET)
        return {"k": "pre", "t": "".join(part["t"] for part in parts)}

    def _items(self, items: Sequence[Any], room: float) -> list[list[Json]]:
        inside = room - _ITEM_INDENT_EM * self._setting.pt
        return [self.all(item, inside) for item in items]

    def _bullets(self, block: b.Bullets, room: float) -> Json:
        return {"k": "bullets", "items": self._items(block.items, room)}

    def _numbered(self, block: b.Numbered, room: float) -> Json:
        return {"k": "numbered", "start": block.start, "items": self._items(block.items, room)}

    def _checklist(self, block: b.Checklist, room: float) -> Json:
        return {"k": "checklist", "items": self._items(block.items, room)}

    def _table(self, block: b.Table, room: float) -> list[Json]:
        pt = self._setting.pt
        return [
            fitting(table_json(part, room, self._setting), room, pt)
            for part in tables(block, room, pt)
        ]

    def _balance(self, block: c.BalanceGrid, room: float) -> list[Json]:
        first = b.Column("", width=1.6)
        columns = (first, *(b.Column(name, align="center") for name in block.columns))
        rows = tuple(
            (b.strong(name), *(b.Run(str(count), ltr=True) for count in counts))
            for name, counts in zip(block.rows, block.counts, strict=False)
        )
        return self._table(b.Table(columns, rows), room)

    def _key_values(self, block: b.KeyValues, room: float) -> Json:
        share = min(max(block.share, 0.1), 0.9)
        wide = room - _PAIR_GUTTER
        pairs = [
            [self._text(_bold(key), wide * share), self._text(value, wide * (1 - share))]
            for key, value in block.pairs
        ]
        found = {"k": "key_values", "share": share, "pairs": pairs}
        return fitting(found, room, self._setting.pt)

    def _box(self, block: b.Box, room: float) -> Json:
        inside = room - 2 * _BOX_INSET
        found = {
            "k": "box",
            "border": block.border,
            "rtl": self._setting.rtl,
            "title": self._text(_bold(block.title), inside),
            "blocks": self.all(block.blocks, inside),
        }
        return fitting(found, room, self._setting.pt)

    def _columns(self, block: b.Columns, room: float) -> Json:
        count = len(block.columns)
        widths = block.widths if len(block.widths) == count else (1.0,) * count
        free = room - _GUTTER * (count - 1)
        parts = [
            self.all(column, free * share / sum(widths))
            for column, share in zip(block.columns, widths, strict=True)
        ]
        return {"k": "columns", "widths": list(widths), "columns": parts}

    def _blanks(self, block: b.Blanks, room: float) -> Json:
        return {
            "k": "blanks",
            "count": max(0, min(block.count, 60)),
            "numbered": block.numbered,
            "label": self._text(block.label, room * 0.6),
        }

    def _together(self, block: b.Together, room: float) -> Json:
        return {"k": "together", "blocks": self.all(block.blocks, room)}

    def _picture(self, block: b.Picture, room: float) -> Json:
        data = _without_place(block)
        if data is None:
            return self._paragraph(b.Paragraph(f"[{block.alt}]"), room)
        return {
            "k": "picture",
            "format": "png" if block.format == "jpg" else block.format,
            "alt": clean(block.alt).strip() or "-",
            "data": list(data),
        }

    def _text(self, text: b.Text, room: float) -> list[Json]:
        return self._setting.runs(b.runs(text), room)


def _without_place(block: b.Picture) -> bytes | None:
    """Return the file of a picture; None when it is none.

    A photograph would go into the PDF as it is, with the place, the hour and the camera in it:
    it is drawn anew. The other kinds are drawn anew by Typst itself.
    """
    if block.format == "jpg":
        from amparo.report.pictures import redrawn

        png = redrawn(block)
        return png.data if png else None
    try:
        return base64.b64decode(block.data, validate=False)
    except (binascii.Error, ValueError):
        return None


def unwrapped(blocks: Sequence[Block]) -> Iterator[Block]:
    """Take blocks out of boxes and lists that stand too deep to be drawn."""
    for block in blocks:
        if isinstance(block, b.Box | b.Together):
            yield from unwrapped(block.blocks)
        elif isinstance(block, b.Bullets | b.Numbered | b.Checklist):
            for item in block.items:
                yield from unwrapped(cast("tuple[Block, ...]", item))
        elif isinstance(block, b.Columns):
            for column in block.columns:
                yield from unwrapped(column)
        else:
            yield block


def _bold(text: b.Text) -> b.Runs:
    return tuple(b.replace_run(run, strong=True) for run in b.runs(text))
