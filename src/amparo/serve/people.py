"""Who is in the room: numbers with a role, one code each, a session for each browser.

Nobody has a name here. Everything lives in the memory of this process and ends with it.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from amparo.errors import AmparoError
from amparo.serve.delays import Delays
from amparo.serve.pin import plain_digits

Role = Literal["laptop", "facilitator", "group", "participant", "observer"]
GuestRole = Literal["group", "participant", "observer"]

# The code on the screen lets in whoever sees it, so it dies soon.
DOOR_S = 600.0
_CODE_DIGITS = 12  # forty bits, on the number keys that every phone has in every script
MOST_PEOPLE = 60
_LETTERS: dict[Role, str] = {
    "laptop": "L",
    "facilitator": "F",
    "group": "G",
    "participant": "P",
    "observer": "O",
}


class RoomFullError(AmparoError):
    """There are as many people as one laptop can serve."""

    key = "serve.error.room_full"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a session: a number and a role, never a name."""

    number: int
    role: Role

    @property
    def label(self) -> str:
        """What the facilitator's list calls this person, such as ``P7``."""
        return f"{_LETTERS[self.role]}{self.number}"

    @property
    def identity(self) -> str:
        """What the keeper calls this person."""
        return self.label.lower()


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code that was just made, and for whom; it can be said once."""

    person: Person
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the facilitator's list."""

    person: Person
    joined_at: float | None
    is_invited: bool


@dataclass(slots=True)
class _Guest:
    person: Person
    ends_at: float
    code: bytes | None = None
    session: bytes | None = None
    joined_at: float | None = None


class People:
    """The people of one server; the one at its own keyboard is always there.

    Args:
        role: what the person at this computer may do.
        life_s: after how long every session and code ends by itself.
        clock: seconds that only grow, whatever happens to the date.
        wall_clock: the time of day, for "joined 10:14".
    """

    def __init__(
        self,
        role: Literal["laptop", "facilitator"] = "laptop",
        *,
        life_s: float = 12 * 3600.0,
        clock: Callable[[], float] = time.monotonic,
        wall_clock: Callable[[], float] = time.time,
    ) -> None:
        self.host = Person(0, role)
        self.host_session = secrets.token_urlsafe(32)
        self.delays = Delays(clock)
        self._life_s = life_s
        self._clock = clock
        self._wall_clock = wall_clock
        self._guests: dict[int, _Guest] = {}
        self._number = 0
        self._door: tuple[str, float] | None = None

    def of(self, session: str) -> Person | None:
        """Return whose session this is, or None."""
        digest = digest_of(session)
        if secrets.compare_digest(digest, digest_of(self.host_session)):
            return self.host
        # Compared as digests: how long it takes says nothing about the secret.
        found = next((one for one in self._guests.values() if one.session == digest), None)
        return found.person if found is not None and self._is_on(found) else None

    def is_in(self, person: Person) -> bool:
        """Tell whether *person* has neither been sent away nor run out of time."""
        guest = self._guests.get(person.number)
        return person == self.host or (guest is not None and self._is_on(guest))

    def open_door(self) -> str:
        """Make a new code for the screen; the one before is dead."""
        self._door = (_code(), self._clock() + DOOR_S)
        return self._door[0]

    def close_door(self) -> None:
        """Let nobody else in by the code on the screen."""
        self._door = None

    def door(self) -> tuple[str, float] | None:
        """Return the code on the screen and the seconds it still lives, or None."""
        if self._door is None or self._door[1] <= self._clock():
            self._door = None
            return None
        return self._door[0], self._door[1] - self._clock()

    def invite(self, role: GuestRole) -> Invitation:
        """Make a code for one person; the first browser that brings it is that person.

        Raises:
            RoomFullError: there are as many people as there can be.
        """
        code = _code()
        guest = self._add(role)
        guest.code = digest_of(code)
        return Invitation(guest.person, code)

    def enter(self, typed: str, address: str) -> str | None:
        """Exchange a code for a session; None for a wrong one.

        Args:
            typed: digits of any script, with or without spaces.
            address: where the browser is, so that wrong tries make this address slow.

        Raises:
            WaitError: too many wrong tries; this one was not looked at.
            RoomFullError: there are as many people as there can be.
        """
        self.delays.admit(address)
        guest = self._fitting(plain_digits(typed))
        if guest is None:
            self.delays.wrong(address)
            return None
        self.delays.right(address)
        session = secrets.token_urlsafe(32)
        guest.session, guest.code = digest_of(session), None
        guest.joined_at = self._wall_clock()
        return session

    def dismiss(self, number: int) -> Person | None:
        """Forget the code and the session of one person; None when there is no such person."""
        guest = self._guests.pop(number, None)
        return guest.person if guest else None

    def expired(self) -> tuple[Person, ...]:
        """Return everybody whose time has run out and who has not been dismissed yet."""
        return tuple(one.person for one in self._guests.values() if not self._is_on(one))

    def entries(self) -> tuple[Entry, ...]:
        """Return everybody who is in or has a code, in the order of their numbers."""
        return tuple(
            Entry(one.person, one.joined_at, one.code is not None)
            for one in self._guests.values()
            if self._is_on(one)
        )

    def _fitting(self, code: str) -> _Guest | None:
        door, digest = self.door(), digest_of(code)
        if door is not None and secrets.compare_digest(digest, digest_of(door[0])):
            return self._add("participant")
        found = next((one for one in self._guests.values() if one.code == digest), None)
        return found if found is not None and self._is_on(found) else None

    def _add(self, role: GuestRole) -> _Guest:
        if len(self._guests) >= MOST_PEOPLE:
            raise RoomFullError("as many people as there can be")
        self._number += 1
        guest = _Guest(Person(self._number, role), self._clock() + self._life_s)
        self._guests[self._number] = guest
        return guest

    def _is_on(self, guest: _Guest) -> bool:
        return self._clock() < guest.ends_at


def spoken(code: str) -> str:
    """Return a code in groups of four, as it is read out and typed."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def _code() -> str:
    return "".join(secrets.choice("0123456789") for _ in range(_CODE_DIGITS))


def digest_of(secret: str) -> bytes:
    """Return how a secret is kept and compared."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
