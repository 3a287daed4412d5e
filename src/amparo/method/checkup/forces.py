"""Do we know enough about who is involved, and can we lean on what was promised?

Source:
    method S3 (rules; non-state lens: never infer collusion without evidence).
"""

from __future__ import annotations

from collections.abc import Iterator

from amparo.method.checkup.look import Look
from amparo.method.checkup.values import Hit
from amparo.model.actors import Actor, Relation
from amparo.model.threats import DeclaredAnalysis, Threat

STRONG = 4


def actor_unknown(look: Look) -> Iterator[Hit]:
    """Fire when somebody with much influence has a stance nobody knows."""
    return (
        Hit(actor)
        for actor in look.all(Actor)
        if actor.influence >= STRONG and actor.stance is None
    )


def promise_untested(look: Look) -> Iterator[Hit]:
    """Fire when somebody promised help and nobody has tried it."""
    return (Hit(actor) for actor in look.all(Actor) if actor.promised and not actor.promise_tested)


def collusion_unproven(look: Look) -> Iterator[Hit]:
    """Fire when a secret tie is drawn without evidence."""
    return (
        Hit(relation)
        for relation in look.all(Relation)
        if relation.relation_type == "colludes"
        and (not relation.evidence or relation.confidence == "low")
    )


def attribution_low(look: Look) -> Iterator[Hit]:
    """Fire when we only guess who is behind a threat."""
    for threat in look.threats:
        sure = set(_confidences(look, threat))
        if sure == {"low"}:
            yield Hit(threat)


def _confidences(look: Look, threat: Threat) -> Iterator[str]:
    known = {actor.id: actor for actor in look.all(Actor)}
    for actor_id in threat.actor_ids:
        if actor_id in known and known[actor_id].actor_type != "unknown":
            yield known[actor_id].confidence
    for analysis in look.all(DeclaredAnalysis):
        if analysis.threat_id == threat.id:
            yield from (h.confidence for h in analysis.source_hypotheses if h.actor_id)
