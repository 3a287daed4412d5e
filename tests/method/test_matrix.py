"""The scales and the matrix."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from amparo.errors import ScaleError
from amparo.method import scales
from amparo.method.matrix import MATRIX, band, band_range, impact_range
from amparo.model.ranges import Range

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "scales.md"


@pytest.mark.parametrize(
    ("likelihood", "impact", "expected"),
    [(2, 5, "high"), (5, 2, "moderate"), (3, 4, "high"), (1, 1, "low"), (3, 5, "extreme")],
)
def test_bands_are_those_of_the_method(likelihood, impact, expected) -> None:
    """The test vectors of S8."""
    assert band(likelihood, impact) == expected


@pytest.mark.parametrize("likelihood", range(1, 6))
def test_what_cannot_be_undone_is_never_below_high(likelihood) -> None:
    """A rare killing must not be averaged with a frequent nuisance."""
    assert band(likelihood, 5) in ("high", "extreme")


def test_more_likely_or_worse_never_lowers_a_band() -> None:
    """A step up in danger must never look like a step down."""
    rank = [[scales.BANDS.index(cell) for cell in row] for row in MATRIX]

    assert all(a <= b for row in rank for a, b in pairwise(row))
    assert all(a <= b for column in zip(*rank, strict=True) for a, b in pairwise(column))


@pytest.mark.parametrize("bad", [0, 6, -1, True, 2.5, "3", None])
def test_a_judgement_outside_the_scale_is_refused(bad) -> None:
    """A typo must not silently become a low risk."""
    with pytest.raises(ScaleError, match="expected 1 to 5"):
        band(bad, 3)
    with pytest.raises(ScaleError, match="expected 1 to 5"):
        band(3, bad)


def test_a_range_of_judgements_gives_a_range_of_bands(maker) -> None:
    """Doubt is shown, not averaged away (S8: L2-4, I4 is high to extreme)."""
    state = maker.state(maker.threat(), Range(low=2, best=3, high=4), 4)

    assert band_range(state) == ("high", "high", "extreme")


def test_the_people_hurt_most_count(maker) -> None:
    """A mean over the group would hide those who suffer most."""
    group = {"group": "elders", "impact": 5}
    state = maker.state(maker.threat(), 1, 2, impact_by_group=[group])

    assert impact_range(state) == Range.at(5)
    assert band_range(state) == ("high", "high", "high")


@pytest.mark.parametrize("threat_type", ["sexual_violence", "outing", "custody_threat"])
def test_some_harm_is_never_small(threat_type) -> None:
    """Those who do not suffer it often make it small."""
    assert scales.least_impact(threat_type) == 4


def test_every_level_has_a_word_and_an_anchor() -> None:
    """A bare number means something else to everyone."""
    levels = (*scales.LIKELIHOOD, *scales.IMPACT, *scales.PRESSURE)

    assert [level.value for level in levels] == [1, 2, 3, 4, 5] * 3
    assert scales.IMPACT[4].anchor_key == "scale.impact.5.anchor"


def test_the_page_shows_the_same_matrix() -> None:
    """The explanation must not promise other bands than the code gives."""
    page = PAGE.read_text(encoding="utf-8")

    rows = [f"| {i} | {' | '.join(MATRIX[i - 1])} |" for i in range(1, 6)]

    assert [row for row in rows if row not in page] == []
    assert all(cell in scales.BANDS for row in MATRIX for cell in row)
