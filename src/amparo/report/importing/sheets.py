"""Tables as they stand in a file, before anybody knows what they mean."""

from __future__ import annotations

from dataclasses import dataclass

# In place of a cell whose text is not what stands in the file: a formula, or an error of one.
COMPUTED = object()
Cell = str | object


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet counts, and the cells that are not empty, by place."""

    number: int
    cells: dict[int, Cell]

    def text(self, place: int) -> str:
        """Return what stands in a cell, nothing for an empty or a computed one."""
        found = self.cells.get(place, "")
        return found if isinstance(found, str) else ""


Sheet = tuple[Row, ...]
