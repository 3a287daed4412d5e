"""S11: four alert levels as a ladder: signs, what changes, until when, who declares it."""

from __future__ import annotations

from typing import Any

from amparo.board.parts.records import pointed_at
from amparo.board.scene import Scene
from amparo.method.alerts import COLOURS, EVERY_DAY, without_end
from amparo.model.plan import AlertLevel


def draw(scene: Scene) -> dict[str, Any]:
    """Return the levels from the highest rung down, each with its records."""
    levels = scene.workspace.all(AlertLevel)
    return {
        "rungs": [
            {
                "colour": colour,
                "height": COLOURS.index(colour) + 1,
                "every_day": colour == EVERY_DAY,
                "levels": [_level(scene, one) for one in levels if one.colour == colour],
            }
            for colour in reversed(COLOURS)
        ],
        "endless": [one.id for one in without_end(scene.workspace)],
        "refs": {kind: scene.pairs(kind) for kind in pointed_at(("alert_level",))},
    }


def _level(scene: Scene, level: AlertLevel) -> dict[str, Any]:
    """Return one level; its rung has the name, so its line says the signs."""
    drawn = scene.drawn(level)
    return {**drawn, "label": "; ".join(level.signs) or drawn["label"]}
