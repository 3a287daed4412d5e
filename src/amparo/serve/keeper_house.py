"""The house of a real workspace: its keeper's process, and where it is kept."""

from __future__ import annotations

import os
import secrets
import signal
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from amparo.errors import AmparoError, ForbiddenError, LockedError, StoreError, WrongKeyError
from amparo.keeper import client
from amparo.model.plan import Sheet
from amparo.model.process import Process
from amparo.model.reach import Audience
from amparo.serve.guests import Guests
from amparo.serve.house import (
    CardOrder,
    KeptAlreadyError,
    OwnSheet,
    Paper,
    PaperOrder,
    SessionOnlyError,
    Whereabouts,
)
from amparo.serve.people import Person
from amparo.session import LeftOut, Session, Wall
from amparo.store import Passphrase, RecoveryWords, list_slots
from amparo.store.passphrase import looks_like_recovery

_END_PATIENCE_S = 10.0
# A ticket says on which day it is seen; the keeper remembers the last 256 tickets only.
_STANDS_S = 3600.0
# There was never a key on the disk, nor a backup.
_LEFT_BY_A_SESSION = ("wipe.remains.paper", "wipe.remains.swap")
_NAME = "notes"
_ENDING = ".amparo"


class NotGoneError(StoreError):
    """Something of the workspace could not be removed."""

    key = "screen.error.not_gone"


def session_place() -> Path:
    """Return a new place for a session-only workspace, in memory if the system has room there."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    usable = runtime and Path(runtime).is_dir() and os.access(runtime, os.W_OK | os.X_OK)
    parent = Path(runtime) if usable else Path(tempfile.gettempdir())
    return parent / f"am-{secrets.token_hex(6)}"


def usual_folder() -> Path:
    """Return the folder in which a person's workspace is kept, under a name that says little."""
    data = os.environ.get("XDG_DATA_HOME") or os.environ.get("APPDATA")
    return (Path(data) if data else Path.home() / ".local" / "share") / "notes"


def page_environment(session: Session) -> dict[str, str]:
    """Return what a page's process needs to reach the keeper: to read and write, and no more."""
    return session.grant(("read", "write"), role="K", identity="page")


@dataclass(slots=True)
class _Open:
    """What exists only while the keeper runs."""

    handle: client.Handle
    session: Session
    page: dict[str, str]
    guests: Guests
    sheets: dict[str, tuple[str, Session]] = field(default_factory=dict)
    standing: dict[tuple[str, str, str], tuple[float, PaperOrder]] = field(default_factory=dict)

    def forget_sheet(self, lang: str) -> None:
        held = self.sheets.pop(lang, None)
        if held is not None:
            held[1].close()

    def close(self) -> None:
        for lang in tuple(self.sheets):
            self.forget_sheet(lang)
        self.guests.close()
        self.session.close()


