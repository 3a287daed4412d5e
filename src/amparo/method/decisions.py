"""What a band asks of us: decision rules D1 to D8.

Source:
    method S8 (decision rules; after ism on thresholds of acceptable risk, umbrella, pi_npm) and
    domain safety rule 7 (an owner is an agreed role letter). The days are ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from amparo.method.findings import Finding
from amparo.method.matrix import band_range, impact_range
from amparo.method.priorities import Priority, ranked
from amparo.method.purpose import live_for
from amparo.method.scales import least_impact
from amparo.method.states import newest
from amparo.method.uncut import whole
from amparo.model.plan import Protocol
from amparo.model.practice import Review
from amparo.model.risk import RiskLimit, StrategyChoice
from amparo.model.support import SupportRequest
from amparo.model.workspace import Workspace

HIGH_DAYS = 30
MODERATE_DAYS = 91
GRAVE = 4


def due(ws: Workspace, today: date) -> tuple[Finding, ...]:
    """Return what the decision rules ask for today, the most pressing threat first.

    Source:
        method S8, D1 to D8; S6 (a declared threat is not low without a reason).
    """
    found: list[Finding] = []
    for item in ranked(ws):
        found += _now(item)
        found += _by_band(ws, item, today)
        found += _doubts(item)
    return (*found, *_limits(ws), *_still_extreme(ws))


def _finding(rule: str, part: str, item: Priority, **values: str | int) -> Finding:
    return Finding(rule, (item.threat.id,), values, part)


def _now(item: Priority) -> Iterator[Finding]:
    if item.threat.imminence != "now":
        return
    if item.current is None:
        yield _finding("D5", "unjudged", item)
    elif impact_range(item.current).best >= GRAVE:
        yield _finding("D5", "now", item)


def _by_band(ws: Workspace, item: Priority, today: date) -> Iterator[Finding]:
    if item.band == "extreme":
        yield from _extreme(ws, item)
    elif item.band == "high":
        yield from _high(ws, item, today)
    elif item.band == "moderate" and not _dated(ws, item, today, MODERATE_DAYS):
        yield _finding("D3", "dated", item, days=MODERATE_DAYS)
    elif item.band == "low":
        yield from _low(item)


def _extreme(ws: Workspace, item: Priority) -> Iterator[Finding]:
    threat_id = item.threat.id
    if not any(measure.owner_role for measure in live_for(ws, threat_id)):
        yield _finding("D1", "owner", item)
    if not any(choice.threat_id == threat_id for choice in whole(ws, StrategyChoice)):
        yield _finding("D1", "pause", item)
    if not any(request.threat_id == threat_id for request in ws.all(SupportRequest)):
        yield _finding("D1", "support", item)
    if not _has_protocol(ws, threat_id):
        yield _finding("D1", "during", item)


def _high(ws: Workspace, item: Priority, today: date) -> Iterator[Finding]:
    if not _dated(ws, item, today, HIGH_DAYS):
        yield _finding("D2", "dated", item, days=HIGH_DAYS)
    if not _has_protocol(ws, item.threat.id):
        yield _finding("D2", "during", item)
    if item.current is not None and _unreviewed(ws, item.current.assessed_on, today):
        yield _finding("D2", "review", item, days=HIGH_DAYS)


def _low(item: Priority) -> Iterator[Finding]:
    if not item.threat.signs_to_watch:
        yield _finding("D4", "signs", item)
    if item.threat.declared and not item.threat.reason_if_low:
        yield _finding("S6", "declared_low", item)


def _doubts(item: Priority) -> Iterator[Finding]:
    if item.current is None:
        return
    impact = impact_range(item.current).best
    if item.current.confidence == "low" and impact >= GRAVE:
        yield _finding("D6", "find_out", item)
    least = least_impact(item.threat.threat_type)
    if impact < least:
        yield _finding("S8", "least_impact", item, least=least)


def _dated(ws: Workspace, item: Priority, today: date, days: int) -> bool:
    return any(
        measure.status == "working"
        or (measure.due is not None and (measure.due - today).days <= days)
        for measure in live_for(ws, item.threat.id)
    )


def _has_protocol(ws: Workspace, threat_id: str) -> bool:
    return any(p.steps and threat_id in p.threat_ids for p in ws.all(Protocol))


def _unreviewed(ws: Workspace, assessed_on: date, today: date) -> bool:
    if (today - assessed_on).days <= HIGH_DAYS:
        return False
    return not any(assessed_on < review.on <= today for review in whole(ws, Review))


def _limits(ws: Workspace) -> Iterator[Finding]:
    pressing = tuple(item.threat.id for item in ranked(ws) if item.band in ("high", "extreme"))
    limits = whole(ws, RiskLimit)
    if pressing and not limits:
        yield Finding("D7", pressing, part="limit")
    for limit in limits:
        if not limit.who_may_stop:
            yield Finding("D7", (limit.id,), part="stop")
        if not limit.accepted_by_those_concerned:
            yield Finding("D7", (limit.id,), part="free")


def _still_extreme(ws: Workspace) -> Iterator[Finding]:
    for threat_id, hoped in newest(ws, "target").items():
        if band_range(hoped)[1] == "extreme":
            yield Finding("D8", (threat_id, hoped.id), part="still_extreme")
