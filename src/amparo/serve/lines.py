"""The open sockets of every person: who is connected, who hears what, and how they are cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from amparo.serve.people import Person, Role


class Line(Protocol):
    """One open socket of a page."""

    def say(self, message: Mapping[str, Any]) -> None:
        """Send a small message, if this socket carries any."""
        ...

    def cut(self) -> None:
        """End it now."""
        ...


class Lines:
    """All sockets of one server; *changed* is called when one opens or closes."""

    def __init__(self) -> None:
        self.changed: Callable[[], None] = lambda: None
        self._held: dict[Line, Person] = {}

    def add(self, line: Line, person: Person) -> None:
        """Remember a socket that has just opened."""
        self._held[line] = person
        self.changed()

    def remove(self, line: Line) -> None:
        """Forget a socket that has closed; twice is no error."""
        if self._held.pop(line, None) is not None:
            self.changed()

    def connected(self) -> frozenset[int]:
        """Return the numbers of everybody with an open page."""
        return frozenset(person.number for person in self._held.values())

    def tell(self, roles: Iterable[Role], message: Mapping[str, Any]) -> None:
        """Say something to every page of these roles."""
        wanted = frozenset(roles)
        for line, person in tuple(self._held.items()):
            if person.role in wanted:
                line.say(message)

    def cut(self, person: Person) -> None:
        """End every socket of one person; their pages are told first, so that they go blank."""
        for line, whose in tuple(self._held.items()):
            if whose == person:
                line.say({"mode": "ended"})
                self.remove(line)
                line.cut()
