"""The causes as a tree: what makes attacks useful, four times why, and how far our arm reaches."""

from __future__ import annotations

from typing import Any, get_args

from amparo.board.scene import Scene
from amparo.model.context import Driver, Reachable

KINDS = ("driver",)
REACHES: tuple[str, ...] = get_args(Reachable)
# What each "why?" leads to, from the day of the attack down to what people believe.
DEPTHS = ("trigger", "condition", "structure", "belief")


def draw(scene: Scene) -> dict[str, Any]:
    """Return the causes for the editor, and the branches of the tree in the same order."""
    return {
        "records": [scene.drawn(one) for one in scene.records("driver")],
        "branches": [
            _branch(scene, number, one)
            for number, one in enumerate(scene.workspace.all(Driver), start=1)
        ],
        "reaches": [[one, scene.choice("driver", "reach", one)] for one in REACHES],
        "depths": [[one, scene.words.text(f"part.cause_tree.depth.{one}")] for one in DEPTHS],
        "refs": {},
    }


def _branch(scene: Scene, number: int, one: Driver) -> dict[str, Any]:
    """Return one cause: ``why`` has a line for each depth, empty where nobody has asked yet."""
    # The editor writes "…" for a depth that was passed over.
    whys = [*("" if why == "…" else why for why in one.whys), *([""] * len(DEPTHS))]
    return {
        "id": one.id,
        "number": number,
        "cause": scene.choice("driver", "driver", one.driver),
        "here": one.how_it_shows_here,
        "why": whys[: max(len(DEPTHS), len(one.whys))],
        "reach": REACHES.index(one.reach),
        "unsure": one.confidence == "low",
    }
