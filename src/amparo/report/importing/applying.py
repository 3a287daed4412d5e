"""Saves what a file changes: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from amparo.errors import AmparoError
from amparo.keeper.frames import MAX_REQUEST_BYTES
from amparo.model.base import Record
from amparo.model.registry import to_json
from amparo.report.importing.changes import Changes
from amparo.session import Ack

# What surrounds a record on its way to the keeper.
_AROUND_BYTES = 128


class TooMuchAtOnceError(AmparoError):
    """A file changes more than can be saved together."""

    key = "error.import_too_much"


class SavesRecords(Protocol):
    """What an import needs of a session."""

    def save_many(self, records: Iterable[tuple[Record, int | None]]) -> Ack:
        """Save several records together or not at all."""
        ...


def apply(session: SavesRecords, changes: Changes) -> int:
    """Save everything that is new or changed; return how many records that were.

    Nothing is saved when anything is refused.

    Raises:
        ConflictError: somebody saved one of them since it was compared; nothing of the file is
            saved, and what came too late is kept for a choice.
        TooMuchAtOnceError: it is more than a keeper takes at once.
    """
    if not changes.can_be_saved:
        return 0
    items = [
        (change.record, change.version)
        for change in changes.of("new", "changed")
        if change.record is not None
    ]
    # On the line every sign beyond ASCII is written as six.
    size = sum(
        _AROUND_BYTES + len(to_json(one).encode("ascii", "backslashreplace")) for one, _ in items
    )
    if size > MAX_REQUEST_BYTES:
        raise TooMuchAtOnceError("more than a keeper takes at once")
    session.save_many(items)
    return len(items)
