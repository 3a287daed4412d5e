"""The first screen: language, danger today, where it is kept and until when. Nothing else.

Source:
    domain safety rule 3 (the first ten minutes); nothing is stored before the last answer.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from amparo.board.scene import Scene
from amparo.computer import told
from amparo.messages import own_names

_KEPT_DAYS = 30


def draw(scene: Scene) -> dict[str, Any]:
    """Return the languages by their own names, what was answered, and the day 30 days on."""
    process = scene.process
    return {
        "languages": [list(one) for one in own_names()],
        "process": scene.drawn(process) if process else None,
        "delete_by": (scene.today + timedelta(days=_KEPT_DAYS)).isoformat(),
        "today": scene.today.isoformat(),
        # What stands in a file already cannot be promised to end with the session.
        "kept": not scene.session_only,
        # Said once, calmly, beside the question where it is kept; nothing waits for it.
        "computer": [
            scene.words.text(f"cli.doctor.{one.name}.{one.state}", **one.values) for one in told()
        ],
    }
