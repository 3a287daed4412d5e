"""The rights that each person in the room has in the keeper, one set a person, ended with them."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress

from amparo.errors import AmparoError, ForbiddenError
from amparo.keeper.roles import WorkshopRole
from amparo.serve.people import Person, Role
from amparo.session import Session

_SEATS: dict[Role, WorkshopRole] = {
    "facilitator": "facilitator",
    "group": "group",
    "participant": "participant",
    "observer": "observer",
}
# Whoever has the workbook looks at the wall through a second, smaller right.
_LOOKS: WorkshopRole = "observer"


class Guests:
    """Sessions of people with the keeper of one open workspace; several threads may share it.

    Args:
        host: a session that may give and take rights.
        writers: the number under which each person's cards stand; it outlives a locked keeper.
    """

    def __init__(self, host: Session, writers: dict[str, str]) -> None:
        self._host = host
        self._writers = writers
        self._sessions: dict[str, Session] = {}
        self._environments: dict[str, dict[str, str]] = {}

    def environment(self, person: Person) -> dict[str, str]:
        """Return what the kernels of this person's pages need.

        Raises:
            ForbiddenError: this role has no pages with a kernel.
        """
        if person.role != "group":
            raise ForbiddenError("no kernel for this role")
        return self._environment(person.identity, "group")

    def at_the_wall(self, person: Person) -> Session:
        """Return the session in which this person sees the wall and writes cards."""
        role = _SEATS.get(person.role)
        if role in {"participant", "observer"}:
            return self._session(person.identity, role)
        if role == "facilitator":
            raise ForbiddenError("who leads the room sees no contents")
        return self._session(_looking(person), _LOOKS)

    def listen(self, heard: Callable[[int | None], None]) -> Callable[[], None]:
        """Hear when the wall changes, and nothing of what else the group does."""
        return self._session("room-wall", _LOOKS).listen(heard)

    def dismiss(self, person: Person) -> None:
        """Take all of one person's rights away; what is just being asked is refused."""
        for identity in (person.identity, _looking(person)):
            self._environments.pop(identity, None)
            held = self._sessions.pop(identity, None)
            self._host.revoke(identity)
            if held is not None:
                held.close()

    def end(self) -> None:
        """End the workshop: guests are out, and nobody can tell any more who wrote which card."""
        self._host.workshop_end()
        self._writers.clear()

    def close(self) -> None:
        """Hang up everywhere."""
        for held in self._sessions.values():
            with suppress(AmparoError):
                held.close()
        self._sessions.clear()

    def _session(self, identity: str, role: WorkshopRole) -> Session:
        if identity not in self._sessions:
            self._sessions[identity] = Session.connect(self._environment(identity, role))
        return self._sessions[identity]

    def _environment(self, identity: str, role: WorkshopRole) -> dict[str, str]:
        if identity not in self._environments:
            writer = None
            if role == "participant":
                writer = self._writers.setdefault(identity, new_writer())
            self._environments[identity] = self._host.admit(role, identity=identity, writer=writer)
        return dict(self._environments[identity])


def new_writer() -> str:
    """Return a random number under which one person's cards stand."""
    return secrets.token_hex(16)


def _looking(person: Person) -> str:
    return f"{person.identity}-wall"
