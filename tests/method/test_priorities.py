"""Which threat comes first, and what stands on the plan."""

from __future__ import annotations

from datetime import date

from amparo.method.priorities import plan_measures, ranked
from amparo.model.ranges import Range
from amparo.model.workspace import Workspace


def test_the_upper_band_decides_first(maker) -> None:
    """Doubt must not be a reason to look away."""
    sure, unsure = maker.threat(), maker.threat()
    states = [
        maker.state(sure, 3, 4),
        maker.state(unsure, Range(low=1, best=2, high=5), 4),
    ]

    order = [item.threat for item in ranked(Workspace.of([sure, unsure, *states]))]

    assert order == [unsure, sure]


def test_equal_bands_are_ordered_by_impact_haste_doubt_and_announcement(maker) -> None:
    """The sort key of S8, one step at a time."""
    calm = maker.threat()
    declared = maker.threat(declared=True)
    unsure = maker.threat()
    soon = maker.threat(imminence="now")
    worse = maker.threat()
    states = [
        maker.state(calm, 2, 4),
        maker.state(declared, 2, 4),
        maker.state(unsure, 2, 4, confidence="low"),
        maker.state(soon, 2, 4),
        maker.state(worse, 1, 5),
    ]

    order = [t.threat for t in ranked(Workspace.of([calm, declared, unsure, soon, worse, *states]))]

    assert order == [worse, soon, unsure, declared, calm]


def test_a_threat_nobody_judged_is_not_low(maker) -> None:
    """Unknown stands between high and moderate."""
    high, unknown, moderate = maker.threat(), maker.threat(), maker.threat()
    ws = Workspace.of(
        [moderate, unknown, high, maker.state(high, 3, 4), maker.state(moderate, 3, 3)]
    )

    assert [item.threat for item in ranked(ws)] == [high, unknown, moderate]
    assert ranked(ws)[1].band is None


def test_the_newest_judgement_counts(maker) -> None:
    """After a review the new judgement replaces the old one."""
    threat = maker.threat()
    new = maker.state(threat, 1, 1)
    old = maker.state(threat, 5, 5, assessed_on=date(2026, 1, 1))

    assert ranked(Workspace.of([threat, new, old]))[0].band == "low"


def test_extreme_and_high_stand_first_and_soonest_due_within(maker) -> None:
    """There is room for nine lines; they go to what presses most."""
    extreme, high, low = maker.threat(), maker.threat(), maker.threat()
    states = [maker.state(extreme, 5, 5), maker.state(high, 3, 4), maker.state(low, 1, 1)]
    late = maker.measure(threat_ids=[extreme.id], due="2027-03-01")
    soon = maker.measure(threat_ids=[extreme.id], due="2026-12-01")
    for_high = maker.measure(threat_ids=[high.id], due="2026-11-24")
    for_low = maker.measure(threat_ids=[low.id], due="2026-11-23")
    ws = Workspace.of([extreme, high, low, *states, for_low, for_high, late, soon])

    assert plan_measures(ws) == (soon, late, for_high, for_low)


def test_the_plan_has_at_most_nine_lines_and_something_for_each_phase(maker) -> None:
    """A full list of precautions must not push out what we do on the day itself."""
    extreme, low = maker.threat(), maker.threat()
    before = [maker.measure(threat_ids=[extreme.id]) for _ in range(12)]
    during = maker.measure(threat_ids=[low.id], phases=["during"])
    after = maker.measure(phases=["after"], due="2027-06-01")
    ws = Workspace.of([extreme, low, maker.state(extreme, 5, 5), *before, during, after])

    chosen = plan_measures(ws)

    assert len(chosen) == 9
    assert {during, after} <= set(chosen)
    assert plan_measures(ws, limit=0) == ()


def test_what_the_group_wants_on_paper_is_chosen_first(maker) -> None:
    """A box that is ticked and changes nothing would be a lie; the order on paper stays."""
    extreme, low = maker.threat(), maker.threat()
    pressing = [maker.measure(threat_ids=[extreme.id]) for _ in range(12)]
    wanted = maker.measure(threat_ids=[low.id], on_sheet=True)
    ws = Workspace.of([extreme, low, maker.state(extreme, 5, 5), wanted, *pressing])

    assert plan_measures(ws) == (*pressing[:8], wanted)


def test_what_was_dropped_is_not_on_the_plan(maker) -> None:
    """Nobody should rely on what we gave up."""
    assert plan_measures(Workspace.of([maker.measure(status="dropped")])) == ()


def test_measures_chosen_before_the_cut_are_all_there_after_it(maker) -> None:
    """A plan for the group is chosen on the whole workspace, then cut."""
    chosen = plan_measures(Workspace.of([maker.measure() for _ in range(12)]))

    cut = Workspace.of(chosen).for_audience("group")

    assert len(plan_measures(cut)) == 9
