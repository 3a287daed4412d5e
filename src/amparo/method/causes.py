"""Acting on causes: a cause is a path with somebody who decides, an ask and a first small win.

Source:
    method S2 (drivers) and domain safety rule 7 (a root cause is a cause path); after seed.
"""

from __future__ import annotations

from amparo.method.findings import PARTS, Finding
from amparo.method.purpose import live, purpose
from amparo.method.uncut import whole
from amparo.model.context import CausePath, Driver
from amparo.model.workspace import Workspace


def missing(path: CausePath) -> tuple[str, ...]:
    """Return the names of the steps a path still lacks, in the order of the path."""
    return tuple(step for step in PARTS["C1"] if not getattr(path, step))


def is_complete(path: CausePath) -> bool:
    """Tell whether a path names who decides, ask, lever, ally, date and first small win."""
    return not missing(path)


def open_drivers(ws: Workspace) -> tuple[Driver, ...]:
    """Return the causes within reach that have neither a path nor a measure on causes.

    Source:
        method S2 and B2.
    """
    taken = {path.driver_id for path in whole(ws, CausePath)} | drivers_with_measure(ws)
    return tuple(
        driver
        for driver in whole(ws, Driver)
        if driver.reach != "beyond" and driver.id not in taken
    )


def drivers_with_measure(ws: Workspace) -> set[str]:
    """Return the ids of the causes on which a measure acts."""
    return {m.driver_id for m in live(ws) if m.driver_id and purpose(m) == "causes"}


def incomplete(ws: Workspace) -> tuple[Finding, ...]:
    """Return one finding for every step that a cause path lacks.

    Source:
        domain safety rule 7.
    """
    return tuple(
        Finding("C1", (path.id,), part=step) for path in ws.all(CausePath) for step in missing(path)
    )
