"""Records with their history in one database: what a workspace and a separate space share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeVar

from amparo.store import erasure, history, records
from amparo.store.database import Database, explained_sql, last_seq
from amparo.store.digest import digest
from amparo.store.envelope import Ack, Change, Conflict, Envelope, Mark, Stamp

Result = TypeVar("Result")


class Book:
    """Records, their history, and what came too late; every change is kept when it returns.

    Who keeps it, and how, is said by ``_kept``, ``pressing`` and ``_erased``. Not for two threads
    at once. Times are UTC. ``notices`` holds catalogue keys of what a person should hear about
    this opening.
    """

    def __init__(
        self, database: Database, clock: Callable[[], datetime], notices: tuple[str, ...] = ()
    ) -> None:
        self._database = database
        self.clock = clock
        self.notices = notices

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
        stamp = self._stamp("save", role)
        return self._kept(lambda: records.save(self._database, envelopes, stamp))

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
            UndoConflictError: somebody else has built on it since.
        """
        stamp = self._stamp("undo", role)
        return self._kept(lambda: history.undo(self._database, stamp))

    def redo(self, role: str) -> tuple[Change, ...]:
        """Bring back what this role undid last; return the changes made, none if none was left.

        Raises:
            UndoConflictError: somebody else has built on it since.
        """
        stamp = self._stamp("redo", role)
        return self._kept(lambda: history.redo(self._database, stamp))

    def mark(self, label: str, *, role: str) -> Mark:
        """Name the present moment, for example a plan version."""
        stamp = self._stamp("mark", role)
        return self._kept(lambda: history.add_mark(self._database, label, stamp))

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
        self._kept(lambda: records.settle(self._database, conflict_id))

    def erase(self, *record_ids: str, role: str) -> None:
        """Erase records and their whole history for good; no undo."""
        stamp = self._stamp("erase", role)
        if record_ids:
            self._erased(lambda: erasure.erase(self._database, record_ids, stamp))

    def purge(self, *, role: str) -> tuple[str, ...]:
        """Erase for good whatever was deleted; return the ids."""
        with explained_sql():
            gone = erasure.deleted(self._database)
        self.erase(*gone, role=role)
        return gone

    def forget_history(self, *record_ids: str, role: str) -> None:
        """Keep records as they stand and erase for good what they said before."""
        stamp = self._stamp("forget", role)
        if record_ids:
            self._erased(lambda: erasure.forget_history(self._database, record_ids, stamp))

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

    def pressing(self, work: Callable[[], Result]) -> Result:
        """Do what must work on a full disk too."""
        return self._kept(work)

    def _kept(self, work: Callable[[], Result]) -> Result:
        """Carry out one change; it is on the disk when this returns."""
        raise NotImplementedError

    def _erased(self, work: Callable[[], Result]) -> Result:
        """Carry out one erasure; no page of the disk keeps a scrap when this returns."""
        raise NotImplementedError

    def _stamp(self, action: str, role: str) -> Stamp:
        return Stamp(action, role, self.clock().astimezone(UTC))
