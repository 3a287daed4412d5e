"""A suggested likelihood; people may always set another one and say why.

Source:
    method S8 (suggested likelihood) as corrected by domain safety rule 7; after pi_npm and
    fld_workbook (risk as threat, vulnerability and capacity). The steps are ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from amparo.method.factors import highest_capacity, highest_vulnerability, tip
from amparo.method.scales import LOWEST, checked, clamp
from amparo.model.threats import Factor

# Nobody knows what the actor wants: the middle of the scale, and low confidence.
UNKNOWN_PRESSURE = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Likelihood without protection and as things are today, 1..5 each."""

    inherent: int
    current: int
    confidence_low: bool


def suggest(pressure: int | None, factors: Iterable[Factor]) -> Suggestion | None:
    """Suggest a likelihood from threat pressure and what was looked at for this threat.

    Args:
        pressure: will, means, record and impunity of the actor, 1..5; None when unknown.
        factors: vulnerabilities and capacities of one threat, any number, any order.

    Returns:
        The suggestion, or None when no vulnerability was looked at: ask first.

    Raises:
        ScaleError: the pressure lies outside 1..5.

    Source:
        method S8, domain safety rule 7 (no mean, no ``min()`` that hides weakness).
    """
    seen = tuple(factors)
    threat = UNKNOWN_PRESSURE if pressure is None else checked("pressure", pressure)
    vulnerability = highest_vulnerability(seen)
    if vulnerability is None:
        return None
    capacity = highest_capacity(seen, "likelihood")
    return Suggestion(
        inherent=clamp(threat + tip(vulnerability, 0)),
        current=clamp(threat + tip(vulnerability, capacity or 0)),
        confidence_low=pressure is None or capacity is None,
    )


def target(current: int, steps: int, *, actor_changed: bool = False) -> int:
    """Return what we may hope for after one cycle: at most one step down, never below 1.

    Args:
        current: the likelihood as things are today, 1..5.
        steps: how far people think it falls, 0..2.
        actor_changed: the actor itself changed, so two steps may be believed.

    Raises:
        ScaleError: *current* lies outside 1..5.

    Source:
        method S8 (target), domain safety rule 7 (clamped at 1).
    """
    most = 2 if actor_changed else 1
    return max(LOWEST, checked("likelihood", current) - max(0, min(steps, most)))
