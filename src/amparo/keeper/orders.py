"""The order a starter writes into the keeper's standard input, and what it asks for."""

from __future__ import annotations

import json
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, BinaryIO, Literal

from pydantic import Field

from amparo.errors import KeeperError
from amparo.keeper.desk import Arguments, read_arguments
from amparo.store import (
    Identity,
    Opener,
    Passphrase,
    RecoveryWords,
    Store,
    create,
    create_session,
    open_store,
    restore,
)

Mode = Literal["open", "create", "session", "restore"]
FIRST_ROLE = "K"  # whoever opens the workspace acts for its keepers

_MAX_ORDER_BYTES = 64 * 1024
_OPENERS: MappingProxyType[str, type[Passphrase | RecoveryWords | Identity]] = MappingProxyType(
    {"passphrase": Passphrase, "recovery": RecoveryWords, "identity": Identity}
)


class Key(Arguments):
    """What opens the workspace."""

    kind: Literal["passphrase", "recovery", "identity"]
    text: Annotated[str, Field(max_length=16_384, repr=False)]

    def opener(self) -> Opener:
        """Return it as the store takes it."""
        return _OPENERS[self.kind](self.text)


class Order(Arguments):
    """Which folder, how, and how long to live."""

    folder: Annotated[str, Field(min_length=1, max_length=4096)]
    mode: Mode
    key: Key | None
    backup: Annotated[str, Field(max_length=4096)] | None
    owner_pid: int
    accept_older: bool
    idle_timeout_s: Annotated[float, Field(gt=0)] | None

    @property
    def path(self) -> Path:
        """The folder of the workspace."""
        return Path(self.folder)


def key_on_wire(opener: Opener | None) -> dict[str, str] | None:
    """Return an opener as the order carries it.

    Raises:
        KeeperError: it is the public half only, which opens nothing.
    """
    if opener is None:
        return None
    for kind, model in _OPENERS.items():
        if isinstance(opener, model):
            return {"kind": kind, "text": opener.text}
    raise KeeperError("this opener opens nothing")


def read_order(stream: BinaryIO) -> Order:
    """Read the one order of this process and wipe the buffer it came in.

    Raises:
        KeeperError: it is not an order.
    """
    raw = bytearray(_MAX_ORDER_BYTES)
    length = _fill(stream, raw)
    try:
        values: Any = json.loads(raw[:length])
    except (ValueError, RecursionError):
        raise KeeperError("order is not JSON") from None
    finally:
        # Python may keep other copies; this one at least goes.
        raw[:] = bytes(len(raw))
    return read_arguments(Order, values)


def open_workspace(order: Order) -> Store:
    """Open or make the workspace an order names.

    Raises:
        StoreError: it cannot be opened or made.
        KeeperError: the order brings no key.
    """
    if order.mode == "session":
        return create_session(order.path)
    if order.key is None:
        raise KeeperError("order without a key")
    if order.mode == "create":
        return create(order.path, [order.key.opener()])
    if order.backup is not None:
        return restore(Path(order.backup), order.path, order.key.opener())
    return open_store(order.path, order.key.opener(), accept_older=order.accept_older)


def _fill(stream: BinaryIO, raw: bytearray) -> int:
    length = 0
    with memoryview(raw) as view:
        while length < len(raw):
            got = stream.readinto(view[length:])  # pyright: ignore[reportAttributeAccessIssue]
            if not got:
                break
            length += got
    return length
