"""One thing that was looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

State = Literal["ok", "warn", "unknown"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        name: what, one of a fixed list; together with the state the key of its sentence.
        state: ``unknown`` when nobody can tell from here.
        values: numbers for the sentence.
    """

    name: str
    state: State
    values: dict[str, int] = field(default_factory=dict)
