"""The suggested likelihood and impact."""

from __future__ import annotations

import pytest

from amparo.errors import ScaleError
from amparo.method.factors import factors_of
from amparo.method.impact import ImpactSuggestion, suggest_impact
from amparo.method.likelihood import suggest, target
from amparo.model.workspace import Workspace


@pytest.mark.parametrize(
    ("pressure", "vulnerability", "capacity", "inherent", "current"),
    [(4, 3, 1, 5, 5), (3, 1, 3, 3, 2), (2, 2, 2, 3, 2), (5, 0, 4, 5, 4), (1, 4, 0, 2, 2)],
)
def test_suggestions_are_those_of_the_method(
    pressure, vulnerability, capacity, inherent, current, maker
) -> None:
    """The test vectors of S8, as corrected by safety rule 7."""
    factors = [maker.vulnerability(vulnerability), maker.capacity(capacity)]

    found = suggest(pressure, factors)

    assert found is not None
    assert (found.inherent, found.current) == (inherent, current)


def test_a_second_smaller_protection_does_not_raise_the_risk(maker) -> None:
    """With a mean it did: T3, V1 and a capacity of 3 gave 2, adding one of 1 gave 3."""
    factors = [maker.vulnerability(1), maker.capacity(3)]

    alone = suggest(3, factors)
    both = suggest(3, [*factors, maker.capacity(1)])

    assert alone == both
    assert both is not None
    assert both.current == 2


def test_nothing_is_suggested_before_weak_points_were_looked_at(maker) -> None:
    """A number out of nothing would look like knowledge."""
    assert suggest(4, [maker.capacity(4)]) is None
    assert suggest(None, []) is None


def test_what_only_stands_on_paper_protects_nobody(maker) -> None:
    """A protocol in a drawer must not lower a risk."""
    found = suggest(3, [maker.vulnerability(1), maker.capacity(4, practised=False)])

    assert found is not None
    assert found.current == 3


def test_what_acts_only_on_impact_does_not_make_it_less_likely(maker) -> None:
    """First aid does not keep an attacker away."""
    found = suggest(3, [maker.vulnerability(1), maker.capacity(4, acts_on="impact")])

    assert found is not None
    assert found.current == 3


@pytest.mark.parametrize(("pressure", "with_capacity", "low"), [
    (None, True, True), (3, False, True), (3, True, False),
])  # fmt: skip
def test_not_knowing_lowers_confidence(pressure, with_capacity, low, maker) -> None:
    """People should see when a suggestion stands on little."""
    factors = [maker.vulnerability(1), *([maker.capacity(1)] if with_capacity else [])]

    found = suggest(pressure, factors)

    assert found is not None
    assert (found.confidence_low, found.inherent) == (low, 3)


def test_pressure_outside_the_scale_is_refused(maker) -> None:
    """A typo must not become a suggestion."""
    with pytest.raises(ScaleError):
        suggest(6, [maker.vulnerability(1)])


@pytest.mark.parametrize(("current", "steps", "changed", "expected"), [
    (4, 1, False, 3), (4, 2, False, 3), (4, 2, True, 2), (1, 1, False, 1), (2, 2, True, 1),
    (3, -4, False, 3),
])  # fmt: skip
def test_hope_falls_one_step_a_cycle_and_never_below_one(current, steps, changed, expected) -> None:
    """A plan that promises too much is believed too long."""
    assert target(current, steps, actor_changed=changed) == expected


@pytest.mark.parametrize(("harm", "vulnerability", "capacity", "expected"), [
    (4, 0, 4, (4, 3)), (3, 2, 4, (4, 3)), (3, 3, 0, (4, 4)), (1, 0, 4, (1, 1)), (5, 0, 4, (5, 5)),
])  # fmt: skip
def test_impact_falls_by_one_step_at_most(harm, vulnerability, capacity, expected, maker) -> None:
    """What cannot be undone is never talked down by a suggestion."""
    factors = [
        maker.vulnerability(vulnerability, acts_on="impact"),
        maker.capacity(capacity, acts_on="both"),
    ]

    assert suggest_impact(harm, factors) == ImpactSuggestion(*expected)


def test_factors_belong_to_one_threat(maker) -> None:
    """What exposes us to one threat may protect us from another."""
    threat = maker.threat()
    mine = maker.vulnerability(2, threat_id=threat.id)

    assert factors_of(Workspace.of([threat, mine, maker.vulnerability(3)]), threat.id) == (mine,)
