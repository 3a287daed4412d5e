"""What the store says, as plain JSON values for the socket.

A record travels as the JSON text it is stored as: read once, by the client.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from amparo.store import Ack, Change, Conflict, Envelope, SlotInfo


def ack_on_wire(acks: Sequence[Ack | Change]) -> dict[str, Any] | None:
    """Return the acknowledgement of what was committed together; None when that was nothing."""
    if not acks:
        return None
    last = max(acks, key=lambda ack: ack.seq)
    return {"seq": last.seq, "version": last.version, "at": last.at.isoformat()}


def stored_on_wire(envelope: Envelope, seq: int) -> dict[str, Any]:
    """Return one stored record as it was after change number *seq*."""
    return {
        "kind": envelope.kind,
        "json": envelope.json,
        "version": envelope.version,
        "seq": seq,
    }


def change_on_wire(change: Change) -> dict[str, Any]:
    """Return one line of the history."""
    return {
        "seq": change.seq,
        "id": change.record_id,
        "kind": change.kind,
        "role": change.role,
        "at": change.at.isoformat(),
        "version": change.version,
        "action": change.action,
        "before": change.before.json if change.before else None,
        "after": change.after.json if change.after else None,
    }


def conflict_on_wire(conflict: Conflict) -> dict[str, Any]:
    """Return one text that came too late."""
    return {
        "id": conflict.id,
        "role": conflict.role,
        "at": conflict.at.isoformat(),
        "kind": conflict.lost.kind,
        "json": conflict.lost.json,
    }


def slot_on_wire(slot: SlotInfo) -> dict[str, Any]:
    """Return what may be said of one key slot."""
    return {"id": slot.id, "kind": slot.kind}
