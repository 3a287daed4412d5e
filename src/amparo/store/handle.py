"""An open workspace, as its one owner holds it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self, TypeVar

from amparo.errors import DiskFullError, SlotError, StoreError
from amparo.store import erasure, history, records, slots
from amparo.store.counter import Counter
from amparo.store.database import Database, checkpoint, explained_sql, last_seq
from amparo.store.digest import digest
from amparo.store.envelope import Ack, Change, Conflict, Envelope, Mark, Stamp
from amparo.store.files import remove_tree
from amparo.store.openers import Opener, Passphrase
from amparo.store.ownership import Ownership
from amparo.store.reserve import fill_reserve, release_reserve

Result = TypeVar("Result")


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


class Store:
    """One open workspace: every command is committed and synced when it returns.

    Not for two threads at once. Times are UTC. ``notices`` holds catalogue keys of what a person
    should hear about this opening.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._database = parts.database
        self.folder = parts.folder
        self.session_only = parts.session_only
        self.notices = parts.notices
        self.is_open = True

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

    @property
    def seq(self) -> int:
        """The number of the last change."""
        with explained_sql():
            return last_seq(self._database)

    def put(self, envelope: Envelope, *, role: str, expected_version: int | None = None) -> Ack:
        """Save one record; see ``put_many``. *expected_version* replaces the envelope's own."""
        if expected_version is not None:
            envelope = replace(envelope, version=expected_version)
        return self.put_many((envelope,), role=role)[0]

    def put_many(self, envelopes: Sequence[Envelope], *, role: str) -> tuple[Ack, ...]:
        """Save records together or not at all (see ``records.save``).

        Raises:
            ConflictError: one was changed since it was read; ``stored`` is what is there now.
            RecordMissingError: one was erased for good.
            RecordError: one cannot be stored.
            DiskFullError: nothing of this call is saved, all before it is.
        """
        return self._counted(records.save(self._database, envelopes, self._stamp("save", role)))

    def delete(
        self, *record_ids: str, role: str, expected: Mapping[str, int] | None = None
    ) -> tuple[Ack, ...]:
        """Delete records together; undo brings them back until they are erased.

        Raises:
            RecordMissingError: one is not there.
            ConflictError: one is not at the version that *expected* names for it.
        """
        stamp = self._stamp("delete", role)
        return self.pressing(
            lambda: records.remove(self._database, record_ids, stamp, expected or {})
        )

    def get(self, record_id: str) -> Envelope:
        """Return one record.

        Raises:
            RecordMissingError: there is none with this id.
        """
        with explained_sql():
            return records.get(self._database, record_id)

    def list(self, kind: str | None = None) -> tuple[Envelope, ...]:
        """Return all records of a kind, or all there are, in the order they were first saved."""
        with explained_sql():
            return records.listed(self._database, kind)

    def history(self, record_id: str) -> tuple[Change, ...]:
        """Return what happened to one record, oldest first."""
        with explained_sql():
            return history.of_record(self._database, record_id)

    def changes_since(self, seq: int) -> tuple[Change, ...]:
        """Return what happened after change number *seq*, oldest first."""
        with explained_sql():
            return history.since(self._database, seq)

    def undo(self, role: str) -> tuple[Change, ...]:
        """Take back the last edit of this role; return the changes made, none if none was left.

        Raises:
            ConflictError: somebody changed one of its records since.
        """
        return self._counted(history.undo(self._database, self._stamp("undo", role)))

    def redo(self, role: str) -> tuple[Change, ...]:
        """Bring back what this role undid last; return the changes made, none if none was left.

        Raises:
            ConflictError: somebody changed one of its records since.
        """
        return self._counted(history.redo(self._database, self._stamp("redo", role)))

    def mark(self, label: str, *, role: str) -> Mark:
        """Name the present moment, for example a plan version."""
        return history.add_mark(self._database, label, self._stamp("mark", role))

    def marks(self) -> tuple[Mark, ...]:
        """Return all named moments, oldest first."""
        with explained_sql():
            return history.marks(self._database)

    def records_at(self, seq: int) -> tuple[Envelope, ...]:
        """Return all records as they were at change number *seq*, without what was erased since."""
        with explained_sql():
            return history.records_at(self._database, seq)

    def conflicts(self, record_id: str | None = None) -> tuple[Conflict, ...]:
        """Return the texts that came too late and wait for a choice."""
        with explained_sql():
            return records.conflicts(self._database, record_id)

    def settle(self, conflict_id: int) -> None:
        """Forget one such text, once somebody has chosen."""
        records.settle(self._database, conflict_id)

    def erase(self, *record_ids: str, role: str) -> None:
        """Erase records and their whole history for good; no undo."""
        stamp = self._stamp("erase", role)
        if record_ids:
            self.pressing(lambda: erasure.erase(self._database, record_ids, stamp))
            self._scrub()

    def purge(self, *, role: str) -> tuple[str, ...]:
        """Erase for good whatever was deleted; return the ids."""
        with explained_sql():
            gone = erasure.deleted(self._database)
        self.erase(*gone, role=role)
        return gone

    def forget_history(self, record_id: str, *, role: str) -> None:
        """Keep a record as it stands and erase for good what it said before."""
        stamp = self._stamp("forget", role)
        self.pressing(lambda: erasure.forget_history(self._database, record_id, stamp))
        self._scrub()

    def due(self, today: date) -> tuple[str, ...]:
        """Return the ids of records whose day to be deleted has passed, without touching them."""
        with explained_sql():
            return erasure.due(self._database, today)

    def expire(self, today: date, undo_days: int = erasure.UNDO_DAYS) -> tuple[str, ...]:
        """Erase for good what is past its day or was deleted longer ago; return the ids."""
        with explained_sql():
            gone = erasure.outlived(self._database, today, undo_days)
        self.erase(*gone, role="")
        return gone

    def digest(self) -> str:
        """Return one number for all the workspace says, equal after backup and restore."""
        with explained_sql():
            return digest(self._database)

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
            return self._counted(work())
        except DiskFullError:
            if not release_reserve(self.folder):
                raise
        with contextlib.suppress(DiskFullError):
            checkpoint(self._database)
        return self._counted(work())

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

    def _stamp(self, action: str, role: str) -> Stamp:
        return Stamp(action, role, self._parts.clock().astimezone(UTC))

    def _counted(self, result: Result) -> Result:
        self._parts.counter.advance(self.seq)
        return result

    def _scrub(self) -> None:
        with contextlib.suppress(DiskFullError):
            erasure.scrub_if_due(self._database)
        with contextlib.suppress(DiskFullError):
            checkpoint(self._database)
