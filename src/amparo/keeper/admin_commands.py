"""Commands on the workspace itself: lock, backup, key slots, further capabilities."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from amparo.errors import KeeperError
from amparo.keeper.capabilities import Capability, Right
from amparo.keeper.desk import Arguments, Desk
from amparo.keeper.record_commands import Nothing
from amparo.keeper.roles import WorkshopRole
from amparo.keeper.shapes import slot_on_wire
from amparo.model.text import RecordId
from amparo.store import REMAINS, Passphrase, Recipient, RecoveryWords, wipe_open
from amparo.store import backup as store_backup
from amparo.store import keep as store_keep

Secret = Annotated[str, Field(min_length=1, max_length=1024, repr=False)]
Short = Annotated[str, Field(max_length=64)]


class BackupTo(Arguments):
    """Where the one backup file goes."""

    path: Annotated[str, Field(min_length=1, max_length=4096)]


class KeepAt(Arguments):
    """Where a session-only workspace shall stay, and what shall open it."""

    path: Annotated[str, Field(min_length=1, max_length=4096)]
    passphrase: Secret


class NewRecipient(Arguments):
    """A public age recipient."""

    recipient: Annotated[str, Field(max_length=200)]


class NewPassphrase(Arguments):
    """A passphrase that shall open the workspace."""

    passphrase: Secret


class NewRecovery(Arguments):
    """Six recovery words that shall open the workspace."""

    words: Secret


class PassphraseChange(Arguments):
    """The passphrase that goes and the one that comes."""

    old: Secret
    new: Secret


class SlotId(Arguments):
    """The id of one key slot."""

    slot: Short


class Grant(Arguments):
    """Rights for somebody else's capability: those of a role, or named one by one.

    *writer* is the number under which a participant wrote before a keeper was killed.
    """

    identity: Short
    workshop_role: WorkshopRole | None = None
    rights: frozenset[Right] | None = None
    role: Short | None = None
    writer: RecordId | None = None


def lock(desk: Desk, _caller: Capability, _: Nothing) -> None:
    """End the keeper: closing a database would leave copies of the key in this memory."""
    desk.stop()


def wipe(desk: Desk, _caller: Capability, _: Nothing) -> list[str]:
    """Delete the workspace for good and end the keeper; say what no program can take back."""
    try:
        wipe_open(desk.whole)
    finally:
        desk.stop()
    return list(REMAINS)


def backup(desk: Desk, _caller: Capability, asked: BackupTo) -> None:
    """Write the whole workspace to one encrypted file."""
    store_backup(desk.whole, Path(asked.path))


def keep(desk: Desk, _caller: Capability, asked: KeepAt) -> None:
    """Keep a session-only workspace; pages go on as if nothing had happened."""
    desk.move(store_keep(desk.whole, Path(asked.path), Passphrase(asked.passphrase)))


def slots(desk: Desk, _caller: Capability, _: Nothing) -> list[dict[str, Any]]:
    """List the key slots."""
    return [slot_on_wire(slot) for slot in desk.whole.slots()]


def add_recipient(desk: Desk, _caller: Capability, asked: NewRecipient) -> dict[str, Any]:
    """Let the holder of an age identity open the workspace."""
    return slot_on_wire(desk.whole.add_slot(Recipient(asked.recipient)))


def add_passphrase(desk: Desk, _caller: Capability, asked: NewPassphrase) -> dict[str, Any]:
    """Let one more passphrase open the workspace."""
    return slot_on_wire(desk.whole.add_slot(Passphrase(asked.passphrase)))


def add_recovery(desk: Desk, _caller: Capability, asked: NewRecovery) -> dict[str, Any]:
    """Let six recovery words open the workspace."""
    return slot_on_wire(desk.whole.add_slot(RecoveryWords(asked.words)))


def change_passphrase(desk: Desk, _caller: Capability, asked: PassphraseChange) -> dict[str, Any]:
    """Replace one passphrase."""
    changed = desk.whole.change_passphrase(Passphrase(asked.old), Passphrase(asked.new))
    return slot_on_wire(changed)


def remove_slot(desk: Desk, _caller: Capability, asked: SlotId) -> None:
    """Take away one way to open the workspace."""
    desk.whole.remove_slot(asked.slot)


def grant(desk: Desk, _caller: Capability, asked: Grant) -> str:
    """Make a capability with fewer rights for a page, a person or a process.

    Raises:
        KeeperError: neither a role of a workshop is given, nor rights with a letter; or both.
    """
    if asked.writer is not None:
        desk.ring.remember_writer(asked.identity, asked.writer)
    if asked.workshop_role is not None and asked.rights is None and asked.role is None:
        return desk.ring.seat(asked.workshop_role, identity=asked.identity).secret
    if asked.workshop_role is None and asked.rights is not None and asked.role is not None:
        return desk.ring.grant(asked.rights, identity=asked.identity, role=asked.role).secret
    raise KeeperError("a capability has the rights of a role, or its own")
