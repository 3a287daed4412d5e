"""Who drives the danger, who holds it back, and where somebody stands in the money chain.

Source:
    method S3 (views; non-state lens: command and money, cost lever); after pi_npm, jass_meso.
    Which type of actor usually stands at which place of the chain is ours.
"""

from __future__ import annotations

from typing import Literal

from amparo.model.actors import Actor
from amparo.model.vocabularies import ActorType, ChainRole

Side = Literal["driving", "restraining", "between", "unknown"]

# Levers, publicity and complaints can raise the danger that these bring: stop and think first.
STOP_AND_THINK: frozenset[ActorType] = frozenset({"organised_crime", "hired_killer", "armed_group"})

_USUAL_PLACE: dict[ActorType, ChainRole] = {
    "parent_company": "owner",
    "landowner": "owner",
    "project_company": "operator",
    "state_company": "operator",
    "supplier_contractor": "contractor",
    "private_security": "guard",
    "investor_bank": "financier",
    "dev_finance": "financier",
    "export_credit": "insurer",
    "regulator": "permit",
}


def side(actor: Actor) -> Side:
    """Tell on which side of the field of forces somebody stands.

    What they do in it counts before what they think of us: a duty bearer who is against us still
    drives, one who is for us restrains.

    Source:
        method S3 (field of forces: driving against restraining).
    """
    if actor.protection_role == "driving_force":
        return "driving"
    if actor.protection_role == "restraining_force":
        return "restraining"
    if actor.stance is None:
        return "unknown"
    if actor.stance == 0:
        return "between"
    return "driving" if actor.stance < 0 else "restraining"


def usual_place(actor: Actor) -> ChainRole | None:
    """Return where an actor of this type usually stands in a money chain; a guess to be asked."""
    return _USUAL_PLACE.get(actor.actor_type)


def can_backfire(actor_type: str) -> bool:
    """Tell whether levers and publicity can raise the danger from this type of actor."""
    return actor_type in STOP_AND_THINK
