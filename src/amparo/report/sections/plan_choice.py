"""Which nine measures stand on the plan.

Source:
    domain safety rule 7: extreme and high first, one a phase at least, soonest due first.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from amparo.model.measures import Measure
from amparo.report.sections.material import ReportData

PHASES = ("before", "during", "after")
MEASURES_MOST = 9


def chosen_measures(data: ReportData) -> tuple[Measure, ...]:
    """Return at most nine measures, in the order in which they are printed.

    Bands never leave the keeper for a group's paper, so the choice that needs them is made
    there and comes as ``chosen``, ids in order; without it the soonest come first.
    """
    chosen: Iterable[str] | None = getattr(data, "chosen", None)
    if chosen is not None:
        held = (data.workspace.get(record_id) for record_id in chosen)
        return tuple(measure for measure in held if isinstance(measure, Measure))[:MEASURES_MOST]
    if data.audience == "keepers":
        from amparo.method import priorities

        return tuple(priorities.plan_measures(data.workspace, MEASURES_MOST))
    return soonest(data.workspace.all(Measure))


def soonest(measures: Iterable[Measure], limit: int = MEASURES_MOST) -> tuple[Measure, ...]:
    """Return the measures due soonest, with at least one of every phase that has one."""
    alive = sorted(
        (measure for measure in measures if measure.status != "dropped"),
        key=lambda measure: measure.due or date.max,
    )
    first = [next((m for m in alive if phase in m.phases), None) for phase in PHASES]
    kept: list[Measure] = []
    for measure in (*first, *alive):
        if measure is not None and measure not in kept and len(kept) < limit:
            kept.append(measure)
    return tuple(sorted(kept, key=lambda measure: measure.due or date.max))
