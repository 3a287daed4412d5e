"""The wheel: is our security round, or flat somewhere?

Source:
    pi_npm, umbrella, fld_workbook; the names of the spokes are paraphrased (method S11).
"""

from __future__ import annotations

from amparo.model.plan import Wheel

SPOKES: tuple[str, ...] = (
    "experience",
    "awareness",
    "skills",
    "planning",
    "responsibilities",
    "ownership",
    "reacting",
    "evaluating",
)


def spokes(wheel: Wheel) -> tuple[tuple[str, int], ...]:
    """Return the eight spokes and their scores, 0..4, in the order in which they are drawn."""
    return tuple((spoke, getattr(wheel, spoke)) for spoke in SPOKES)


def flattest(wheel: Wheel) -> str:
    """Return the spoke to work on next: the lowest; of equals the first of the wheel.

    Source:
        method S11 (pick the flattest spoke).
    """
    return min(spokes(wheel), key=lambda spoke: spoke[1])[0]
