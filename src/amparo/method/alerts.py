"""Alert levels: a level that never ends wears people out, and then nobody looks up any more.

Source:
    method S11, safety rule 5 (levels with end dates); after pi_npm and umbrella.
"""

from __future__ import annotations

from typing import get_args

from amparo.model.plan import AlertLevel
from amparo.model.vocabularies import AlertColour
from amparo.model.workspace import Workspace

COLOURS: tuple[AlertColour, ...] = get_args(AlertColour)
# The first level is every day: it has no end.
EVERY_DAY: AlertColour = COLOURS[0]


def without_end(ws: Workspace) -> tuple[AlertLevel, ...]:
    """Return the levels above every day that have no end, in order."""
    return tuple(
        level
        for level in ws.all(AlertLevel)
        if level.colour != EVERY_DAY and level.end_after_days is None
    )


def missing_levels(ws: Workspace) -> tuple[AlertColour, ...]:
    """Return the levels that nobody has written yet, from every day upwards."""
    written = {level.colour for level in ws.all(AlertLevel)}
    return tuple(colour for colour in COLOURS if colour not in written)
