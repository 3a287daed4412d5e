"""S10: which measures of a catalogue fit a threat, the most fitting first.

The catalogue is content, and the method may not read it: it is given plain facts.

Source:
    method S10 (relation with the catalogue: covers the priority threat, feasible, builds on a
    capacity of 3 or more, fills an empty cell); which measure builds on which capacity is ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from amparo.method.factors import factors_of
from amparo.method.purpose import live_for
from amparo.method.uncut import whole
from amparo.method.ways import is_armed, is_official
from amparo.model.actors import Actor
from amparo.model.context import Driver
from amparo.model.measures import Measure
from amparo.model.risk import StrategyChoice
from amparo.model.threats import Threat
from amparo.model.workspace import Workspace

# Why an idea stands where it stands, and what to be careful with.
Reason = Literal["covers", "feasible", "builds", "fills", "our_way"]
Careful = Literal["publicity", "officials"]
STRONG = 3
_TO_OFFICIALS = frozenset({"m_complaint_police"})
# Capacity -> what a measure that builds on it is like: its way, its side, its width, its phase.
_BUILDS_ON: dict[str, frozenset[str]] = {
    "c_unity": frozenset({"acceptance", "community"}),
    "c_community_support": frozenset({"acceptance", "community"}),
    "c_self_protection": frozenset({"avoidance"}),
    "c_territory_knowledge": frozenset({"avoidance"}),
    "c_alert_system": frozenset({"during"}),
    "c_info_security": frozenset({"digital"}),
    "c_protocols": frozenset({"during"}),
    "c_roles": frozenset({"during"}),
    "c_legal": frozenset({"legal", "accountability"}),
    "c_legal_recognition": frozenset({"legal"}),
    "c_documentation": frozenset({"accountability"}),
    "c_media": frozenset({"advocacy", "deterrence"}),
    "c_visibility": frozenset({"deterrence"}),
    "c_access_authority": frozenset({"advocacy"}),
    "c_allies_national": frozenset({"network"}),
    "c_allies_international": frozenset({"network"}),
    "c_finance": frozenset({"economic"}),
    "c_health_care": frozenset({"psychosocial", "care"}),
    "c_family": frozenset({"care"}),
    "c_mobility": frozenset({"avoidance"}),
    "c_leverage": frozenset({"transformation"}),
}


@dataclass(frozen=True, slots=True)
class Idea:
    """The plain facts of one measure of a catalogue; every value is an id."""

    id: str
    phases: tuple[str, ...]
    approach: str
    strategy: str
    levels: tuple[str, ...]
    dimensions: tuple[str, ...]
    reduces: tuple[str, ...]
    causes: tuple[str, ...]
    cost: str
    effort: str

    def is_like(self) -> frozenset[str]:
        """Return everything that a capacity may be built on by."""
        return frozenset((self.strategy, *self.levels, *self.dimensions, *self.phases))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One idea, why it is suggested, and what to be careful with."""

    id: str
    reasons: tuple[Reason, ...]
    careful: Careful | None = None


@dataclass(frozen=True, slots=True)
class _Needs:
    """What is known of the threat for which ideas are looked for."""

    threat_type: str
    causes: frozenset[str]
    filled: frozenset[tuple[str, str]]
    built_on: frozenset[str]
    ways: frozenset[str]
    armed: bool
    official: bool


def suggest(
    ws: Workspace,
    threat_id: str,
    ideas: Iterable[Idea],
    phase: str | None = None,
    approach: str | None = None,
) -> tuple[Suggestion, ...]:
    """Return the ideas that fit one threat, or one empty place of its board.

    Args:
        ws: the whole workspace.
        threat_id: of the threat that the group looks at.
        ideas: the catalogue, in its own order.
        phase: only for this phase, or None.
        approach: only of this approach, or None.

    Returns:
        Ideas that reduce this threat, or act on a cause the group wrote down, the most fitting
        first; what needs special care stands last. What the group already has is left out.

    Source:
        method S10; safety rule 8 (no complaint to officials who are the actor).
    """
    threat = next((one for one in whole(ws, Threat) if one.id == threat_id), None)
    if threat is None:
        return ()
    needs, taken = _needs(ws, threat), {measure.from_catalogue for measure in ws.all(Measure)}
    fitting = [
        _suggestion(idea, needs)
        for idea in ideas
        if idea.id not in taken
        and (phase is None or phase in idea.phases)
        and (approach is None or approach == idea.approach)
        and (needs.threat_type in idea.reduces or needs.causes.intersection(idea.causes))
    ]
    return tuple(sorted(fitting, key=_order))


def _needs(ws: Workspace, threat: Threat) -> _Needs:
    actors = whole(ws, Actor)
    strong = {
        factor.capacity
        for factor in factors_of(ws, threat.id)
        if factor.capacity and factor.practised and factor.score >= STRONG
    }
    chosen = [one for one in whole(ws, StrategyChoice) if one.threat_id == threat.id]
    return _Needs(
        threat_type=threat.threat_type,
        causes=frozenset(one.driver for one in whole(ws, Driver) if one.reach != "beyond"),
        filled=frozenset((p, m.approach) for m in live_for(ws, threat.id) for p in m.phases),
        built_on=frozenset(like for one in strong for like in _BUILDS_ON.get(one, ())),
        ways=frozenset(family for one in chosen for family in one.families),
        armed=is_armed(threat, actors),
        official=is_official(threat, actors),
    )


def _suggestion(idea: Idea, needs: _Needs) -> Suggestion:
    holds: dict[Reason, bool] = {
        "covers": needs.threat_type in idea.reduces,
        "feasible": idea.cost in ("none", "low") and idea.effort != "high",
        "builds": bool(needs.built_on & idea.is_like()),
        "fills": any((phase, idea.approach) not in needs.filled for phase in idea.phases),
        "our_way": idea.strategy in needs.ways,
    }
    reasons = tuple(reason for reason in get_args(Reason) if holds[reason])
    return Suggestion(idea.id, reasons, _careful(idea, needs))


def _careful(idea: Idea, needs: _Needs) -> Careful | None:
    if needs.armed and idea.strategy == "deterrence":
        return "publicity"
    return "officials" if needs.official and idea.id in _TO_OFFICIALS else None


def _order(found: Suggestion) -> tuple[bool, ...]:
    return (found.careful is not None, *(one not in found.reasons for one in get_args(Reason)))
