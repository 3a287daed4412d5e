"""Whether there is something to undo or to redo, and when the last save was.

The store knows, but only by reading its whole history; a page asks after every save.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from amparo.store import Book, Change

_EDITS = frozenset({"save", "delete"})
_ERASURES = frozenset({"erase", "forget"})


class Ledger:
    """A short account of the history, kept up by reading only what is new."""

    def __init__(self) -> None:
        self._clear()

    def follow(self, store: Book) -> None:
        """Take in what happened since the last time."""
        new = store.changes_since(self._seq)
        # Erasing takes lines out of the history: what was counted from them no longer holds.
        if self._seq and any(change.action in _ERASURES for change in new):
            self._clear()
            new = store.changes_since(0)
        for change in new:
            self._take(change)

    def can_undo(self, role: str) -> bool:
        """Tell whether an edit of *role* stands that could be taken back."""
        return any(by == role and self._undone[batch] <= 0 for batch, by in self._edits.items())

    def can_redo(self, role: str) -> bool:
        """Tell whether *role* undid something and has not edited since."""
        last_edit = max((batch for batch, by in self._edits.items() if by == role), default=0)
        return any(
            by == role and batch > last_edit and self._undone[target] > 0
            for (batch, target), by in self._undos.items()
        )

    def _clear(self) -> None:
        self._seq = 0
        self.last_saved_at: datetime | None = None
        self._edits: dict[int, str] = {}
        self._undos: dict[tuple[int, int], str] = {}
        self._redos: set[tuple[int, int]] = set()
        self._undone: Counter[int] = Counter()

    def _take(self, change: Change) -> None:
        self._seq = change.seq
        self.last_saved_at = change.at
        move = (change.batch, change.target)
        if change.action in _EDITS:
            self._edits[change.batch] = change.role
        elif change.action == "undo" and move not in self._undos:
            self._undos[move] = change.role
            self._undone[change.target] += 1
        elif change.action == "redo" and move not in self._redos:
            self._redos.add(move)
            self._undone[change.target] -= 1
