"""Cards to be cut out of a page, all of one size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from amparo.report.blocks_base import Block


@dataclass(frozen=True, slots=True)
class CutCards(Block):
    """Cards in a grid without gaps; broken lines to cut along, dotted lines to fold at.

    Args:
        cards: from the start of the first row on; what does not fit on a card is not shortened.
        columns: cards beside one another.
        wide_mm: width of a card.
        high_mm: height of a card.
        folds: the cards of a row stay together, and are folded between two of them.
    """

    kind: ClassVar[str] = "cut_cards"
    cards: tuple[tuple[Block, ...], ...]
    columns: int = 2
    wide_mm: float = 85.0
    high_mm: float = 54.0
    folds: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "cards", tuple(tuple(card) for card in self.cards))
