"""The risk matrix: a lookup, never a product.

Source:
    umbrella, safetag (ranking from very low to very high); the cells are ours (method S8),
    see docs/explanation/scales.md.
"""

from __future__ import annotations

from amparo.method.scales import checked
from amparo.model.ranges import Range
from amparo.model.risk import RiskState
from amparo.model.vocabularies import Band

# Rows impact 1..5, columns likelihood 1..5. Impact 5 never goes below high: a rare killing must
# not be averaged with a frequent nuisance.
MATRIX: tuple[tuple[Band, ...], ...] = (
    ("low", "low", "low", "low", "moderate"),
    ("low", "low", "moderate", "moderate", "moderate"),
    ("low", "moderate", "moderate", "high", "high"),
    ("moderate", "high", "high", "extreme", "extreme"),
    ("high", "high", "extreme", "extreme", "extreme"),
)


def band(likelihood: int, impact: int) -> Band:
    """Look one judgement up in the matrix.

    Raises:
        ScaleError: a judgement lies outside 1..5.

    Source:
        method S8 (lookup, do not multiply).
    """
    return MATRIX[checked("impact", impact) - 1][checked("likelihood", likelihood) - 1]


def impact_range(state: RiskState) -> Range:
    """Return the impact that counts: never below what the people hurt most would suffer.

    Source:
        method S8 (score separately for the most affected group and use the highest).
    """
    most = max((group.impact for group in state.impact_by_group), default=1)
    impact = state.impact
    return Range(
        low=max(impact.low, most), best=max(impact.best, most), high=max(impact.high, most)
    )


def band_range(state: RiskState) -> tuple[Band, Band, Band]:
    """Return the bands of the low, the best and the high end of a judgement.

    Source:
        method S8 (uncertainty).
    """
    impact = impact_range(state)
    return (
        band(state.likelihood.low, impact.low),
        band(state.likelihood.best, impact.best),
        band(state.likelihood.high, impact.high),
    )
