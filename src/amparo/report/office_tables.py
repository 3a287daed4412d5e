"""Tables of a text document: of data, and those that put parts of a sheet side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from docx.oxml.ns import qn

from amparo.report import blocks as b
from amparo.report.office_text import Scribe, Shape
from amparo.report.office_xml import el, filled, flag, twips
from amparo.report.paper_tables import shares_of, tables

Border = Literal["plain", "thick", "side", "none"]
INSET_PT = 5.0
GUTTER_PT = 10.0
BOX_INSET_PT = 7.0
_EMPTY_MOST = 60
_EMPTY_ROW_PT = 20.0
# As many letters as about twenty lines hold: a longer row may break over pages.
_WHOLE_MOST = 1400
_TEXT, _DRAWING = qn("w:t"), qn("w:drawing")
_THIN, _RULE, _THICK = 4, 9, 18


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands."""

    room_pt: float
    pt: float


def data_tables(block: b.Table, place: Place, scribe: Scribe) -> list[Any]:
    """Return *block*, in as many parts as its columns need."""
    return [_data(part, place, scribe) for part in tables(block, place.room_pt, place.pt)]


def _data(block: b.Table, place: Place, scribe: Scribe) -> Any:
    widths = [s * place.room_pt for s in shares_of(block.columns, place.room_pt, place.pt)]
    titles = [column.title for column in block.columns]
    named = block.header and any(b.plain(title).strip() for title in titles)
    head = (
        [_row([scribe.bold(t) for t in titles], block, widths, scribe, head=True)] if named else []
    )
    rows = [_row(row, block, widths, scribe) for row in block.rows]
    empty = ("",) * len(block.columns)
    blank = [
        _row(empty, block, widths, scribe, tall=True)
        for _ in range(max(0, min(block.empty_rows, _EMPTY_MOST)))
    ]
    return el("tbl", _properties(widths, scribe, _lines()), _grid(widths), *head, *rows, *blank)


def _row(
    cells: Sequence[b.Text], block: b.Table, widths: list[float], scribe: Scribe, *,
    head: bool = False, tall: bool = False,
) -> Any:  # fmt: skip
    long = max((len(b.plain(cell)) for cell in cells), default=0) > _WHOLE_MOST
    height = el("trHeight", val=twips(_EMPTY_ROW_PT), hRule="atLeast") if tall else None
    look = filled("trPr", (flag("cantSplit", on=not long), height, flag("tblHeader", on=head)))
    made = [
        _cell(
            [scribe.paragraph(text, Shape("Compact", align=column.align, keep_next=head))],
            width,
            el("tcBorders", el("bottom", val="single", sz=_RULE, color="000000")) if head else None,
        )
        for text, column, width in zip(cells, block.columns, widths, strict=True)
    ]
    return el("tr", look, *made)


def pairs(block: b.KeyValues, room_pt: float, scribe: Scribe) -> Any:
    """Return names beside their values, without lines."""
    share = min(max(block.share, 0.1), 0.9)
    widths = [room_pt * share, room_pt * (1 - share)]
    named = Shape("Compact", short_pt=GUTTER_PT)
    rows = [
        el(
            "tr",
            el("trPr", el("cantSplit")),
            _cell([scribe.paragraph(scribe.bold(key), named)], widths[0]),
            _cell([scribe.paragraph(value, Shape("Compact"))], widths[1]),
        )
        for key, value in block.pairs
    ]
    return el("tbl", _properties(widths, scribe, None, inset_pt=0), _grid(widths), *rows)


def framed(inside: list[Any], border: Border, room_pt: float, scribe: Scribe) -> Any:
    """Return a box around what is already written for ``room_pt - 2 * BOX_INSET_PT``."""
    size = _THICK if border in {"thick", "side"} else _THIN + 2
    # In a right-to-left table "left" is the side where reading starts.
    sides = ("left",) if border == "side" else ("top", "left", "bottom", "right")
    lines = el("tblBorders", *(_line(side, size) for side in sides))
    table = _properties([room_pt], scribe, lines, inset_pt=BOX_INSET_PT, above_pt=4)
    row = el("tr", _whole(inside), _cell(inside, room_pt))
    return el("tbl", table, _grid([room_pt]), row)


def beside(
    columns: Sequence[Callable[[float], list[Any]]], shares: Sequence[float], room_pt: float,
    scribe: Scribe, *, level: bool,
) -> Any:  # fmt: skip
    """Return parts side by side.

    Args:
        columns: each writes its part for the room it is given, in points.
        shares: of the width, one a column.
        room_pt: width of all.
        scribe: knows the direction.
        level: whether a text stands on the line to write on beside it.
    """
    gutters = len(columns) - 1
    rooms = [(room_pt - GUTTER_PT * gutters) * share / sum(shares) for share in shares]
    # An empty column keeps the parts apart: sides of cells are understood in different ways.
    widths: list[float] = []
    cells: list[Any] = []
    for write, room in zip(columns, rooms, strict=True):
        if cells:
            widths.append(GUTTER_PT)
            cells.append(_cell([scribe.paragraph("", Shape("Gap"))], GUTTER_PT))
        widths.append(room)
        cells.append(_cell(write(room), room, *([el("vAlign", val="bottom")] if level else [])))
    row = el("tr", _whole(cells), *cells)
    return el("tbl", _properties(widths, scribe, None, inset_pt=0), _grid(widths), row)


def _properties(
    widths: list[float], scribe: Scribe, lines: Any, *,
    inset_pt: float = INSET_PT, above_pt: float = 2.0,
) -> Any:  # fmt: skip
    sides = (("top", above_pt), ("left", inset_pt), ("bottom", above_pt), ("right", inset_pt))
    margins = el("tblCellMar", *(el(side, w=twips(pt), type="dxa") for side, pt in sides))
    return el(
        "tblPr",
        flag("bidiVisual", on=scribe.rtl),
        el("tblW", w=twips(sum(widths)), type="dxa"),
        el("tblInd", w=0, type="dxa"),
        lines,
        el("tblLayout", type="fixed"),
        margins,
    )


def _whole(inside: list[Any]) -> Any:
    """What is small moves to the next page as a whole; what is long may break."""
    letters = sum(len(text.text or "") for part in inside for text in part.iter(_TEXT))
    pictures = any(True for part in inside for _ in part.iter(_DRAWING))
    return el("trPr", el("cantSplit")) if letters <= _WHOLE_MOST and not pictures else None


def _lines() -> Any:
    return el("tblBorders", _line("top", _RULE), _line("bottom", _RULE), _line("insideH", _THIN))


def _line(side: str, size: int) -> Any:
    return el(side, val="single", sz=size, space=0, color="000000")


def _grid(widths: list[float]) -> Any:
    return el("tblGrid", *(el("gridCol", w=twips(width)) for width in widths))


def _cell(inside: list[Any], width: float, *look: Any) -> Any:
    return el("tc", el("tcPr", el("tcW", w=twips(width), type="dxa"), *look), *inside)
