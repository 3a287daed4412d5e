"""An open workspace, as its one owner holds it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from amparo.errors import DiskFullError, PlaceGoneError, SlotError, StoreError
from amparo.store import erasure, slots
from amparo.store.book import Book, Result
from amparo.store.counter import Counter
from amparo.store.database import DATABASE_NAME, Database, checkpoint
from amparo.store.files import remove_tree
from amparo.store.openers import Opener, Passphrase
from amparo.store.ownership import Ownership
from amparo.store.reserve import fill_reserve, release_reserve


@dataclass(frozen=True, slots=True, repr=False)
class Parts:
    """What an open workspace is made of."""

    folder: Path
    database: Database
    secret: slots.Secret
    ownership: Ownership
    counter: Counter
    clock: Callable[[], datetime]
    session_only: bool = False
    notices: tuple[str, ...] = ()


class Store(Book):
    """One open workspace: every command is committed and synced when it returns."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.database, parts.clock, parts.notices)
        self._parts = parts
        self.folder = parts.folder
        self.session_only = parts.session_only
        self.is_open = True
        self._place = _place_of(parts.folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def workspace_id(self) -> str:
        """The random id of this workspace, the same in its backups."""
        return self._parts.secret.workspace_id

    @property
    def secret(self) -> slots.Secret:
        """The key, for the backup."""
        return self._parts.secret

    @property
    def database(self) -> Database:
        """The open database, for the backup."""
        return self._database

    def require_place(self) -> None:
        """See that the database is still where it was opened.

        A file that was deleted, or lies on a stick that was pulled out, may take a save as if
        nothing had happened; nobody would ever find it again.

        Raises:
            PlaceGoneError: it is not there any more.
        """
        if self.is_open and _place_of(self.folder) != self._place:
            raise PlaceGoneError("the folder of this workspace is not there any more")

    def checkpoint(self) -> None:
        """Move everything committed into the database file and empty the log beside it."""
        checkpoint(self._database)

    def slots(self) -> tuple[slots.SlotInfo, ...]:
        """Return the slots that open this workspace."""
        return slots.list_slots(self.folder)

    def add_slot(self, opener: Opener) -> slots.SlotInfo:
        """Let one more opener in.

        Raises:
            SlotError: not possible, or the key of this session must not touch the disk.
        """
        if self.session_only:
            raise SlotError("a session-only workspace has no slots")
        return slots.add_slot(self.folder, self._parts.secret, opener)

    def change_passphrase(self, old: Passphrase, new: Passphrase) -> slots.SlotInfo:
        """Replace one passphrase by another (see ``slots.change_passphrase``)."""
        return slots.change_passphrase(self.folder, self._parts.secret, old, new)

    def remove_slot(self, slot_id: str) -> None:
        """Shut one opener out; never the last."""
        slots.remove_slot(self.folder, slot_id)

    def pressing(self, work: Callable[[], Result]) -> Result:
        """Do what must work on a full disk too, with the room of the reserve if need be."""
        try:
            return self._kept(work)
        except DiskFullError:
            if not release_reserve(self.folder):
                raise
        with contextlib.suppress(DiskFullError):
            checkpoint(self._database)
        return self._kept(work)

    def close(self) -> None:
        """Empty the log, close all files and give the workspace back; twice is fine."""
        if not self.is_open:
            return
        self.is_open = False
        # A full disk keeps the log as it is; the next opening reads it.
        with contextlib.suppress(StoreError):
            checkpoint(self._database)
        self._database.close()
        self._parts.counter.stop()
        if not self.session_only:
            fill_reserve(self.folder)
        self._parts.ownership.release()

    def destroy(self) -> None:
        """Close a session-only workspace and remove its folder.

        Raises:
            StoreError: this workspace was made to stay.
        """
        if not self.session_only:
            raise StoreError("only a session-only workspace is destroyed")
        self.close()
        remove_tree(self.folder)

    def _kept(self, work: Callable[[], Result]) -> Result:
        self.require_place()
        try:
            result = work()
        except StoreError:
            self.require_place()
            raise
        # Once more: gone in between, the save is nowhere, and nobody may hear that it is kept.
        self.require_place()
        return self._counted(result)

    def _erased(self, work: Callable[[], Result]) -> Result:
        result = self.pressing(work)
        self.scrub()
        return result

    def scrub(self) -> None:
        """Rewrite the database after an erasure, now or at the next opening when it is full."""
        with contextlib.suppress(DiskFullError):
            erasure.scrub_if_due(self._database)
        with contextlib.suppress(DiskFullError):
            checkpoint(self._database)

    def _counted(self, result: Result) -> Result:
        self._parts.counter.advance(self.seq)
        return result


def _place_of(folder: Path) -> tuple[int, int] | None:
    """Return what names the database file itself, or None when there is none."""
    try:
        found = (folder / DATABASE_NAME).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
