"""What moves each kind of actor, what makes it worse, who can talk, and what never to do."""

from __future__ import annotations

from typing import Any

from amparo.board.scene import Scene
from amparo.content.values import ActorCard
from amparo.method.forces import can_backfire
from amparo.model.actors import Actor

LISTS = ("moves_it", "makes_it_worse", "who_can_talk", "never_do")


def draw(scene: Scene) -> dict[str, Any]:
    """Return every card; those with ``actors`` are about somebody who is involved here."""
    pack = scene.pack("actor_cards")
    return {"cards": [_card(scene, one) for one in pack.actor_cards.values()], "lists": list(LISTS)}


def _card(scene: Scene, card: ActorCard) -> dict[str, Any]:
    pack = scene.pack("actor_cards")
    here = [one for one in scene.workspace.all(Actor) if one.actor_type in card.types]
    return {
        "id": card.id,
        "title": pack.text(scene.lang, "actor_card", card.id, "title"),
        **{name: list(pack.lines(scene.lang, "actor_card", card.id, name)) for name in LISTS},
        "actors": [one.label for one in here],
        "stop": any(can_backfire(one) for one in card.types),
        "year": card.meta.knowledge_year,
    }
