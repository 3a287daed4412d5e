"""About how high a composed block is: enough to tell a small one without laying it out twice.

Laying a box out only to measure it, and the boxes in it again, took half the time and half the
memory of an analysis. The guess is on the high side (1.1 to 2 times what it is on all papers of
the large example, in es, fr and ar); what is neither small nor long is measured after all.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

Json = dict[str, Any]
# What is small must fit a page whatever its letters are: if all were the widest there is, it would
# be less than twice as high, and the smallest page with the widest margins has 550 points.
SMALL_PT = 300.0
# What moves to the next page as a whole is at most 300 points high.
LONG_PT = 600.0
_LETTER_EM = 0.55
_LINE_EM = 1.4
_GAP_EM = 0.9
_ITEM_INDENT_EM = 1.6
_INSET = 5.0
_BOX_INSET = 7.0
_GUTTER = 12.0
_PAIR_GUTTER = 8.0
_BLANK_EM = 1.9


def fitting(block: Json, room: float, pt: float) -> Json:
    """Return *block* with what is known of its height: ``small``, ``long`` or ``measure``."""
    high = _block(block, room, pt)
    size = "small" if high < SMALL_PT else "long" if high > LONG_PT else "measure"
    return {**block, "size": size}


def _blocks(blocks: Iterable[Json], room: float, pt: float) -> float:
    return sum(_block(block, room, pt) for block in blocks)


def _block(block: Json, room: float, pt: float) -> float:
    known = _OF.get(block["k"])
    if known is None:
        return (SMALL_PT + LONG_PT) / 2  # a picture: nobody knows
    return known(block, max(room, pt), pt)


def _text(parts: Iterable[Json], room: float, pt: float) -> float:
    lines = "".join(part["t"] for part in parts).split("\n")
    a_line = max(1.0, room / (_LETTER_EM * pt))
    return sum(max(1, math.ceil(len(line) / a_line)) for line in lines) * _LINE_EM * pt


def _paragraph(block: Json, room: float, pt: float) -> float:
    return _text(block["r"], room, pt) + _GAP_EM * pt


def _heading(block: Json, room: float, pt: float) -> float:
    return _text(block["r"], room, 1.35 * pt) + 2 * _GAP_EM * pt


def _pre(block: Json, room: float, pt: float) -> float:
    return _text([block], room, pt) + 2 * _BOX_INSET


def _items(block: Json, room: float, pt: float) -> float:
    inside = room - _ITEM_INDENT_EM * pt
    return sum(_blocks(item, inside, pt) for item in block["items"]) + 2 * _GAP_EM * pt


def _table(block: Json, room: float, pt: float) -> float:
    columns = block["columns"]
    total = sum(column["width"] for column in columns) or 1.0
    rooms = [max(pt, room * column["width"] / total - 2 * _INSET) for column in columns]
    rows = [[column["title"] for column in columns], *block["rows"]]
    high = (
        max((_text(c, r, pt) for c, r in zip(row, rooms, strict=True)), default=0.0)
        for row in rows
    )  # fmt: skip
    return sum(one + 2 * _INSET for one in high) + block["empty"] * _BLANK_EM * pt


def _key_values(block: Json, room: float, pt: float) -> float:
    wide, share = room - _PAIR_GUTTER, block["share"]
    rooms = (wide * share, wide * (1 - share))
    return sum(
        max(_text(part, max(r, pt), pt) for part, r in zip(pair, rooms, strict=True)) + 0.6 * pt
        for pair in block["pairs"]
    )


def _box(block: Json, room: float, pt: float) -> float:
    inside = room - 2 * _BOX_INSET
    title = _text(block["title"], inside, pt) + _GAP_EM * pt if block["title"] else 0.0
    return title + _blocks(block["blocks"], inside, pt) + 4 * _BOX_INSET


def _columns(block: Json, room: float, pt: float) -> float:
    widths = block["widths"]
    free = room - _GUTTER * (len(widths) - 1)
    return max(
        (_blocks(column, free * share / sum(widths), pt)
         for column, share in zip(block["columns"], widths, strict=True)),
        default=0.0,
    )  # fmt: skip


def _blanks(block: Json, room: float, pt: float) -> float:
    label = _text(block["label"], room, pt) if block["label"] else 0.0
    return label + (block["count"] + 1) * _BLANK_EM * pt


def _spacer(block: Json, _room: float, pt: float) -> float:
    return max(1, block["lines"]) * 1.2 * pt


def _together(block: Json, room: float, pt: float) -> float:
    return _blocks(block["blocks"], room, pt)


def _drawing(block: Json, _room: float, _pt: float) -> float:
    return float(block["h"] * block["scale"])


def _rule(_block: Json, _room: float, pt: float) -> float:
    return 2 * _GAP_EM * pt


_OF: dict[str, Callable[[Json, float, float], float]] = {
    "heading": _heading, "paragraph": _paragraph, "pre": _pre, "bullets": _items,
    "numbered": _items, "checklist": _items, "table": _table, "key_values": _key_values,
    "box": _box, "columns": _columns, "blanks": _blanks, "rule": _rule, "page_break": _rule,
    "spacer": _spacer, "together": _together, "drawing": _drawing,
}  # fmt: skip
