"""A session: one client's talk with the keeper of one open workspace."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from amparo.errors import ConflictError, LockedError, StoreError
from amparo.keeper.capabilities import Right
from amparo.keeper.line import ADDRESS, CAPABILITY, Line
from amparo.model.base import Record
from amparo.model.reach import Audience
from amparo.model.workspace import Workspace
from amparo.session.reading import (
    to_ack,
    to_change,
    to_conflict,
    to_report_data,
    to_slot,
    to_status,
    to_stored,
)
from amparo.session.spaces import SpaceTalk
from amparo.session.values import Ack, Change, Conflict, LeftOut, ReportData, Slot, Status, Stored
from amparo.session.workshop import WorkshopTalk


class Session(SpaceTalk, WorkshopTalk):
    """One open workspace, seen by one client; several threads may share it.

    Every method raises LockedError when the keeper is gone, ForbiddenError when this client's
    capability may not do that, and otherwise what the keeper refused.
    """

    def __init__(self, line: Line, environment: Mapping[str, str]) -> None:
        self._line = line
        self._environment = dict(environment)

    @classmethod
    def connect(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Reach the keeper that *environment* names.

        Raises:
            LockedError: it names none, or none answers.
            ForbiddenError: the keeper does not know this capability.
        """
        if ADDRESS not in environment or CAPABILITY not in environment:
            raise LockedError("no keeper is named")
        line = Line(environment[ADDRESS], environment[CAPABILITY])
        line.connect()
        kept = {name: environment[name] for name in (ADDRESS, CAPABILITY)}
        return cls(line, kept)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up; the workspace stays open for others."""
        self._line.close()

    def workspace(self) -> Workspace:
        """Return every record."""
        return Workspace.of(found.record for found in self.stored())

    def stored(self) -> tuple[Stored, ...]:
        """Return every record with its version."""
        return tuple(to_stored(found) for found in self._line.ask("stored"))

    def get(self, record_id: str) -> Stored:
        """Return one record.

        Raises:
            RecordMissingError: there is none with this id.
        """
        return to_stored(self._line.ask("get", id=record_id))

    def save(self, record: Record, *, expected_version: int | None) -> Ack:
        """Save one record; the acknowledgement comes after the commit.

        Args:
            record: a whole record.
            expected_version: the version this edit started from; None for a new record.

        Raises:
            ConflictError: somebody saved it first; ``theirs`` is that record, both are kept.
            RecordError: the keeper refused a value.
        """
        return self.save_many([(record, expected_version)])

    def save_many(self, records: Iterable[tuple[Record, int | None]]) -> Ack:
        """Save several records together or not at all.

        Raises:
            ConflictError: somebody saved one of them first.
            RecordError: the keeper refused a value, or there is nothing to save.
        """
        items = [
            {
                "kind": record.kind,
                "values": record.model_dump(mode="json"),
                "expected_version": expected,
            }
            for record, expected in records
        ]
        return to_ack(self._change("save", items=items))

    def delete(self, record_id: str, *, expected_version: int) -> Ack:
        """Delete one record.

        Raises:
            ConflictError: somebody changed it since.
            RecordMissingError: it is gone already.
        """
        return to_ack(self._change("delete", id=record_id, expected_version=expected_version))

    def undo(self) -> Ack | None:
        """Take back the last change; None when there is none."""
        said = self._change("undo")
        return to_ack(said) if said else None

    def redo(self) -> Ack | None:
        """Bring back what was undone last; None when there is nothing."""
        said = self._change("redo")
        return to_ack(said) if said else None

    def history(self, record_id: str) -> tuple[Change, ...]:
        """Return every change of one record, oldest first."""
        return tuple(to_change(said) for said in self._line.ask("history", id=record_id))

    def changes_since(self, seq: int) -> tuple[Change, ...]:
        """Return every change after *seq*, oldest first."""
        return tuple(to_change(said) for said in self._line.ask("changes_since", seq=seq))

    def erase(self, record_id: str) -> None:
        """Erase a record and all it ever said; no undo."""
        self._line.ask("erase", id=record_id)

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return the records that came too late and wait for a choice, oldest first."""
        return tuple(to_conflict(said) for said in self._line.ask("conflicts"))

    def settle(self, conflict_id: int) -> None:
        """Forget one of them, once somebody has chosen."""
        self._line.ask("settle", conflict=conflict_id)

    def status(self) -> Status:
        """Return where the store stands."""
        return to_status(self._line.ask("status"))

    def expired(self) -> tuple[str, ...]:
        """Return the ids of what is past its day and waits until somebody looked at the clock."""
        return tuple(self._line.ask("expired"))

    def confirm_expired(self) -> int:
        """Erase for good what waits so; return how many records that were."""
        return self._line.ask("confirm_expired")

    def digest(self) -> str:
        """Return the digest of all records."""
        return self._line.ask("digest")

    def ticket(
        self,
        report: str,
        audience: Audience,
        lang: str,
        paper: str | None = None,
        *,
        parameters: Mapping[str, str | int] | None = None,
        without: Iterable[str] = (),
    ) -> str:
        """Ask for a report; the 32 digits returned are all a report notebook is given.

        Args:
            report: which one.
            audience: who will hold it.
            lang: code of the language.
            paper: its size; None takes what the workspace says.
            parameters: what this report asks for beside its reader.
            without: what this reader does not get either, ``kind`` or ``kind.field``.
        """
        return self._line.ask(
            "ticket",
            report=report, audience=audience, lang=lang, paper=paper,
            parameters=dict(parameters or {}), without=sorted(without),
        )  # fmt: skip

    def report_data(self, ticket: str) -> ReportData:
        """Return what the report of *ticket* may say; it was cut before it left the keeper.

        Raises:
            NoVersionError: it compares with an agreed plan that there is not.
        """
        return to_report_data(self._line.ask("report_data", ticket=ticket))

    def report_left_out(self, ticket: str) -> dict[str, LeftOut]:
        """Return how much the reader of *ticket* does not get: kind -> numbers; no key for none."""
        said = self._line.ask("report_left_out", ticket=ticket)
        return {kind: LeftOut(**numbers) for kind, numbers in said.items()}

    def report_environment(self, ticket: str) -> dict[str, str]:
        """Return an environment whose capability fetches the data of *ticket* and no more."""
        return {**self._environment, CAPABILITY: self._line.ask("grant_report", ticket=ticket)}

    def grant(self, rights: Iterable[Right], *, role: str, identity: str) -> dict[str, str]:
        """Return an environment with a new capability that has only these rights."""
        made = self._line.ask("grant", rights=sorted(rights), role=role, identity=identity)
        return {**self._environment, CAPABILITY: made}

    def lock(self) -> None:
        """End the keeper; return when the workspace is closed."""
        self._line.ask("lock")
        self._line.wait_until_closed()

    def wipe(self) -> tuple[str, ...]:
        """Delete the workspace for good and end the keeper; nothing brings it back.

        Returns:
            Catalogue keys of what no program can take back: say them all.

        Raises:
            WipeLeftError: the keys are gone, but a file could not be removed.
            LockedError: the keeper ended before it had answered: look whether the folder is gone.
            StoreError: a key could not be destroyed; the workspace is closed but not wiped.
        """
        try:
            said = tuple(self._line.ask("wipe"))
        except StoreError:
            self._line.wait_until_closed()
            raise
        self._line.wait_until_closed()
        return said

    def backup(self, path: Path) -> None:
        """Write the whole workspace to one encrypted file that the same keys open.

        Raises:
            OutputExistsError: something is there already.
        """
        self._line.ask("backup", path=str(Path(path).absolute()))

    def keep(self, path: Path, passphrase: str) -> None:
        """Turn a session-only workspace into one that stays at *path*, with all its history.

        Raises:
            StoreError: it stays already, or cannot be written there; all is as before.
            WeakPassphraseError: the passphrase is too easy to guess.
        """
        self._line.ask("keep", path=str(Path(path).absolute()), passphrase=passphrase)

    def slots(self) -> tuple[Slot, ...]:
        """Return the ways to open the workspace."""
        return tuple(to_slot(said) for said in self._line.ask("slots"))

    def add_recipient(self, recipient: str) -> Slot:
        """Let the holder of an age identity (``age1...``) open the workspace."""
        return to_slot(self._line.ask("add_recipient", recipient=recipient))

    def add_passphrase(self, passphrase: str) -> Slot:
        """Let one more passphrase open the workspace."""
        return to_slot(self._line.ask("add_passphrase", passphrase=passphrase))

    def add_recovery(self, words: str) -> Slot:
        """Let six recovery words open the workspace."""
        return to_slot(self._line.ask("add_recovery", words=words))

    def change_passphrase(self, old: str, new: str) -> Slot:
        """Replace one passphrase."""
        return to_slot(self._line.ask("change_passphrase", old=old, new=new))

    def remove_slot(self, slot_id: str) -> None:
        """Take away one way to open the workspace."""
        self._line.ask("remove_slot", slot=slot_id)

    def _change(self, do: str, **arguments: Any) -> Any:
        try:
            return self._line.ask(do, **arguments)
        except ConflictError as error:
            if isinstance(error.stored, dict):
                error.stored = to_stored(error.stored)
            raise
