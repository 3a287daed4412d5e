"""The one vulnerability and the one capacity that count: the highest of each, never a mean.

With a mean, adding a small second protection would raise the risk.

Source:
    domain safety rule 7 (highest vulnerability, highest practised capacity).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from amparo.method.uncut import whole
from amparo.model.threats import Factor
from amparo.model.workspace import Workspace

Side = Literal["likelihood", "impact"]
# A difference of one and a half steps tips the judgement by one; scores are whole numbers.
TIPS_AT = 1.5


def factors_of(ws: Workspace, threat_id: str) -> tuple[Factor, ...]:
    """Return what was looked at for one threat, in order."""
    return tuple(factor for factor in whole(ws, Factor) if factor.threat_id == threat_id)


def highest_vulnerability(factors: Iterable[Factor]) -> int | None:
    """Return the highest vulnerability, 0..4, or None when none was looked at."""
    return max((f.score for f in factors if f.vulnerability is not None), default=None)


def highest_capacity(factors: Iterable[Factor], side: Side) -> int | None:
    """Return the highest practised capacity that acts on *side*, 0..4.

    A capacity that only stands on paper counts 0; None means that none was looked at.
    """
    found = (f for f in factors if f.capacity is not None and f.acts_on in (side, "both"))
    return max((f.score if f.practised else 0 for f in found), default=None)


def tip(vulnerability: int, capacity: int) -> int:
    """Return +1 when vulnerability clearly outweighs capacity, -1 the other way, else 0."""
    if vulnerability - capacity >= TIPS_AT:
        return 1
    return -1 if capacity - vulnerability >= TIPS_AT else 0
