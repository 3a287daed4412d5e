"""S9: what makes a group look twice at the ways it chose against one threat.

Source:
    method S9 (rules and tests), S3 (publicity can raise the danger from organised crime and armed
    groups), S8 D1; which threat types count as a conflict over land or work is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from amparo.method.priorities import ranked
from amparo.method.uncut import whole
from amparo.model.actors import Actor
from amparo.model.process import Profile
from amparo.model.risk import StrategyChoice
from amparo.model.threats import Threat
from amparo.model.vocabularies import ActorType, DefenderGroup, ThreatType
from amparo.model.workspace import Workspace

FAMILIES = 2
_ARMED: frozenset[ActorType] = frozenset({"organised_crime", "hired_killer", "armed_group"})
_OFFICIALS: frozenset[ActorType] = frozenset(
    {
        "head_government", "local_government", "police", "military", "intelligence", "judiciary",
        "prosecutor", "regulator", "state_company",
    }
)  # fmt: skip
_LAND_OR_WORK: frozenset[ThreatType] = frozenset(
    {
        "forced_eviction", "land_grab", "forced_displacement", "fake_consultation",
        "community_division", "environmental_attack", "sacred_damage", "dismissal_blacklisting",
        "union_busting",
    }
)  # fmt: skip
_LAND_OR_WORK_GROUPS: frozenset[DefenderGroup] = frozenset(
    {"trade_union", "indigenous", "land_environment"}
)

# The order in which they are shown: harm first.
Doubt = Literal["harms", "publicity", "second_way", "guards_only"]


def is_armed(threat: Threat, actors: Iterable[Actor]) -> bool:
    """Tell whether organised crime, hired killers or an armed group stand behind *threat*."""
    return _is_behind(threat, actors, _ARMED)


def is_official(threat: Threat, actors: Iterable[Actor]) -> bool:
    """Tell whether police or other officials stand behind *threat*."""
    return _is_behind(threat, actors, _OFFICIALS)


def is_land_or_work(threat: Threat, profile: Profile | None) -> bool:
    """Tell whether *threat* is part of a conflict over land or over work."""
    ours = bool(profile and _LAND_OR_WORK_GROUPS.intersection(profile.groups))
    return ours or threat.threat_type in _LAND_OR_WORK


def is_pressing(ws: Workspace, threat_id: str) -> bool:
    """Tell whether the risk of a threat is high or extreme today."""
    return any(p.threat.id == threat_id and p.band in ("high", "extreme") for p in ranked(ws))


def doubts(ws: Workspace, threat_id: str) -> tuple[Doubt, ...]:
    """Return what speaks for a second look at the ways chosen against one threat.

    Source:
        method S9: a 0 on harm is made anew; extreme or high risks need two families; pure
        protection in a conflict over land or work; publicity against armed people.
    """
    threat = next((one for one in whole(ws, Threat) if one.id == threat_id), None)
    return tuple(_doubts(ws, threat)) if threat else ()


def _doubts(ws: Workspace, threat: Threat) -> Iterator[Doubt]:
    chosen = [one for one in whole(ws, StrategyChoice) if one.threat_id == threat.id]
    families = {family for one in chosen for family in one.families}
    if any(one.test.harms_nobody == 0 for one in chosen):
        yield "harms"
    if "deterrence" in families and is_armed(threat, whole(ws, Actor)):
        yield "publicity"
    if len(families) < FAMILIES and is_pressing(ws, threat.id):
        yield "second_way"
    if families == {"protection"} and is_land_or_work(threat, ws.one(Profile)):
        yield "guards_only"


def _is_behind(threat: Threat, actors: Iterable[Actor], types: frozenset[ActorType]) -> bool:
    found = {actor.id for actor in actors if actor.actor_type in types}
    return bool(found.intersection(threat.actor_ids))
