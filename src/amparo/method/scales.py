"""The scales: every number has a short word and an anchor in plain language.

Source:
    method S8 (scales with anchors) and domain safety rule 6 (words); the anchors are ours,
    see docs/explanation/scales.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from amparo.errors import ScaleError
from amparo.method.words import SCALES
from amparo.model.risk import State
from amparo.model.vocabularies import Band, Confidence, Imminence, ThreatType

BANDS: tuple[Band, ...] = get_args(Band)
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
IMMINENCES: tuple[Imminence, ...] = get_args(Imminence)
STATES: tuple[State, ...] = get_args(State)
LOWEST, HIGHEST = 1, 5

# Sexual violence, outing and the loss of children never count for less than this.
_AT_LEAST: dict[ThreatType, int] = {"sexual_violence": 4, "outing": 4, "custody_threat": 4}


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a scale and the catalogue keys of its word and its anchor."""

    value: int
    word_key: str
    anchor_key: str


def _levels(scale: str) -> tuple[Level, ...]:
    return tuple(
        Level(value, f"scale.{scale}.{value}", f"scale.{scale}.{value}.anchor")
        for value in SCALES[scale]
    )


LIKELIHOOD: tuple[Level, ...] = _levels("likelihood")
IMPACT: tuple[Level, ...] = _levels("impact")
# The threat pressure T: anchored like likelihood, but asking only about the actor.
PRESSURE: tuple[Level, ...] = _levels("pressure")
# How much a vulnerability or a capacity weighs, 0 to 4.
SCORE: tuple[Level, ...] = _levels("score")


def checked(name: str, value: int) -> int:
    """Return *value* when it lies on a scale of 1 to 5.

    Args:
        name: what is judged, for engineers.
        value: the judgement.

    Raises:
        ScaleError: it is not a whole number from 1 to 5.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise ScaleError(f"{name} is no whole number, expected 1 to 5")
    if not LOWEST <= value <= HIGHEST:
        raise ScaleError(f"{name} is {value}, expected 1 to 5")
    return value


def clamp(value: int) -> int:
    """Return the nearest number on the scale of 1 to 5."""
    return max(LOWEST, min(HIGHEST, value))


def least_impact(threat_type: ThreatType) -> int:
    """Return the smallest impact this type of threat may honestly have, 1 or 4.

    Source:
        method S8 (sexual violence, outing and loss of children are at least 4).
    """
    return _AT_LEAST.get(threat_type, LOWEST)
