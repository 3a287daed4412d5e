"""The encrypted workspace on disk: key slots, database, history, backup."""

from __future__ import annotations

from amparo.store.backups import backup, restore
from amparo.store.book import Book
from amparo.store.envelope import Ack, Change, Conflict, Envelope, Mark
from amparo.store.handle import Store
from amparo.store.keeping import keep
from amparo.store.openers import Identity, Opener, Passphrase, Recipient, RecoveryWords
from amparo.store.slots import SlotInfo, list_slots
from amparo.store.space import Space, find_space, make_space
from amparo.store.wiping import REMAINS, wipe, wipe_open
from amparo.store.workspace import create, create_session, open_store

__all__ = [
    "REMAINS",
    "Ack",
    "Book",
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
    "Space",
    "Store",
    "backup",
    "create",
    "create_session",
    "find_space",
    "keep",
    "list_slots",
    "make_space",
    "open_store",
    "restore",
    "wipe",
    "wipe_open",
]
