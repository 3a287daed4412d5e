"""Commands of a workshop: the wall, one's own contributions, who is in, and its end."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from amparo.errors import ForbiddenError, RecordMissingError, TooManyLinesError
from amparo.keeper.capabilities import Capability
from amparo.keeper.desk import Arguments, Desk
from amparo.keeper.record_commands import Nothing, Version, envelope_of
from amparo.keeper.shapes import ack_on_wire
from amparo.keeper.veil import PARTICIPANT, contribution_in
from amparo.model.contributions import Contribution, Prompt
from amparo.model.process import Process
from amparo.model.text import Line, RecordId
from amparo.store import Book

# A person says much in fifty lines; a program that wants to fill the disk does not.
MOST_LINES = 50


class Contributed(Arguments):
    """One line of one's own, as it shall stand; no expected version means that it is new."""

    id: RecordId
    prompt: Prompt
    text: Annotated[Line, Field(min_length=1)]
    place: Literal["own", "wall"]
    expected_version: Version | None


class Identity(Arguments):
    """Who is meant, as the one who granted the capability called them."""

    identity: Annotated[str, Field(min_length=1, max_length=64)]


def wall(desk: Desk, caller: Capability, _: Nothing) -> dict[str, Any]:
    """Return what the whole room may see, and the caller's own lines."""
    return desk.wall.for_writer(desk.store, _writer(desk, caller))


def counts(desk: Desk, _caller: Capability, _: Nothing) -> dict[str, Any]:
    """Return how many lines there are and the three counts of the plan; no word of either."""
    return desk.wall.counts(desk.store)


def listen(desk: Desk, caller: Capability, asked: Nothing) -> dict[str, int]:
    """Return where things stand for the caller; the line then hears when that changes."""
    if "read" in caller.rights:
        return {"seq": desk.store.seq}
    seen = wall(desk, caller, asked) if "wall" in caller.rights else counts(desk, caller, asked)
    return {"seq": seen["seq"]}


def contribute(desk: Desk, caller: Capability, asked: Contributed) -> dict[str, Any] | None:
    """Make or change a line of one's own, hang it on the wall, or take it back."""
    writer = desk.ring.writer_of(caller.identity)
    stored = _own(desk.store, asked.id, writer)
    if stored is None:
        if desk.wall.lines_of(desk.store, writer) >= MOST_LINES:
            raise TooManyLinesError("this participant has as many lines as fit", most=MOST_LINES)
        day, rule = desk.now().date(), _rule(desk.store)
        record = Contribution(**_said(asked), writer=writer, created_on=day, delete_by=rule)
    else:
        record = stored.with_changes(**_said(asked))
    envelope = envelope_of(record, asked.expected_version)
    acks = desk.store.put_many([envelope], role=caller.role)
    # Whoever saves has seen both versions and chosen.
    for late in desk.store.conflicts(record.id):
        if late.role == PARTICIPANT:
            desk.store.settle(late.id)
    return ack_on_wire(acks)


def who(desk: Desk, _caller: Capability, _: Nothing) -> list[dict[str, Any]]:
    """Return who holds a capability, and in which role; no secret and no right."""
    return [
        {"identity": identity, "role": role, "workshop_role": workshop_role}
        for identity, role, workshop_role in desk.ring.holders()
    ]


def revoke(desk: Desk, caller: Capability, asked: Identity) -> None:
    """Forget all capabilities of one identity; its open lines end at once."""
    if asked.identity == caller.identity:
        raise ForbiddenError("nobody shuts herself out")
    desk.ring.end_identity(asked.identity)


def workshop_end(desk: Desk, caller: Capability, _: Nothing) -> dict[str, int]:
    """End a workshop: what was never shown is erased, and nobody can tell any more who wrote what.

    Whoever came for the workshop alone is out. Carried out twice, it changes nothing more.
    """
    desk.ring.end_guests()
    desk.ring.forget_writers()
    found = [contribution_in(one) for one in desk.store.list(Contribution.kind)]
    kept = [one for one in found if one.place != "own"]
    gone = _ids_ever(desk.store) - {one.id for one in kept}
    desk.store.erase(*sorted(gone), role=caller.role)
    versions = {one.id: one.version for one in desk.store.list(Contribution.kind)}
    desk.store.put_many(
        [
            envelope_of(one.with_changes(writer=None), versions[one.id])
            for one in kept
            if one.writer is not None
        ],
        role=caller.role,
    )
    # Also what a line said before, and at which minute.
    desk.store.forget_history(*versions, role=caller.role)
    return {"kept": len(kept), "gone": len(found) - len(kept)}


def _writer(desk: Desk, caller: Capability) -> str | None:
    return desk.ring.writer_of(caller.identity) if "contribute" in caller.rights else None


def _said(asked: Contributed) -> dict[str, Any]:
    return asked.model_dump(include={"id", "prompt", "text", "place"})


def _own(store: Book, record_id: str, writer: str) -> Contribution | None:
    """Return one's own line with this id, or None where there is nothing.

    Raises:
        RecordMissingError: it is not one's own; said as of what is gone.
    """
    try:
        found = store.get(record_id)
    except RecordMissingError:
        return None
    if found.kind == Contribution.kind and (mine := contribution_in(found)).writer == writer:
        return mine
    raise RecordMissingError("no record has this id")


def _rule(store: Book) -> date | None:
    for envelope in store.list(Process.kind):
        return Process.read(json.loads(envelope.json)).data_rule.delete_by
    return None


def _ids_ever(store: Book) -> set[str]:
    """Return the ids of all contributions there ever were, also of those that came too late."""
    changed = {line.record_id for line in store.changes_since(0) if line.kind == Contribution.kind}
    late = {one.record_id for one in store.conflicts() if one.lost.kind == Contribution.kind}
    return changed | late