class KeeperHouse:
    """One workspace and its keeper; several threads may share it.

    Args:
        place: the folder of the workspace.
        handle: its keeper, just started; None for one that is locked, or not made yet.
        session_only: whether it ends with its keeper.
        keep_in: where it would be kept if the group decides so.
    """

    def __init__(
        self, place: Path, handle: client.Handle | None, *, session_only: bool, keep_in: Path
    ) -> None:
        self._place = place
        self._session_only = session_only
        self._keep_in = keep_in
        self._lock = threading.RLock()
        self._writers: dict[str, str] = {}
        self._open: _Open | None = None if handle is None else _opened(handle, self._writers)

    @property
    def session(self) -> Session:
        """The first session of the open workspace, for whoever fills it.

        Raises:
            LockedError: it is locked.
        """
        return self._held().session

    def close(self) -> None:
        """End the keeper if it still runs; a session-only workspace goes with it."""
        with self._lock, suppress(AmparoError):
            self._end()

    def whereabouts(self) -> Whereabouts:
        """Return what is kept where."""
        if self._session_only:
            return Whereabouts(session_only=True, place="", opens_by_words=False)
        if not self._place.exists():
            return Whereabouts(session_only=False, place="", opens_by_words=False, is_new=True)
        with suppress(AmparoError):
            kinds = {slot.kind for slot in list_slots(self._place)}
            return Whereabouts(
                session_only=False,
                place=str(self._place.absolute()),
                opens_by_words=bool(kinds & {"passphrase", "recovery"}),
            )
        return Whereabouts(session_only=False, place=str(self._place), opens_by_words=True)

    def is_open(self) -> bool:
        """Tell whether the keeper runs."""
        held = self._open
        return held is not None and not held.handle.wait(0)

    def has_ended(self) -> bool:
        """Tell whether the keeper ended without being locked here."""
        held = self._open
        return held is not None and held.handle.wait(0)

    def let_go(self) -> None:
        """Let go of a keeper that has ended by itself: the workspace can be opened again."""
        with self._lock:
            if self.has_ended():
                self._end()

    def environment(self, person: Person) -> dict[str, str]:
        """Return what the kernel of a person's page needs; fresh after each unlock.

        Raises:
            ForbiddenError: this role has no pages with a kernel.
        """
        with self._lock:
            held = self._held()
            return dict(held.page) if person.role == "laptop" else held.guests.environment(person)

    def dismiss(self, person: Person) -> None:
        """Take every right of one person away."""
        with self._lock:
            self._held().guests.dismiss(person)

    def end_workshop(self) -> None:
        """Take every guest's rights away, and forget who wrote which card."""
        with self._lock:
            self._held().guests.end()

    def wall(self, person: Person) -> Wall:
        """Return what somebody sees of the wall, and their own cards."""
        return self._at_the_wall(person).wall()

    def write_card(self, person: Person, card: CardOrder) -> None:
        """Write a card or change one's own; return once it is committed."""
        self._at_the_wall(person).contribute(
            card.id,
            prompt=card.prompt,
            text=card.text,
            place=card.place,
            expected_version=card.expected_version,
        )

    def listen(self, heard: Callable[[int | None], None]) -> Callable[[], None]:
        """Call *heard* when the wall changes, and with None when the keeper has ended."""
        with self._lock:
            return self._held().guests.listen(heard)

    def lock(self) -> None:
        """End the keeper.

        Raises:
            SessionOnlyError: nothing could open it again.
        """
        if self._session_only:
            raise SessionOnlyError("a session-only workspace is never locked")
        with self._lock:
            self._end()

    def unlock(self, passphrase: str) -> None:
        """Start a keeper with a passphrase or the six recovery words.

        Raises:
            WrongKeyError: it opens nothing.
            StoreError: the workspace cannot be opened.
        """
        with self._lock:
            if self._open is not None:
                return
            self._open = _opened(self._start(passphrase), self._writers)

    def begin(self, passphrase: str) -> None:
        """Make the workspace that is not there yet.

        Raises:
            KeptAlreadyError: it is there.
            StoreError: it cannot be written there, or the passphrase is too weak; nothing is left.
        """
        with self._lock:
            if self._open is not None or self._place.exists():
                raise KeptAlreadyError("the workspace is there already")
            self._place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            chosen = Passphrase(passphrase)
            handle = client.start(self._place, chosen, create=True, owner_pid=os.getpid())
            self._open = _opened(handle, self._writers)

    def keep(self, passphrase: str) -> None:
        """Turn the session-only workspace into one that stays.

        Raises:
            KeptAlreadyError: it stays already.
            StoreError: it cannot be written there, or the passphrase is too weak; all is as before.
        """
        with self._lock:
            if not self._session_only:
                raise KeptAlreadyError("the workspace is kept already")
            place = self._free_place()
            self._held().session.keep(place, passphrase)
            self._place, self._session_only = place, False

    def forget(self) -> tuple[str, ...]:
        """End and erase the workspace, and look whether it is gone.

        Raises:
            StoreError: something is still there.
        """
        remains = _LEFT_BY_A_SESSION
        with self._lock:
            try:
                if not self._session_only:
                    remains = self._held().session.wipe()
            finally:
                self._end()
            if self._place.exists():
                raise NotGoneError("the folder is still there")
        return remains

    def sheet(self, lang: str) -> OwnSheet | None:
        """Return the group's own sheet, through a capability that reads nothing else."""
        with self._lock:
            try:
                return self._read_sheet(lang)
            except (ForbiddenError, LockedError):
                # The keeper remembers the last 256 tickets only.
                self._held().forget_sheet(lang)
                return self._read_sheet(lang)

    def order(self, paper: Paper) -> PaperOrder:
        """Return a ticket for a paper, and a capability for that ticket."""
        session = self._held().session
        ticket = _ticket(session, paper)
        return PaperOrder(ticket, session.report_environment(ticket))

    def standing_order(self, paper: Paper, *, again: bool = False) -> PaperOrder:
        """Return one ticket an hour for the same paper, however often somebody looks at it.

        Args:
            paper: its report, audience and language tell it from others.
            again: make a new one: the keeper has forgotten the last.
        """
        standing = self._held().standing
        which, now = (paper.report, paper.audience, paper.lang), time.monotonic()
        made_at, order = standing.get(which, (-_STANDS_S, None))
        if order is None or again or now - made_at >= _STANDS_S:
            order = self.order(paper)
            standing[which] = (now, order)
        return order

    def left_out(self, paper: Paper) -> dict[str, LeftOut]:
        """Return how much the reader of a paper does not get, by kind of record."""
        session = self._held().session
        return session.report_left_out(_ticket(session, paper))

    def _read_sheet(self, lang: str) -> OwnSheet | None:
        held = self._held()
        if lang not in held.sheets:
            ticket = held.session.ticket("sheet", "group", lang)
            reader = Session.connect(held.session.report_environment(ticket))
            held.sheets[lang] = (ticket, reader)
        ticket, reader = held.sheets[lang]
        seen = reader.report_data(ticket).workspace
        sheet, process = seen.one(Sheet), seen.one(Process)
        return OwnSheet(sheet, process is not None and process.example) if sheet else None

    def _at_the_wall(self, person: Person) -> Session:
        with self._lock:
            return self._held().guests.at_the_wall(person)

    def _held(self) -> _Open:
        held = self._open
        if held is None:
            raise LockedError("the workspace is locked")
        return held

    def _start(self, passphrase: str) -> client.Handle:
        try:
            return client.start(self._place, Passphrase(passphrase), owner_pid=os.getpid())
        except WrongKeyError:
            if not looks_like_recovery(passphrase):
                raise
        return client.start(self._place, RecoveryWords(passphrase), owner_pid=os.getpid())

    def _end(self) -> None:
        held, self._open = self._open, None
        if held is None:
            return
        with suppress(AmparoError):
            held.session.lock()
        held.close()
        if not held.handle.wait(_END_PATIENCE_S):
            # What is committed survives a kill; a key in memory must not outlive Lock.
            os.kill(held.handle.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
            held.handle.wait(_END_PATIENCE_S)

    def _free_place(self) -> Path:
        self._keep_in.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = 1
        while (place := self._keep_in / _file_name(number)).exists():
            number += 1
        return place


def _ticket(session: Session, paper: Paper) -> str:
    return session.ticket(
        paper.report, cast("Audience", paper.audience), paper.lang, paper.paper,
        parameters=paper.parameters, without=paper.without,
    )  # fmt: skip


def _file_name(number: int) -> str:
    return f"{_NAME}{'' if number == 1 else f'-{number}'}{_ENDING}"


def _opened(handle: client.Handle, writers: dict[str, str]) -> _Open:
    session = Session.connect(handle.environment())
    return _Open(handle, session, page_environment(session), Guests(session, writers))
