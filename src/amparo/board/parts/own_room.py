"""A room of its own: its door from outside, and from inside what may be copied out.

Source:
    domain safety rule 1.4; nothing here says whether there is any room.
"""

from __future__ import annotations

from typing import Any

from amparo.board.scene import Scene

# What a room may want to bring into the common plan: one thing, never its story.
SHAREABLE = ("measure", "threat", "rule", "agreement", "protocol")


def draw(scene: Scene) -> dict[str, Any]:
    """Return on which side of the door the page is, and what could be copied from inside."""
    inside = bool(scene.options.get("inside"))
    entries = [
        [one.id, scene.words.text(f"kind.{kind}"), scene.label(one)]
        for kind in SHAREABLE
        for one in (scene.records(kind) if inside else ())
    ]
    sentences = ("visible", "leaving", "sharing", "lost")
    return {
        "inside": inside,
        "entries": entries,
        "said": {name: scene.words.text(f"space.{name}") for name in sentences},
    }
