"""Patterns in what happened: suggestions to look again, never a change of any judgement.

P4 and P5 need what no record holds, so they are asked. Sexual incidents are left out of every
pattern and every count.

Source:
    method S5 (pattern rules; after pi_npm, fld_workbook, tt_holistic); domain safety rules 1.3
    and 7. The numbers of days are ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from amparo.method.days import within
from amparo.method.findings import Keys, Question
from amparo.method.findings import questions as questions_of
from amparo.method.uncut import whole
from amparo.model.context import TimelineEvent, Upcoming
from amparo.model.incidents import Incident
from amparo.model.practice import Review
from amparo.model.threats import Threat
from amparo.model.workspace import Workspace

MANY, MANY_DAYS = 3, 30
AFTER_DAYS = 14
WORST = 4
_UNCHECKED = ("reported", "rumour")
_STEPS = ("project", "legal", "political", "victory")


@dataclass(frozen=True)
class PatternHit(Keys):
    """One pattern: the incidents that make it, the threats to look at again."""

    rule: str
    threat_ids: tuple[str, ...]
    incident_ids: tuple[str, ...]
    facts: dict[str, str | int] = field(default_factory=dict, hash=False)
    part: str = ""
    last_on: date = date.min
    looked_at: bool = False


def find(ws: Workspace, today: date) -> tuple[PatternHit, ...]:
    """Return the patterns P1, P2, P3 and P6 up to *today*, the newest first.

    For one kind, actor or step only the newest hit is told. A hit that a later review has
    already answered says so (``looked_at``).

    Source:
        method S5.
    """
    incidents = countable(ws, today)
    hits = (
        *_many(ws, incidents),
        *_rising(ws, incidents),
        *_after(ws, incidents),
        *_unchecked(ws, incidents),
    )
    reviewed = max((r.on for r in whole(ws, Review) if r.on <= today), default=date.min)
    told = _once(hit if hit.last_on > reviewed else _seen(hit) for hit in hits)
    return tuple(sorted(told, key=lambda hit: (hit.looked_at, -hit.last_on.toordinal(), hit.rule)))


def questions() -> tuple[Question, ...]:
    """Return what must be asked because no record holds it: P4, P5 and one part of P3."""
    return questions_of("P")


def countable(ws: Workspace, today: date) -> tuple[Incident, ...]:
    """Return the incidents that may be counted, oldest first.

    Source:
        domain safety rule 1.3: sexual violence is in no picture, count, pattern or trend.
    """
    seen = (i for i in whole(ws, Incident) if i.incident_kind != "i_sexual" and i.on <= today)
    return tuple(sorted(seen, key=lambda incident: incident.on))


def _hit(ws: Workspace, name: str, incidents: Iterable[Incident], **facts: str | int) -> PatternHit:
    found = tuple(incidents)
    rule, part = name.split(".")
    actors = {incident.actor_id for incident in found if incident.actor_id and part == "actor"}
    linked = {threat for incident in found for threat in incident.linked_threat_ids}
    threats = tuple(
        threat.id
        for threat in ws.all(Threat)
        if threat.id in linked or actors.intersection(threat.actor_ids)
    )
    last_on = max(incident.on for incident in found)
    values = {"count": len(found), "last_on": last_on.isoformat(), **facts}
    return PatternHit(rule, threats, tuple(i.id for i in found), values, part, last_on)


def _many(ws: Workspace, incidents: tuple[Incident, ...]) -> Iterator[PatternHit]:
    for name, key in (("P1.kind", _kind), ("P1.actor", _actor)):
        for group in _groups(incidents, key):
            window = _fullest(group)
            if window:
                yield _hit(ws, name, window, days=MANY_DAYS)


def _fullest(group: list[Incident]) -> list[Incident]:
    """Return the newest window of 30 days that holds three or more incidents."""
    for last in reversed(range(MANY - 1, len(group))):
        window = [i for i in group[: last + 1] if within(group[last].on, i.on, MANY_DAYS)]
        if len(window) >= MANY:
            return window
    return []


def _rising(ws: Workspace, incidents: tuple[Incident, ...]) -> Iterator[PatternHit]:
    for key in (_threats, _actor, _kind):
        for group in _groups(incidents, key):
            for start in reversed(range(len(group) - 2)):
                three = group[start : start + 3]
                if three[0].severity < three[1].severity < three[2].severity:
                    yield _hit(ws, "P2.rising", three)
                    break


def _after(ws: Workspace, incidents: tuple[Incident, ...]) -> Iterator[PatternHit]:
    days = [step.on for step in whole(ws, Upcoming)]
    days += [
        event.on
        for event in whole(ws, TimelineEvent)
        if event.date_precision == "day" and event.event_kind in _STEPS
    ]
    for day in sorted(set(days)):
        soon = [i for i in incidents if i.date_precision == "day" and within(i.on, day, AFTER_DAYS)]
        if soon:
            yield _hit(ws, "P3.after_step", soon, step_on=day.isoformat(), days=AFTER_DAYS)


def _unchecked(ws: Workspace, incidents: tuple[Incident, ...]) -> Iterator[PatternHit]:
    for incident in incidents:
        if incident.severity == WORST and incident.certainty in _UNCHECKED:
            yield _hit(ws, "P6.unchecked", (incident,))


def _kind(incident: Incident) -> tuple[str, ...]:
    return (incident.incident_kind,)


def _actor(incident: Incident) -> tuple[str, ...]:
    return (incident.actor_id,) if incident.actor_id else ()


def _threats(incident: Incident) -> tuple[str, ...]:
    return incident.linked_threat_ids


def _groups(
    incidents: tuple[Incident, ...], key: Callable[[Incident], tuple[str, ...]]
) -> Iterator[list[Incident]]:
    groups: dict[str, list[Incident]] = defaultdict(list)
    for incident in incidents:
        # A date known only by its year says nothing about days and order.
        if incident.date_precision != "year":
            for name in dict.fromkeys(key(incident)):
                groups[name].append(incident)
    yield from groups.values()


def _seen(hit: PatternHit) -> PatternHit:
    return PatternHit(
        hit.rule, hit.threat_ids, hit.incident_ids, hit.facts, hit.part, hit.last_on, looked_at=True
    )


def _once(hits: Iterable[PatternHit]) -> Iterator[PatternHit]:
    told: set[tuple[str, str, tuple[str, ...]]] = set()
    for hit in hits:
        name = (hit.rule, hit.part if hit.rule == "P1" else "", hit.incident_ids)
        if hit.rule == "P3" or name not in told:
            yield hit
        told.add(name)
