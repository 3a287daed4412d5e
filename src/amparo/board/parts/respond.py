"""Something happened: care first, then danger, then traces, then whom to tell, then thinking.

Source:
    method S5 (order of the immediate reaction); domain safety rules 5 and 8 (the first day).
"""

from __future__ import annotations

from typing import Any

from amparo.board.scene import Scene
from amparo.model.plan import Protocol

ORDER = ("care", "danger", "traces", "tell", "think")


def draw(scene: Scene) -> dict[str, Any]:
    """Return the five things in their order, and the protocols of the group."""
    return {
        "order": list(ORDER),
        "protocols": [
            {
                "title": one.title,
                "steps": [[step.role or "", step.does] for step in one.steps],
                "top": one.top,
            }
            for one in scene.workspace.all(Protocol)
        ],
    }
