"""Do we learn from what happened, from drills, and in time?

Source:
    method S5 (register, assess, react; patterns), S13, S14; domain safety rule 1.3 (sexual
    violence is in no picture, count, pattern or trend).
"""

from __future__ import annotations

from collections.abc import Iterator

from amparo.method.checkup.look import Look
from amparo.method.checkup.values import Hit
from amparo.method.patterns import countable
from amparo.method.reviews import review_dates
from amparo.model.practice import Drill

UNDECIDED_DAYS = 7


def incident_undecided(look: Look) -> Iterator[Hit]:
    """Fire when nobody decided within a week what an incident asks of us."""
    for incident in countable(look.ws, look.today):
        if incident.decision == "undecided" and look.age(incident.on) > UNDECIDED_DAYS:
            yield Hit(incident)


def incident_review_past(look: Look) -> Iterator[Hit]:
    """Fire when the day to look at an incident again is over."""
    for incident in countable(look.ws, look.today):
        if look.past(incident.review_by):
            yield Hit(incident)


def incident_told(look: Look) -> Iterator[Hit]:
    """Fire when an incident was reported outside and no yes is written down."""
    for incident in countable(look.ws, look.today):
        if incident.reported_to and incident.consent in ("none_yet", "withdrawn"):
            yield Hit(incident)


def p1_again(look: Look) -> Iterator[Hit]:
    """Fire when the same kind of thing, or the same actor, comes again and again."""
    return _pattern(look, "P1", "count", "days")


def p2_rising(look: Look) -> Iterator[Hit]:
    """Fire when three things in a row were each worse than the one before."""
    return _pattern(look, "P2", "count")


def p3_after_step(look: Look) -> Iterator[Hit]:
    """Fire when something happened soon after a step of ours or theirs."""
    return _pattern(look, "P3", "count", "days")


def p6_unchecked(look: Look) -> Iterator[Hit]:
    """Fire when something very grave was told and nobody has checked it."""
    return _pattern(look, "P6")


def drill_not_mended(look: Look) -> Iterator[Hit]:
    """Fire when a drill showed what fails and nothing was mended."""
    return (Hit(drill) for drill in look.all(Drill) if drill.what_failed and not drill.fix)


def review_overdue(look: Look) -> Iterator[Hit]:
    """Fire when the day of the next review is over."""
    if not look.begun:
        return
    first = review_dates(look.ws, look.today)[0]
    if look.past(first.on):
        yield Hit(kind="review", values={"count": look.age(first.on)})


def _pattern(look: Look, rule: str, *names: str) -> Iterator[Hit]:
    for hit in look.hits:
        if hit.rule == rule:
            # What nobody has checked is mended at the event, a pattern at the threat.
            threats = () if rule == "P6" else hit.threat_ids
            place = next(iter(threats or hit.incident_ids), None)
            values = {name: hit.facts[name] for name in names}
            yield Hit(look.ws.get(place), values=values, do_key=hit.do_key)
