"""The check-up of the whole plan: what is open, and what only people can answer."""

from __future__ import annotations

from typing import Any

from amparo.board import checkup_view, late
from amparo.board.scene import Scene
from amparo.method import balance, patterns


def draw(scene: Scene) -> dict[str, Any]:
    """Return what is open, with a count for each severity, and what only people can answer."""
    found = checkup_view.results(scene)
    asked = (*patterns.questions(), *balance.questions())
    return {
        "empty": len(scene.workspace) == 0,
        "counts": checkup_view.counts(found),
        "late": late.texts(scene),
        "results": found,
        "asked": [
            {"ask": scene.words.text(one.key), "why": scene.words.text(one.why_key)}
            for one in asked
        ],
    }
