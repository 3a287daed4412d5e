"""Paths to causes: seven stones each, levers to choose from, and the causes without a path."""

from __future__ import annotations

from typing import Any

from amparo.board.levers import levers, said
from amparo.board.parts.records import pointed_at
from amparo.board.scene import Scene
from amparo.method.causes import missing, open_drivers
from amparo.model.context import CausePath

KINDS = ("cause_path",)
STONES = ("driver_id", "who_decides", "ask", "lever", "ally", "due", "first_small_win")


def draw(scene: Scene) -> dict[str, Any]:
    """Return the paths with what each stone says, the levers, and the causes nothing moves yet."""
    return {
        "records": [scene.drawn(one) for one in scene.records("cause_path")],
        "paths": {one.id: _stones(scene, one) for one in scene.workspace.all(CausePath)},
        "stones": list(STONES),
        "open": [
            {"id": one.id, "label": scene.label(one)} for one in open_drivers(scene.workspace)
        ],
        "levers": [said(scene, one) for one in levers(scene)],
        "refs": {kind: scene.pairs(kind) for kind in pointed_at(KINDS)},
    }


def _stones(scene: Scene, path: CausePath) -> dict[str, Any]:
    driver = scene.workspace.get(path.driver_id)
    words = {name: getattr(path, name) for name in STONES}
    words["driver_id"] = scene.label(driver) if driver else ""
    words["due"] = scene.words.date(path.due) if path.due else ""
    laid = len(STONES) - len(missing(path)) - (not words["driver_id"])
    return {"words": words, "laid": laid}
