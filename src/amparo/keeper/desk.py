"""The desk: everything one command may need, all of it used from one thread only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from amparo.errors import KeeperError
from amparo.keeper.capabilities import Ring
from amparo.keeper.ledger import Ledger
from amparo.keeper.tickets import Tickets
from amparo.store import Store

A = TypeVar("A", bound="Arguments")


@dataclass(slots=True)
class Desk:
    """The open store, the capabilities and tickets given out, the clock, and the way to stop.

    Only *store* ever changes, once: when a session-only workspace is kept.
    """

    store: Store
    ring: Ring
    session_only: bool
    now: Callable[[], datetime]
    stop: Callable[[], None]
    tickets: Tickets = field(default_factory=Tickets)
    ledger: Ledger = field(default_factory=Ledger)

    def move(self, store: Store) -> None:
        """Go on with *store*, which says the same, and end the session-only one."""
        old, self.store, self.session_only = self.store, store, store.session_only
        old.destroy()

    def end(self) -> None:
        """Close the store; a session-only one goes with its folder."""
        if self.session_only:
            self.store.destroy()
        else:
            self.store.close()


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
