"""The catalogue keys of what the method says: judgements return keys, never sentences.

Source:
    domain safety rule 6 (words on screen and paper); the keys are ours.
"""

from __future__ import annotations

from typing import get_args

from amparo.method.findings import PARTS, QUESTIONS
from amparo.method.wheel import SPOKES
from amparo.model.risk import State
from amparo.model.vocabularies import Band, Confidence, Imminence

# Scale -> its values; each value has a short word and an anchor sentence.
SCALES: dict[str, tuple[int, ...]] = {
    "likelihood": (1, 2, 3, 4, 5),
    "impact": (1, 2, 3, 4, 5),
    "pressure": (1, 2, 3, 4, 5),
    "score": (0, 1, 2, 3, 4),
}
REVIEW_REASONS = ("band", "upcoming", "agreed", "sheet", "half_year")
COUNTS = ("ready", "prevents", "causes")


def band_key(band: Band | None) -> str:
    """Return the key of a band's word; None is a threat that nobody has judged yet."""
    return f"band.{band or 'unknown'}"


def state_key(state: State) -> str:
    """Return the key of the name of a risk state, in the words of safety rule 6."""
    return f"state.{state}"


def confidence_key(confidence: Confidence) -> str:
    """Return the key of how sure we are."""
    return f"confidence.{confidence}"


def imminence_key(imminence: Imminence) -> str:
    """Return the key of how soon it may come."""
    return f"imminence.{imminence}"


def method_keys() -> tuple[str, ...]:
    """Return every key this part may ask the catalogue for, in a fixed order."""
    return (*_scale_keys(), *_small_keys(), *_finding_keys())


def _scale_keys() -> tuple[str, ...]:
    values = [f"scale.{name}.{value}" for name, steps in SCALES.items() for value in steps]
    titles = [f"scale.{name}" for name in SCALES]
    return (*titles, "scale.period", *values, *(f"{key}.anchor" for key in values))


def _small_keys() -> tuple[str, ...]:
    return (
        *(band_key(band) for band in get_args(Band)),
        band_key(None),
        *(state_key(state) for state in get_args(State)),
        *(confidence_key(word) for word in get_args(Confidence)),
        *(imminence_key(word) for word in get_args(Imminence)),
        *(f"wheel.{spoke}" for spoke in SPOKES),
        *(f"review.reason.{reason}" for reason in REVIEW_REASONS),
        *(f"balance.{count}" for count in COUNTS),
    )


def _finding_keys() -> tuple[str, ...]:
    seen = [f"finding.{rule.lower()}.{part}" for rule, parts in PARTS.items() for part in parts]
    return (
        *seen,
        *(f"{key}.do" for key in seen),
        *(f"finding.{rule.lower()}.why" for rule in PARTS),
        *(question.key for question in QUESTIONS),
        *(question.why_key for question in QUESTIONS),
    )
