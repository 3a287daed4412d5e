"""Which threat comes first, and which measures stand on the plan.

Source:
    method S8 (priority order), domain safety rule 7 (which nine measures stand on the plan).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import get_args

from amparo.method.matrix import band_range, impact_range
from amparo.method.purpose import live
from amparo.method.scales import BANDS, CONFIDENCES, IMMINENCES
from amparo.method.states import newest
from amparo.method.uncut import whole
from amparo.model.measures import Measure
from amparo.model.risk import RiskState
from amparo.model.threats import Threat
from amparo.model.vocabularies import Band, Phase
from amparo.model.workspace import Workspace

PLAN_LIMIT = 9
# Nobody has judged it: after high, before moderate. Unknown is not low.
_UNJUDGED = 1.5
_NO_BAND = -1.0


@dataclass(frozen=True, slots=True)
class Priority:
    """One threat with its newest judgement as things are today; bands None when unjudged."""

    threat: Threat
    current: RiskState | None
    band: Band | None
    upper_band: Band | None


def ranked(ws: Workspace) -> tuple[Priority, ...]:
    """Return every threat, the most pressing first.

    Source:
        method S8: upper band, impact, imminence, confidence (low first), declared first.
        Ours: a threat nobody judged stands between high and moderate.
    """
    current = newest(ws, "current")
    found = (_priority(threat, current.get(threat.id)) for threat in whole(ws, Threat))
    return tuple(sorted(found, key=_order))


def plan_measures(ws: Workspace, limit: int = PLAN_LIMIT) -> tuple[Measure, ...]:
    """Choose the measures that stand on the plan, in the order in which they stand.

    Call it on the whole workspace: one that was cut for a group has lost the bands.

    Args:
        ws: the whole workspace.
        limit: the most lines there is room for, 0 or more.

    Returns:
        At most *limit* measures: extreme first, then high, then the rest, soonest due first
        within each; where there is room, at least one for each phase. What the group wants on
        paper (``on_sheet``) is chosen before the rest, and stands in the same order.

    Source:
        domain safety rule 7; that the group's own wish comes first is ours.
    """
    weight = {item.threat.id: _weight(item.upper_band) for item in ranked(ws)}
    places = enumerate(live(ws))
    order = sorted(places, key=lambda place: (*_plan_order(place[1], weight), place[0]))
    lines = [measure for _, measure in order]
    candidates = sorted(lines, key=lambda measure: not measure.on_sheet)
    kept = _one_per_phase(candidates)[: max(0, limit)]
    for measure in candidates:
        if len(kept) >= limit:
            break
        if measure not in kept:
            kept.append(measure)
    return tuple(measure for measure in lines if measure in kept)


def _priority(threat: Threat, current: RiskState | None) -> Priority:
    if current is None:
        return Priority(threat, None, None, None)
    _, best, upper = band_range(current)
    return Priority(threat, current, best, upper)


def _weight(band: Band | None) -> float:
    return _UNJUDGED if band is None else float(BANDS.index(band))


def _order(item: Priority) -> tuple[float, ...]:
    impact = impact_range(item.current).best if item.current else 0
    confidence = item.current.confidence if item.current else "low"
    return (
        -_weight(item.upper_band),
        -impact,
        IMMINENCES.index(item.threat.imminence),
        CONFIDENCES.index(confidence),
        not item.threat.declared,
    )


def _plan_order(measure: Measure, weight: dict[str, float]) -> tuple[float, date]:
    most = max((weight.get(threat, _NO_BAND) for threat in measure.threat_ids), default=_NO_BAND)
    # Extreme and high stand apart; below them only the date counts.
    urgent = most if most >= BANDS.index("high") else _NO_BAND
    return (-urgent, measure.due or date.max)


def _one_per_phase(candidates: list[Measure]) -> list[Measure]:
    kept: list[Measure] = []
    for phase in get_args(Phase):
        if any(phase in measure.phases for measure in kept):
            continue
        first = next((measure for measure in candidates if phase in measure.phases), None)
        if first is not None:
            kept.append(first)
    return kept
