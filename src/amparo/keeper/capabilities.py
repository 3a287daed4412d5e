"""Capabilities: who holds this secret, in which role, and what it may do.

The secret is 256 random bits. Rights are decided here, in the keeper, and never by what a
page shows: any widget, even hidden or disabled, can be driven by its own participant.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, get_args

from amparo.errors import ForbiddenError

Right = Literal["read", "write", "report", "admin"]
RIGHTS: frozenset[Right] = frozenset(get_args(Right))

_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Capability:
    """What one secret stands for.

    *ticket* narrows ``report`` to one report's data, *space* everything to one separate space.
    """

    secret: str = field(repr=False)
    identity: str
    role: str
    workspace: str
    rights: frozenset[Right]
    ticket: str | None = None
    space: str | None = None

    def require(self, right: Right) -> None:
        """Let the holder pass when it has *right*.

        Raises:
            ForbiddenError: it has not.
        """
        if right not in self.rights:
            raise ForbiddenError(f"this capability lacks the right to {right}")

    def require_ticket(self, ticket: str) -> None:
        """Let the holder pass when it may read the data of *ticket*.

        Raises:
            ForbiddenError: it was made for another report.
        """
        if self.ticket is not None and self.ticket != ticket:
            raise ForbiddenError("this capability is for another report")


class Ring:
    """All capabilities of one keeper; they live in its memory and end with it."""

    def __init__(self) -> None:
        # Names this one opening of the workspace; the folder's own name may say too much.
        self.workspace = secrets.token_hex(16)
        self._held: list[Capability] = []

    def grant(
        self,
        rights: Iterable[Right],
        *,
        identity: str,
        role: str,
        ticket: str | None = None,
        space: str | None = None,
    ) -> Capability:
        """Make a new capability and remember it."""
        made = Capability(
            secret=secrets.token_hex(_SECRET_BYTES),
            identity=identity,
            role=role,
            workspace=self.workspace,
            rights=frozenset(rights),
            ticket=ticket,
            space=space,
        )
        self._held.append(made)
        return made

    def revoke(self, space: str) -> None:
        """Forget every capability to one separate space."""
        self._held = [held for held in self._held if held.space != space]

    def holds(self, secret: str) -> bool:
        """Tell whether a capability made here is still good."""
        return any(held.secret == secret for held in self._held)

    def find(self, secret: object) -> Capability:
        """Return the capability with this secret.

        Raises:
            ForbiddenError: there is none.
        """
        offered = secret.encode("utf-8", "replace") if isinstance(secret, str) else b""
        found = None
        # Every one is compared, so that the time taken says nothing about which came close.
        for held in self._held:
            if hmac.compare_digest(held.secret.encode("ascii"), offered):
                found = held
        if found is None:
            raise ForbiddenError("unknown capability")
        return found
