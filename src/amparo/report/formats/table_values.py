"""A table before it is a sheet or a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Head:
    """The head of one column.

    Attributes:
        name: what an import knows it by; empty in a table that only people read.
        words: what a person knows it by.
        width: how much room it wants in a spreadsheet.
    """

    name: str
    words: str
    width: Literal["id", "short", "long"] = "long"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under their heads.

    Attributes:
        name: of a kind, ``threat``, of one of its lists, ``sheet.duties``, or empty.
        title: in the words of the reader.
        heads: one a column.
        rows: one text a column.
    """

    name: str
    title: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def head_rows(self) -> tuple[tuple[str, ...], ...]:
        """The rows above the first value: names and words, or words alone."""
        words = tuple(head.words for head in self.heads)
        return (tuple(head.name for head in self.heads), words) if self.name else (words,)
