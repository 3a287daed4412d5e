"""What of a workshop's contributions anybody but their writer may see.

A line that still stands at ``own`` is nobody's but its writer's, and whose a line is nobody is
told at all: both are taken out here, before anything leaves the keeper.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from amparo.errors import NotYoursError, RecordError, RecordMissingError
from amparo.keeper.roles import SEATS
from amparo.model.base import Record
from amparo.model.contributions import Contribution
from amparo.model.registry import to_json
from amparo.store import Book, Change, Conflict, Envelope

PARTICIPANT = SEATS["participant"].letter


def contribution_in(envelope: Envelope) -> Contribution:
    """Read a stored contribution."""
    return Contribution.read(json.loads(envelope.json))


def shown(envelope: Envelope | None) -> Envelope | None:
    """Return *envelope* as others than its writer may see it, or None."""
    if envelope is None or envelope.kind != Contribution.kind:
        return envelope
    found = contribution_in(envelope)
    return None if found.place == "own" else without_writer(envelope, found)


def without_writer(envelope: Envelope, found: Contribution) -> Envelope:
    """Return a stored contribution without the number of its writer."""
    return replace(envelope, json=to_json(found.with_changes(writer=None)))


def shown_of(envelopes: Iterable[Envelope]) -> Iterator[Envelope]:
    """Yield what others may see of *envelopes*."""
    return (seen for seen in map(shown, envelopes) if seen is not None)


def shown_changes(changes: Iterable[Change]) -> Iterator[Change]:
    """Yield the lines of the history in which others may see something."""
    for change in changes:
        if change.kind != Contribution.kind:
            yield change
            continue
        before, after = shown(change.before), shown(change.after)
        if before is not None or after is not None:
            yield replace(change, before=before, after=after)


def shown_conflicts(conflicts: Iterable[Conflict]) -> Iterator[Conflict]:
    """Yield the late texts that are not a participant's own affair."""
    for conflict in conflicts:
        if conflict.lost.kind != Contribution.kind:
            yield conflict
        elif conflict.role != PARTICIPANT and (lost := shown(conflict.lost)) is not None:
            yield replace(conflict, lost=lost)


def require_shown(store: Book, record_id: str) -> Envelope:
    """Return one stored record as others may see it.

    Raises:
        RecordMissingError: there is none, or it is a line that only its writer reads.
    """
    seen = shown(store.get(record_id))
    if seen is None:
        raise RecordMissingError("no record has this id")
    return seen


def completed(store: Book, record: Contribution, *, is_new: bool) -> Record:
    """Return a contribution that a page of the group wants to save, as it may stand.

    Raises:
        RecordMissingError: only its writer knows of this line.
        NotYoursError: it says something else than its writer wrote.
        RecordError: nobody but a participant keeps a line to herself.
    """
    if record.place == "own":
        raise RecordError(
            "only a participant keeps a line",
            fields=(("place", "own"),), record=record.kind, names="place",
        )  # fmt: skip
    if is_new:
        return record.with_changes(writer=None)
    require_shown(store, record.id)
    stored = contribution_in(store.get(record.id))
    if stored.writer and (stored.text, stored.prompt) != (record.text, record.prompt):
        raise NotYoursError("these are another's words", fields=(("text", "not_yours"),))
    return record.with_changes(writer=stored.writer)
