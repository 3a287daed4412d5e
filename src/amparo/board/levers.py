"""Levers as a screen shows them: in words, with their age, never with a contact or a link."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from amparo.board.scene import Scene
from amparo.content import mechanism_age
from amparo.content.values import Lever

_SAID = ("name", "whom_it_binds", "how_to_invoke", "harm")
_STEMS = ("levers", "mechanisms")


def levers(scene: Scene) -> tuple[Lever, ...]:
    """Return all levers of the content, in its order."""
    return tuple(scene.pack(*_STEMS).levers.values())


def binding(scene: Scene, places: Iterable[str], types: Iterable[str]) -> tuple[Lever, ...]:
    """Return the levers that bind these places of the money chain or these types of actors.

    Those that fit both ways come first.
    """
    where, who = set(places), set(types)
    fits = [
        (bool(where.intersection(one.chain)) + bool(who.intersection(one.binds)), one)
        for one in levers(scene)
    ]
    return tuple(one for fit, one in sorted(fits, key=lambda pair: -pair[0]) if fit)


def said(scene: Scene, lever: Lever) -> dict[str, Any]:
    """Return a lever in words, with its age."""
    pack = scene.pack(*_STEMS)
    return {
        "id": lever.id,
        **{name: pack.text(scene.lang, "lever", lever.id, name) for name in _SAID},
        "year": lever.meta.knowledge_year,
        "old": scene.today > lever.meta.review_by,
    }


def offices(scene: Scene, lever: Lever) -> list[dict[str, Any]]:
    """Return the complaint offices that know this lever, marked when they must be checked."""
    pack = scene.pack(*_STEMS)
    found = [pack.mechanisms[pack.current_id(id_)] for id_ in lever.mechanisms]
    return [
        {
            "name": pack.text(scene.lang, "mechanism", one.id, "name"),
            "old": mechanism_age(one, scene.today).stale or one.verify_before_use,
        }
        for one in found
    ]
