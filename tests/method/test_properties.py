"""What must hold for any input at all."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.messages import messages
from amparo.method import balance, causes, decisions, patterns, priorities, reviews, wheel
from amparo.method.factors import factors_of
from amparo.method.impact import suggest_impact
from amparo.method.likelihood import suggest
from amparo.method.matrix import band, band_range
from amparo.method.scales import BANDS
from amparo.method.words import method_keys
from amparo.model.plan import Wheel
from amparo.model.risk import RiskState
from amparo.model.threats import Threat

quick = settings(
    max_examples=100,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
scale = st.integers(1, 5)


def judge_everything(ws, today):
    """Call every function that judges a workspace; return all that it told."""
    for threat in ws.all(Threat):
        suggest(None, factors_of(ws, threat.id))
    assert len(priorities.plan_measures(ws)) <= 9
    assert reviews.next_review(ws, today) >= today
    balance.counts(ws)
    causes.open_drivers(ws)
    return (
        *decisions.due(ws, today),
        *patterns.find(ws, today),
        *balance.warnings(ws),
        *causes.incomplete(ws),
    )


def rank(likelihood: int, impact: int) -> int:
    return BANDS.index(band(likelihood, impact))


def bands(pressure, harm, factors):
    """Ranks of the suggested bands, without protection and today; None before we asked."""
    likely, hurt = suggest(pressure, factors), suggest_impact(harm, factors)
    if likely is None:
        return None
    return rank(likely.inherent, hurt.inherent), rank(likely.current, hurt.current)


@quick
@given(data=st.data())
def test_no_workspace_breaks_any_rule_and_every_finding_has_its_words(
    data, workspaces, any_day
) -> None:
    """An odd record must not take the whole picture away."""
    ws, today = data.draw(workspaces), data.draw(any_day)
    known, catalogue = set(method_keys()), messages("es")

    for told in judge_everything(ws, today):
        values = told.facts if isinstance(told, patterns.PatternHit) else told.values
        assert {told.key, told.why_key, told.do_key} <= known
        assert "{" not in catalogue.text(told.key, **values) + catalogue.text(told.do_key, **values)
    for one in ws.all(Wheel):
        assert wheel.flattest(one) in wheel.SPOKES


@quick
@given(data=st.data(), audience=st.sampled_from(["personal", "group", "allies", "public"]))
def test_a_workspace_cut_for_others_breaks_no_rule(data, audience, workspaces, any_day) -> None:
    """A report for the group must come out, and must not know more than it may."""
    ws = data.draw(workspaces).for_audience(audience)

    found = judge_everything(ws, data.draw(any_day))

    assert [told for told in found if told.rule in ("D1", "D2", "P1", "P2", "P3", "P6")] == []


@quick
@given(data=st.data())
def test_what_cannot_be_undone_never_falls_below_high(data, workspaces) -> None:
    """A rare killing must not be averaged with a frequent nuisance."""
    for state in data.draw(workspaces).all(RiskState):
        worst = max(state.impact.best, *(g.impact for g in state.impact_by_group), 1)
        low, best, high = (BANDS.index(name) for name in band_range(state))

        assert low <= best <= high
        assert worst < 5 or best >= BANDS.index("high")


@quick
@given(data=st.data(), pressure=st.none() | scale, likelihood=scale)
def test_no_suggestion_talks_an_impact_of_five_down(
    data, pressure, likelihood, factor_lists
) -> None:
    """Protection can make a killing rarer, not smaller."""
    factors = data.draw(factor_lists)
    found = bands(pressure, 5, factors)

    assert found is None or min(found) >= BANDS.index("high")
    assert rank(likelihood, suggest_impact(5, factors).current) >= BANDS.index("high")


@quick
@given(data=st.data(), pressure=st.none() | scale, harm=scale)
def test_adding_something_that_protects_never_raises_a_band(
    data, pressure, harm, factor_lists, any_factor
) -> None:
    """People must never be punished for protecting themselves."""
    factors = data.draw(factor_lists)
    more = data.draw(any_factor).with_changes(
        vulnerability=None, capacity="c_unity", practised=True
    )

    without, having = bands(pressure, harm, factors), bands(pressure, harm, [*factors, more])

    assert (without is None) == (having is None)
    assert without is None or having is None or all(map(int.__le__, having, without))


@quick
@given(data=st.data(), pressure=st.none() | scale, harm=scale, score=st.integers(0, 4))
def test_raising_or_practising_what_protects_never_raises_a_band(
    data, pressure, harm, score, factor_lists, any_factor
) -> None:
    """The same for what is already there."""
    factors = data.draw(factor_lists)
    weak = data.draw(any_factor).with_changes(vulnerability=None, capacity="c_unity")
    strong = weak.with_changes(score=max(score, weak.score), practised=True)

    low, high = bands(pressure, harm, [*factors, strong]), bands(pressure, harm, [*factors, weak])

    assert (low is None) == (high is None)
    assert low is None or high is None or all(map(int.__le__, low, high))


@quick
@given(data=st.data(), pressure=st.none() | scale, harm=scale, score=st.integers(0, 4))
def test_adding_or_raising_what_exposes_us_never_lowers_a_band(
    data, pressure, harm, score, factor_lists, any_factor
) -> None:
    """Honesty about weak points must never make a risk look smaller."""
    factors = data.draw(factor_lists)
    one = data.draw(any_factor).with_changes(vulnerability="v_routine", capacity=None)
    raised = one.with_changes(score=max(score, one.score))

    without = bands(pressure, harm, factors)
    added = bands(pressure, harm, [*factors, one])
    more = bands(pressure, harm, [*factors, raised])

    assert added is not None
    assert more is not None
    assert without is None or all(map(int.__le__, without, added))
    assert all(map(int.__le__, added, more))
