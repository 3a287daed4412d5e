"""The encrypted workspace on disk: key slots, database, history, backup."""

from __future__ import annotations

from amparo.store.backups import backup, restore
from amparo.store.envelope import Ack, Change, Conflict, Envelope, Mark
from amparo.store.handle import Store
from amparo.store.keeping import keep
from amparo.store.openers import Identity, Opener, Passphrase, Recipient, RecoveryWords
from amparo.store.slots import SlotInfo, list_slots
from amparo.store.wiping import REMAINS, wipe, wipe_open
from amparo.store.workspace import create, create_session, open_store

__all__ = [
    "REMAINS",
    "Ack",
    "Change",
    "Conflict",
    "Envelope",
    "Identity",
    "Mark",
    "Opener",
    "Passphrase",
    "Recipient",
    "RecoveryWords",
    "SlotInfo",
    "Store",
    "backup",
    "create",
    "create_session",
    "keep",
    "list_slots",
    "open_store",
    "restore",
    "wipe",
    "wipe_open",
]
