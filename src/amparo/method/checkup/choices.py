"""Is what we hope believable, and is the logic behind it safe for others?

Source:
    method S8 (target: at most one step a cycle), S9 (rules and tests); S3 (publicity can raise
    the danger from organised crime and armed groups).
"""

from __future__ import annotations

from collections.abc import Iterator

from amparo.method.checkup.look import Look
from amparo.method.checkup.values import Hit
from amparo.method.matrix import impact_range
from amparo.method.ways import FAMILIES, is_armed, is_land_or_work
from amparo.model.actors import Actor
from amparo.model.process import Profile
from amparo.model.risk import RiskState, StrategyChoice

LEAP = 2


def target_above(look: Look) -> Iterator[Hit]:
    """Fire when what we hope is worse than things are today."""
    for hoped, today in _pairs(look):
        if _likelihood(hoped) > _likelihood(today) or _impact(hoped) > _impact(today):
            yield Hit(hoped)


def target_leap(look: Look) -> Iterator[Hit]:
    """Fire when the hope is two or more steps below today."""
    for hoped, today in _pairs(look):
        steps = max(_likelihood(today) - _likelihood(hoped), _impact(today) - _impact(hoped))
        if steps >= LEAP:
            yield Hit(hoped, values={"count": steps})


def few_strategies(look: Look) -> Iterator[Hit]:
    """Fire when a serious risk is met in fewer than two ways."""
    for threat in look.pressing:
        chosen = [c for c in look.all(StrategyChoice) if c.threat_id == threat.id]
        if len({family for choice in chosen for family in choice.families}) < FAMILIES:
            yield Hit(threat)


def strategy_harms(look: Look) -> Iterator[Hit]:
    """Fire when a way that harms others was chosen."""
    return (Hit(c) for c in look.all(StrategyChoice) if c.test.harms_nobody == 0)


def guards_only(look: Look) -> Iterator[Hit]:
    """Fire when a land or union conflict is met with hard security alone."""
    profile = look.ws.one(Profile)
    conflicts = {threat.id for threat in look.threats if is_land_or_work(threat, profile)}
    for choice in look.all(StrategyChoice):
        if set(choice.families) == {"protection"} and choice.threat_id in conflicts:
            yield Hit(choice)


def loud_against_armed(look: Look) -> Iterator[Hit]:
    """Fire when publicity is the way against an armed group and no harm was considered."""
    threats = {threat.id for threat in look.threats if is_armed(threat, look.all(Actor))}
    for choice in look.all(StrategyChoice):
        loud = "deterrence" in choice.families and not choice.harms_considered
        if loud and choice.threat_id in threats:
            yield Hit(choice)


def _pairs(look: Look) -> Iterator[tuple[RiskState, RiskState]]:
    for threat_id, hoped in look.target.items():
        if threat_id in look.current:
            yield hoped, look.current[threat_id]


def _likelihood(state: RiskState) -> int:
    return state.likelihood.best


def _impact(state: RiskState) -> int:
    return impact_range(state).best
