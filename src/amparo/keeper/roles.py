"""The roles of a workshop, and what each may do: the one table that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from amparo.keeper.rights import Right

WorkshopRole = Literal["facilitator", "group", "participant", "observer"]


@dataclass(frozen=True, slots=True)
class Seat:
    """What one role may do, and the letter under which the history notes what it did."""

    letter: str
    rights: frozenset[Right]


# One letter for all participants: the history never tells one from another.
SEATS: Mapping[WorkshopRole, Seat] = MappingProxyType(
    {
        # Whoever leads the room needs no word of anybody: only how many there are.
        "facilitator": Seat("T", frozenset({"count"})),
        "group": Seat("K", frozenset({"read", "write"})),
        "participant": Seat("P", frozenset({"wall", "contribute"})),
        "observer": Seat("O", frozenset({"wall"})),
    }
)
# Whose place ends with the workshop.
GUESTS: frozenset[WorkshopRole] = frozenset({"participant", "observer"})
