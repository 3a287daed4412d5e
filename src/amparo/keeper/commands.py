"""Every command of the keeper, the right it takes, and the one way in."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from amparo.errors import AmparoError, ConflictError, KeeperError
from amparo.keeper import admin_commands as admin
from amparo.keeper import expiry
from amparo.keeper import record_commands as records
from amparo.keeper import report_commands as reports
from amparo.keeper import space_commands as spaces
from amparo.keeper import workshop_commands as workshop
from amparo.keeper.capabilities import Capability, Right
from amparo.keeper.desk import Arguments, Desk, read_arguments
from amparo.keeper.faults import describe
from amparo.keeper.shapes import stored_on_wire
from amparo.keeper.veil import contribution_in, shown, without_writer
from amparo.model.contributions import Contribution
from amparo.store import Envelope

_REMEMBERED_ANSWERS = 256
_CHANGING = frozenset({"write", "contribute"})
_LEAVING = frozenset({"space_leave", "space_delete", "revoke", "workshop_end"})


@dataclass(frozen=True, slots=True)
class Command:
    """One command: the right it takes, what it is given, what it does."""

    right: Right
    arguments: type[Arguments]
    run: Callable[[Desk, Capability, Any], Any]
    # One of these is enough as well.
    or_rights: tuple[Right, ...] = ()

    @property
    def rights(self) -> frozenset[Right]:
        """The rights of which one is needed."""
        return frozenset({self.right, *self.or_rights})


COMMANDS: MappingProxyType[str, Command] = MappingProxyType(
    {
        "stored": Command("read", records.Nothing, records.stored),
        "get": Command("read", records.OneRecord, records.get),
        "history": Command("read", records.OneRecord, records.history),
        "changes_since": Command("read", records.Since, records.changes_since),
        "conflicts": Command("read", records.Nothing, records.conflicts),
        "status": Command("read", records.Nothing, records.status),
        "digest": Command("read", records.Nothing, records.digest),
        "save": Command("write", records.Items, records.save),
        "delete": Command("write", records.Deletion, records.delete),
        "settle": Command("write", records.OneConflict, records.settle),
        "undo": Command("write", records.Nothing, records.undo),
        "redo": Command("write", records.Nothing, records.redo),
        "ticket": Command("read", reports.TicketOrder, reports.ticket),
        "grant_report": Command("read", reports.OneTicket, reports.grant_report),
        "report_data": Command("report", reports.OneTicket, reports.report_data),
        "report_left_out": Command("read", reports.OneTicket, reports.report_left_out),
        "listen": Command("read", records.Nothing, workshop.listen, ("wall", "count")),
        "wall": Command("wall", records.Nothing, workshop.wall),
        "contribute": Command("contribute", workshop.Contributed, workshop.contribute),
        "counts": Command("count", records.Nothing, workshop.counts),
        "who": Command("admin", records.Nothing, workshop.who),
        "revoke": Command("admin", workshop.Identity, workshop.revoke),
        "workshop_end": Command("admin", records.Nothing, workshop.workshop_end),
        "expired": Command("read", expiry.Nothing, expiry.expired),
        "confirm_expired": Command("write", expiry.Nothing, expiry.confirm_expired),
        "space_make": Command("write", spaces.SpacePassphrase, spaces.make),
        "space_enter": Command("read", spaces.SpacePassphrase, spaces.enter),
        "space_leave": Command("read", records.Nothing, spaces.leave),
        "space_share": Command("write", spaces.Shared, spaces.share),
        "space_change_passphrase": Command(
            "write", admin.PassphraseChange, spaces.change_passphrase
        ),
        "space_delete": Command("write", spaces.SpacePassphrase, spaces.delete),
        "lock": Command("admin", records.Nothing, admin.lock),
        "wipe": Command("admin", records.Nothing, admin.wipe),
        "erase": Command("admin", records.OneRecord, records.erase),
        "backup": Command("admin", admin.BackupTo, admin.backup),
        "keep": Command("admin", admin.KeepAt, admin.keep),
        "slots": Command("admin", records.Nothing, admin.slots),
        "add_recipient": Command("admin", admin.NewRecipient, admin.add_recipient),
        "add_passphrase": Command("admin", admin.NewPassphrase, admin.add_passphrase),
        "add_recovery": Command("admin", admin.NewRecovery, admin.add_recovery),
        "change_passphrase": Command("admin", admin.PassphraseChange, admin.change_passphrase),
        "remove_slot": Command("admin", admin.SlotId, admin.remove_slot),
        "grant": Command("admin", admin.Grant, admin.grant),
    }
)


class Counter:
    """Takes requests one by one, checks the caller's right, and answers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._answered: OrderedDict[tuple[str, str], dict[str, Any]] = OrderedDict()
        self.last_used_s = time.monotonic()

    def answer(self, caller: Capability, request: dict[str, Any]) -> dict[str, Any]:
        """Carry out one request and return its result or its error, as plain JSON values."""
        self.last_used_s = time.monotonic()
        mark = (caller.secret, str(request.get("once", "")))
        if mark[1] and mark in self._answered:
            return self._answered[mark]
        do = str(request.get("do"))
        answer = self._run(caller, do, request.get("with", {}))
        # Only what changes something is remembered: reading twice does no harm.
        if do in COMMANDS and COMMANDS[do].right in _CHANGING:
            self._remember(mark, answer)
        if do in _LEAVING:
            self._forget_revoked()
        return answer

    def place(self, caller: Capability) -> int:
        """Return where things stand for one who listens.

        Raises:
            SpaceLeftError: the space that it listened in was left.
        """
        return workshop.listen(self._desk.seen_by(caller), caller, records.Nothing())["seq"]

    def _run(self, caller: Capability, do: str, given: Any) -> dict[str, Any]:
        desk = self._desk
        try:
            command = _command(do)
            caller.require(*command.rights)
            desk = self._desk.seen_by(caller)
            arguments = read_arguments(command.arguments, given)
            return {"ok": command.run(desk, caller, arguments)}
        except ConflictError as error:
            theirs = None
            if isinstance(error.stored, Envelope):
                theirs = _theirs(caller, error.stored, desk.store.seq)
            return {"error": describe(error, theirs=theirs)}
        except AmparoError as error:
            return {"error": describe(error)}
        except Exception:  # noqa: BLE001 - outermost: one bad request must not end the keeper
            return {"error": describe(AmparoError())}

    def _remember(self, mark: tuple[str, str], answer: dict[str, Any]) -> None:
        self._answered[mark] = answer
        while len(self._answered) > _REMEMBERED_ANSWERS:
            self._answered.popitem(last=False)

    def _forget_revoked(self) -> None:
        # An answer may hold the words of a space whose key was just forgotten.
        for mark in tuple(self._answered):
            if not self._desk.ring.holds(mark[0]):
                del self._answered[mark]


def _theirs(caller: Capability, stored: Envelope, seq: int) -> dict[str, Any] | None:
    """Return what was saved first, as the caller may see it."""
    if "contribute" in caller.rights and stored.kind == Contribution.kind:
        # One's own line, or it would not have come this far; and whose it is goes nowhere.
        stored = without_writer(stored, contribution_in(stored))
        return stored_on_wire(stored, 0)
    seen = shown(stored)
    return stored_on_wire(seen, seq) if seen is not None else None


def _command(do: str) -> Command:
    if do not in COMMANDS:
        raise KeeperError("unknown command")
    return COMMANDS[do]
