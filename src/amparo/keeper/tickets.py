"""Tickets for reports: a report notebook carries this one opaque id and no content."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from amparo.errors import ForbiddenError
from amparo.model.reach import Audience

_KEPT = 256


@dataclass(frozen=True, slots=True)
class Ticket:
    """Which report for whom, in which language, on which paper, seen on which day.

    *parameters* are what this report asks for beside its reader; *without* names what the
    reader's own cut takes away beyond the usual one, ``kind`` or ``kind.field``.
    """

    report: str
    audience: Audience
    lang: str
    paper: str | None
    today: date
    parameters: Mapping[str, str | int] = field(default_factory=dict)
    without: frozenset[str] = frozenset()


class Tickets:
    """The tickets of one keeper, in memory; the oldest go first."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Ticket] = OrderedDict()

    def add(self, ticket: Ticket) -> str:
        """Keep *ticket* and return its id: 32 hexadecimal digits."""
        ticket_id = secrets.token_hex(16)
        self._held[ticket_id] = ticket
        while len(self._held) > _KEPT:
            self._held.popitem(last=False)
        return ticket_id

    def get(self, ticket_id: str) -> Ticket:
        """Return the ticket with this id.

        Raises:
            ForbiddenError: there is none.
        """
        found = self._held.get(ticket_id)
        if found is None:
            raise ForbiddenError("unknown report ticket")
        return found
