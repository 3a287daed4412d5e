"""The desk: everything one command may need, all of it used from one thread only."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from amparo.errors import ForbiddenError, KeeperError, SpaceLeftError
from amparo.keeper.capabilities import Capability, Ring
from amparo.keeper.ledger import Ledger
from amparo.keeper.tickets import Tickets
from amparo.keeper.wall import Wall
from amparo.store import Book, Space, Store

A = TypeVar("A", bound="Arguments")


@dataclass(slots=True)
class Desk:
    """An open book, the capabilities and tickets given out, the clock, and the way to stop.

    The workspace has one desk, and each separate space that somebody is in has its own, with its
    own tickets: a command only ever sees the desk of its caller, so none can mix the two up.
    Only *store* ever changes, once: when a session-only workspace is kept.
    """

    store: Book
    ring: Ring
    session_only: bool
    now: Callable[[], datetime]
    stop: Callable[[], None]
    tickets: Tickets = field(default_factory=Tickets)
    ledger: Ledger = field(default_factory=Ledger)
    wall: Wall = field(default_factory=Wall)
    # Past their day, but so many that somebody has to say that the clock is right.
    waiting: tuple[str, ...] = ()
    workspace: Desk | None = field(default=None, repr=False)
    _rooms: dict[str, Desk] = field(default_factory=dict, repr=False)

    @property
    def whole(self) -> Store:
        """The workspace itself, for commands on files, slots and keys.

        Raises:
            ForbiddenError: this is the desk of a separate space.
        """
        if not isinstance(self.store, Store):
            raise ForbiddenError("not from a separate space")
        return self.store

    @property
    def space(self) -> Space:
        """The separate space of this desk.

        Raises:
            ForbiddenError: this is the desk of the workspace; says nothing about any space.
        """
        if not isinstance(self.store, Space):
            raise ForbiddenError("not in a separate space")
        return self.store

    def seen_by(self, caller: Capability) -> Desk:
        """Return the one desk that a caller may use.

        Raises:
            SpaceLeftError: it was the desk of a space that somebody has left since.
        """
        if caller.space is None:
            return self
        if caller.space not in self._rooms:
            raise SpaceLeftError("this space was left")
        return self._rooms[caller.space]

    def room(self, slot: int) -> str | None:
        """Return the name of the desk of an open space, or None."""
        return next((name for name, desk in self._rooms.items() if desk.space.is_same(slot)), None)

    def seat(self, space: Space) -> tuple[str, Desk]:
        """Give a space that was just opened a desk of its own, under a random name."""
        name = secrets.token_hex(16)
        desk = Desk(space, self.ring, self.session_only, self.now, self.stop, workspace=self)
        self._rooms[name] = desk
        return name, desk

    def clear(self, name: str) -> None:
        """Forget the key of a space, and every capability to it."""
        self.ring.revoke(name)
        self._rooms.pop(name).space.close()

    def move(self, store: Store) -> None:
        """Go on with *store*, which says the same, and end the session-only one."""
        old, self.store, self.session_only = self.whole, store, store.session_only
        for desk in self._rooms.values():
            desk.space.move(store)
            desk.session_only = store.session_only
        old.destroy()

    def end(self) -> None:
        """Forget the keys of all spaces and close the store; a session-only one goes altogether."""
        for name in tuple(self._rooms):
            self.clear(name)
        if self.session_only:
            self.whole.destroy()
        else:
            self.whole.close()


class Arguments(BaseModel):
    """What one command takes; a field it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def read_arguments(model: type[A], values: Any) -> A:
    """Check what a client sent with a command.

    Raises:
        KeeperError: something is missing, unknown or of the wrong kind; never says the value.
    """
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise KeeperError(f"bad arguments: {error.error_count()}") from None
