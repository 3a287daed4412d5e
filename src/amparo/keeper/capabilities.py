"""Capabilities: who holds this secret, in which role, and what it may do.

The secret is 256 random bits. Rights are decided here, in the keeper, and never by what a
page shows: any widget, even hidden or disabled, can be driven by its own participant.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from amparo.errors import ForbiddenError
from amparo.keeper.rights import RIGHTS, Right
from amparo.keeper.roles import GUESTS, SEATS, WorkshopRole

__all__ = ["RIGHTS", "Capability", "Right", "Ring"]

_SECRET_BYTES = 32
_WRITER_BYTES = 16


@dataclass(frozen=True, slots=True)
class Capability:
    """What one secret stands for.

    *ticket* narrows ``report`` to one report's data, *space* everything to one separate space.
    *workshop_role* is None for the keepers' own pages and programs.
    """

    secret: str = field(repr=False)
    identity: str
    role: str
    workspace: str
    rights: frozenset[Right]
    ticket: str | None = None
    space: str | None = None
    workshop_role: WorkshopRole | None = None

    def require(self, *rights: Right) -> None:
        """Let the holder pass when it has one of *rights*.

        Raises:
            ForbiddenError: it has none of them.
        """
        if self.rights.isdisjoint(rights):
            raise ForbiddenError(f"this capability lacks the right to {' or '.join(rights)}")

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
        self._writers: dict[str, str] = {}
        self._ended: set[str] = set()

    def grant(
        self,
        rights: Iterable[Right],
        *,
        identity: str,
        role: str,
        ticket: str | None = None,
        space: str | None = None,
        workshop_role: WorkshopRole | None = None,
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
            workshop_role=workshop_role,
        )
        self._held.append(made)
        return made

    def seat(self, workshop_role: WorkshopRole, *, identity: str) -> Capability:
        """Give somebody a place in a workshop, with the rights of that role and no other."""
        seat = SEATS[workshop_role]
        return self.grant(
            seat.rights, identity=identity, role=seat.letter, workshop_role=workshop_role
        )

    def writer_of(self, identity: str) -> str:
        """Return the random number that stands for *identity* in its contributions.

        It is made when it is first asked for, and kept in this memory only.
        """
        return self._writers.setdefault(identity, secrets.token_hex(_WRITER_BYTES))

    def remember_writer(self, identity: str, writer: str) -> None:
        """Let *identity* go on with the number it had before a keeper was killed."""
        self._writers[identity] = writer

    def forget_writers(self) -> None:
        """Forget whose number is whose; from here on nobody can tell."""
        self._writers.clear()

    def revoke(self, space: str) -> None:
        """Forget every capability to one separate space."""
        self._held = [held for held in self._held if held.space != space]

    def end_identity(self, identity: str) -> None:
        """Forget every capability of *identity*; its open lines end too."""
        self._end(held for held in self._held if held.identity == identity)

    def end_guests(self) -> None:
        """Forget every capability that was given for one workshop only."""
        self._end(held for held in self._held if held.workshop_role in GUESTS)

    def has_ended(self, caller: Capability) -> bool:
        """Tell whether the open line of *caller* has to end."""
        return caller.secret in self._ended

    def holders(self) -> tuple[tuple[str, str, WorkshopRole | None], ...]:
        """Return (identity, role letter, workshop role) of all who hold something, each once.

        What is good in a separate space only is not counted: nobody outside hears of one.
        """
        found: set[tuple[str, str, WorkshopRole | None]] = {
            (held.identity, held.role, held.workshop_role)
            for held in self._held
            if held.space is None and held.ticket is None
        }
        return tuple(sorted(found, key=lambda one: (one[0], one[1], one[2] or "")))

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

    def _end(self, ended: Iterable[Capability]) -> None:
        secrets_ = {held.secret for held in ended}
        self._ended |= secrets_
        self._held = [held for held in self._held if held.secret not in secrets_]
