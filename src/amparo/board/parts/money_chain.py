"""Who owns, pays, orders, guards, buys and permits; what binds each of them."""

from __future__ import annotations

from typing import Any, get_args

from amparo.board.levers import binding, levers, offices, said
from amparo.board.parts.actor_map import numbered
from amparo.board.parts.records import pointed_at
from amparo.board.scene import Scene
from amparo.content.values import Lever
from amparo.method.forces import can_backfire, usual_place
from amparo.model.actors import Actor, Relation
from amparo.model.vocabularies import ChainRole
from amparo.wording.choices import vocabulary_label

KINDS = ("relation", "actor")
PLACES: tuple[str, ...] = get_args(ChainRole)


def draw(scene: Scene) -> dict[str, Any]:
    """Return the eight places with who stands there, the ties, and the levers of each."""
    ties = [_tie(scene, one) for one in scene.workspace.all(Relation)]
    nodes = [_node(scene, number, actor) for number, actor in numbered(scene)]
    tied = {end for tie in ties for end in (tie["from"], tie["to"])}
    return {
        "records": _relations(scene, ties),
        "nodes": [one for one in nodes if one["place"] or one["id"] in tied],
        "free": [[one["id"], one["label"]] for one in nodes if one["place"] is None],
        "free_versions": {one["id"]: one["version"] for one in nodes if one["place"] is None},
        "places": [_place(scene, place) for place in PLACES],
        "ties": ties,
        "levers": {
            one.id: {**said(scene, one), "offices": offices(scene, one)} for one in levers(scene)
        },
        "refs": {kind: scene.pairs(kind) for kind in pointed_at(KINDS)},
    }


def _relations(scene: Scene, ties: list[dict[str, Any]]) -> list[dict[str, Any]]:
    sentences = {tie["id"]: tie["sentence"] for tie in ties}
    drawn = [scene.drawn(one) for one in scene.records("relation")]
    return [{**one, "label": sentences[one["id"]]} for one in drawn]


def _place(scene: Scene, place: str) -> dict[str, Any]:
    return {
        "id": place,
        "label": vocabulary_label(scene.words, "chain_role", place),
        "ask": scene.words.text(f"part.money_chain.ask.{place}"),
        "levers": _ids(binding(scene, (place,), ())),
    }


def _node(scene: Scene, number: int, actor: Actor) -> dict[str, Any]:
    """Return one actor; its place is a guess when only its type speaks for it."""
    place = actor.chain_role or usual_place(actor)
    return {
        "id": actor.id,
        "version": scene.versions.get(actor.id, 1),
        "number": number,
        "label": actor.label,
        "type": scene.choice("actor", "actor_type", actor.actor_type),
        "place": place,
        "guessed": place is not None and actor.chain_role is None,
        "unsure": actor.confidence == "low",
        "can_backfire": can_backfire(actor.actor_type),
        "levers": _ids(binding(scene, (place,) if place else (), (actor.actor_type,))),
    }


def _ids(found: tuple[Lever, ...]) -> list[str]:
    return [one.id for one in found]


def _tie(scene: Scene, relation: Relation) -> dict[str, Any]:
    words = {
        "source": _name(scene, relation.from_id),
        "tie": scene.choice("relation", "relation_type", relation.relation_type),
        "target": _name(scene, relation.to_id),
    }
    return {
        "id": relation.id,
        "from": relation.from_id,
        "to": relation.to_id,
        "words": words["tie"],
        "sentence": scene.words.text("part.money_chain.tie", **words),
        "unsure": relation.confidence == "low",
    }


def _name(scene: Scene, actor_id: str) -> str:
    actor = scene.workspace.get(actor_id)
    return scene.label(actor) if actor else "…"
