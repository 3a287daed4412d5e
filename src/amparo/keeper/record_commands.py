"""Commands on records: list, get, save, delete, undo, history."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from amparo.errors import ConflictError, RecordError
from amparo.keeper.admission import admit
from amparo.keeper.capabilities import Capability
from amparo.keeper.desk import Arguments, Desk
from amparo.keeper.expiry import MANY_EXPIRED
from amparo.keeper.shapes import (
    ack_on_wire,
    change_on_wire,
    conflict_on_wire,
    stored_on_wire,
)
from amparo.keeper.veil import (
    completed,
    require_shown,
    shown_changes,
    shown_conflicts,
    shown_of,
)
from amparo.model.base import Record
from amparo.model.contributions import Contribution
from amparo.model.registry import to_json
from amparo.model.text import RecordId
from amparo.store import Envelope

Version = Annotated[int, Field(ge=0, lt=2**63, strict=True)]  # what SQLite can hold


class Nothing(Arguments):
    """No arguments."""


class OneRecord(Arguments):
    """The id of one record."""

    id: RecordId


class Since(Arguments):
    """Everything after one change."""

    seq: Version


class Item(Arguments):
    """One record to save; no expected version means that it is new."""

    kind: Annotated[str, Field(max_length=64)]
    values: dict[str, Any]
    expected_version: Version | None


class Items(Arguments):
    """Records to save together or not at all."""

    items: Annotated[tuple[Item, ...], Field(min_length=1, max_length=20_000)]


class Deletion(Arguments):
    """One record to delete, as the client last saw it."""

    id: RecordId
    expected_version: Version


class OneConflict(Arguments):
    """One text that came too late."""

    conflict: Version


def stored(desk: Desk, _caller: Capability, _: Nothing) -> list[dict[str, Any]]:
    """Return every record, in the order they were made."""
    seq = desk.store.seq
    return [stored_on_wire(found, seq) for found in shown_of(desk.store.list())]


def get(desk: Desk, _caller: Capability, asked: OneRecord) -> dict[str, Any]:
    """Return one record."""
    return stored_on_wire(require_shown(desk.store, asked.id), desk.store.seq)


def save(desk: Desk, caller: Capability, asked: Items) -> dict[str, Any] | None:
    """Check and store records; the answer is given after the commit and never before."""
    envelopes = [checked(desk, item) for item in asked.items]
    return ack_on_wire(desk.store.put_many(envelopes, role=caller.role))


def delete(desk: Desk, caller: Capability, asked: Deletion) -> dict[str, Any] | None:
    """Delete one record; undo brings it back until it is erased."""
    require_shown(desk.store, asked.id)
    expected = {asked.id: asked.expected_version}
    return ack_on_wire(desk.store.delete(asked.id, role=caller.role, expected=expected))


def erase(desk: Desk, caller: Capability, asked: OneRecord) -> None:
    """Erase one record and all it ever said; no undo."""
    desk.store.erase(asked.id, role=caller.role)


def undo(desk: Desk, caller: Capability, _: Nothing) -> dict[str, Any] | None:
    """Take back the caller's last change, if there is one."""
    return ack_on_wire(desk.store.undo(role=caller.role))


def redo(desk: Desk, caller: Capability, _: Nothing) -> dict[str, Any] | None:
    """Bring back what the caller undid last, if there is something."""
    return ack_on_wire(desk.store.redo(role=caller.role))


def history(desk: Desk, _caller: Capability, asked: OneRecord) -> list[dict[str, Any]]:
    """Return every change of one record, oldest first."""
    return [change_on_wire(change) for change in shown_changes(desk.store.history(asked.id))]


def changes_since(desk: Desk, _caller: Capability, asked: Since) -> list[dict[str, Any]]:
    """Return every change after one, oldest first."""
    return [change_on_wire(change) for change in shown_changes(desk.store.changes_since(asked.seq))]


def conflicts(desk: Desk, _caller: Capability, _: Nothing) -> list[dict[str, Any]]:
    """Return the texts that came too late and wait for a choice, oldest first."""
    return [conflict_on_wire(conflict) for conflict in shown_conflicts(desk.store.conflicts())]


def settle(desk: Desk, _caller: Capability, asked: OneConflict) -> None:
    """Forget one of them, once somebody has chosen."""
    desk.store.settle(asked.conflict)


def digest(desk: Desk, _caller: Capability, _: Nothing) -> str:
    """Return the digest of all records."""
    return desk.store.digest()


def status(desk: Desk, caller: Capability, _: Nothing) -> dict[str, Any]:
    """Return where the store stands, for this caller."""
    desk.ledger.follow(desk.store)
    saved_at = desk.ledger.last_saved_at
    return {
        "seq": desk.store.seq,
        "session_only": desk.session_only,
        "can_undo": desk.ledger.can_undo(caller.role),
        "can_redo": desk.ledger.can_redo(caller.role),
        "last_saved_at": saved_at.isoformat() if saved_at else None,
        "notices": [*desk.store.notices, *([MANY_EXPIRED] if desk.waiting else [])],
    }


def checked(desk: Desk, item: Item) -> Envelope:
    """Return what a client wants to save as the store takes it, every value checked again.

    Raises:
        RecordError: a value breaks a rule.
        ConflictError: there is a record already of a kind that occurs once.
    """
    record = admit(item.kind, item.values)
    if record.single:
        _refuse_a_second(desk, record)
    if item.expected_version:
        _refuse_another_kind(desk, record)
    if isinstance(record, Contribution):
        record = completed(desk.store, record, is_new=not item.expected_version)
    return envelope_of(record, item.expected_version)


def envelope_of(record: Record, expected_version: int | None) -> Envelope:
    """Return a checked record as the store takes it."""
    # Label and date come out of the checked record: a client cannot claim others.
    return Envelope(
        id=record.id,
        kind=record.kind,
        json=to_json(record),
        version=expected_version or 0,
        sensitivity=record.sensitivity,
        delete_by=record.delete_by,
    )


def _refuse_a_second(desk: Desk, record: Record) -> None:
    for other in desk.store.list(record.kind):
        if other.id != record.id:
            raise ConflictError("the one record of this kind is there already", stored=other)


def _refuse_another_kind(desk: Desk, record: Record) -> None:
    if desk.store.get(record.id).kind != record.kind:
        raise RecordError(
            "this id belongs to another kind of record",
            fields=(("id", "other_kind"),),
            record=record.kind,
            names="id",
        )
