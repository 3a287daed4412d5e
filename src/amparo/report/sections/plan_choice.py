"""Which nine measures stand on the plan.

Source:
    domain safety rule 7: extreme and high first, one a phase at least, soonest due first.
"""

from __future__ import annotations

from amparo.model.measures import Measure
from amparo.report.sections.material import ReportData

PHASES = ("before", "during", "after")
MEASURES_MOST = 9


def chosen_measures(data: ReportData) -> tuple[Measure, ...]:
    """Return at most nine measures.

    Bands never leave the keeper for a group's paper. Where the keeper chose before it cut, its
    choice comes as ``chosen``, ids in order; else the method chooses by what can still be seen.
    """
    from amparo.method.priorities import plan_measures

    if data.chosen is None:
        return plan_measures(data.workspace, MEASURES_MOST)
    held = (data.workspace.get(record_id) for record_id in data.chosen)
    return tuple(measure for measure in held if isinstance(measure, Measure))[:MEASURES_MOST]
