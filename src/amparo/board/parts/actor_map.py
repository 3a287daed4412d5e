"""Who is involved: where each stands towards us, how much weight, which way it pushes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from amparo.board.scene import Scene
from amparo.method.checkup.forces import actor_unknown, attribution_low
from amparo.method.checkup.look import Look
from amparo.method.checkup.values import text_key, why_key
from amparo.method.forces import side
from amparo.model.actors import Actor

KINDS = ("actor",)
STANCES = (-2, -1, 0, 1, 2)
INFLUENCES = (5, 4, 3, 2, 1)
_WARNINGS = ((actor_unknown, "s3"), (attribution_low, "s6"))


def draw(scene: Scene) -> dict[str, Any]:
    """Return the actors for the editor, their marks for the three pictures, and warnings."""
    return {
        "records": [scene.drawn(one) for one in scene.records("actor")],
        "marks": [mark(scene, number, one) for number, one in numbered(scene)],
        "stances": [[one, scene.choice("actor", "stance", one)] for one in STANCES],
        "influences": [[one, scene.choice("actor", "influence", one)] for one in INFLUENCES],
        "warnings": list(_warnings(scene)),
        "refs": {},
    }


def numbered(scene: Scene) -> Iterator[tuple[int, Actor]]:
    """Yield every actor with the number that stands for it in all pictures of the screen."""
    yield from enumerate(scene.workspace.all(Actor), start=1)


def mark(scene: Scene, number: int, actor: Actor) -> dict[str, Any]:
    """Return what a picture shows of one actor."""
    known = actor.stance is not None
    return {
        "id": actor.id,
        "number": number,
        "label": actor.label,
        "type": scene.choice("actor", "actor_type", actor.actor_type),
        "stance": actor.stance,
        "stance_words": scene.choice("actor", "stance", actor.stance)
        if known
        else scene.words.text("part.actor_map.unknown"),
        "influence": actor.influence,
        "influence_words": scene.choice("actor", "influence", actor.influence),
        "trend": actor.stance_trend,
        "trend_words": scene.choice("actor", "stance_trend", actor.stance_trend),
        "side": side(actor),
        "unsure": actor.confidence == "low",
    }


def _warnings(scene: Scene) -> Iterator[dict[str, Any]]:
    look = Look(scene.workspace, scene.today)
    for rule, step in _WARNINGS:
        hits = [hit.record for hit in rule(look) if hit.record is not None]
        if hits:
            yield {
                "text": scene.words.text(text_key(rule.__name__)),
                "why": scene.words.text(why_key(rule.__name__)),
                "step": step,
                "records": [{"id": one.id, "label": scene.label(one)} for one in hits],
            }
