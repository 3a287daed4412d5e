"""Cards to be cut out: from the block to what the templates take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from amparo.report.blocks import Block
from amparo.report.blocks_cards import CutCards

MM = 72 / 25.4
# Also in templates/blocks.typ.
_INSET = 9.0
_COLUMNS_MOST = 6
_SIDE_RANGE_MM = (20.0, 300.0)


def cards_json(
    block: CutCards,
    compose: Callable[[Sequence[Block], float], list[Any]],
    room: float,
    *,
    rtl: bool,
) -> dict[str, Any]:
    """Return the cards as the templates take them, never wider than *room* points together."""
    columns = max(1, min(block.columns, _COLUMNS_MOST))
    wide = min(_side(block.wide_mm), room / columns)
    return {
        "k": "cut_cards",
        "wide": round(wide, 2),
        "high": round(_side(block.high_mm), 2),
        "columns": columns,
        "folds": block.folds,
        "rtl": rtl,
        "cards": [compose(card, wide - 2 * _INSET) for card in block.cards],
    }


def _side(length_mm: float) -> float:
    low, high = _SIDE_RANGE_MM
    return max(low, min(length_mm, high)) * MM
