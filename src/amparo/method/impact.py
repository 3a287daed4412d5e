"""A suggested impact: the same idea, with what acts on impact; it falls by one step at most.

Source:
    method S8 (same idea for impact). Ours: what cannot be undone (5) is never talked down by
    a suggestion, so a killing stays at least in the high band.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from amparo.method.factors import highest_capacity, highest_vulnerability, tip
from amparo.method.scales import HIGHEST, checked, clamp
from amparo.model.threats import Factor


@dataclass(frozen=True, slots=True)
class ImpactSuggestion:
    """Impact without protection and as things are today, 1..5 each."""

    inherent: int
    current: int


def suggest_impact(harm: int, factors: Iterable[Factor]) -> ImpactSuggestion:
    """Suggest an impact from the worst anchor that applies and what acts on impact.

    Args:
        harm: the worst row of the impact scale that applies, 1..5.
        factors: vulnerabilities and capacities of one threat, any number, any order.

    Raises:
        ScaleError: *harm* lies outside 1..5.

    Source:
        method S8; impact may fall by at most one step.
    """
    seen = tuple(factors)
    acting = tuple(factor for factor in seen if factor.acts_on in ("impact", "both"))
    vulnerability = highest_vulnerability(acting) or 0
    capacity = highest_capacity(acting, "impact") or 0
    if checked("impact", harm) == HIGHEST:
        return ImpactSuggestion(HIGHEST, HIGHEST)
    inherent = clamp(harm + tip(vulnerability, 0))
    current = max(clamp(harm + tip(vulnerability, capacity)), inherent - 1)
    return ImpactSuggestion(inherent, current)
