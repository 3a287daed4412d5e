"""What this page itself has written: its own saves are no conflict with its other parts.

Several parts of one page show fields of one record: the frame its track, the form its name. Each
part saves from the version that it was drawn with. When another part of the same page has saved
since, the second save goes on from there. What somebody else saved is never passed over.
"""

from __future__ import annotations

from collections.abc import Iterable

from amparo.board.promises import Save


class Written:
    """The unbroken run of versions that this page wrote of each record; 0 is before the first."""

    def __init__(self) -> None:
        self._runs: dict[str, tuple[int, int]] = {}

    def note(self, saves: Iterable[Save], last: int) -> None:
        """Remember saves that were acknowledged together; *last* is the version of the last one."""
        *others, (record, base) = saves
        for other, expected in others:
            self._follow(other.id, expected or 0, (expected or 0) + 1)
        self._follow(record.id, base or 0, last)

    def since(self, record_id: str, version: int | None) -> int | None:
        """Return the version this page itself has made of *version*; that one if it made none."""
        first, last = self._runs.get(record_id, (0, 0))
        return last if first <= (version or 0) < last else version

    def has_begun(self, record_id: str) -> bool:
        """Say whether this page made the record."""
        return self._runs.get(record_id, (1, 1))[0] == 0

    def _follow(self, record_id: str, base: int, version: int) -> None:
        first, last = self._runs.get(record_id, (base, base))
        self._runs[record_id] = (first if last == base else base, version)
