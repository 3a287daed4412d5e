"""The frame of every screen: stages and steps, track, the save line, undo, what is open."""

from __future__ import annotations

from typing import Any

from amparo.board.parts.step_head import depth
from amparo.board.scene import Scene
from amparo.model.registry import RECORD_TYPES
from amparo.model.workspace import Workspace


def draw(scene: Scene) -> dict[str, Any]:
    """Return the steps with their counts, the track, and where the reader is."""
    pack = scene.pack("steps")
    counts = counts_by_step(scene.workspace)
    finished = scene.process.finished if scene.process else ()
    return {
        "here": scene.options["here"],
        "track": scene.track,
        "danger": scene.process.danger_today if scene.process else "unknown",
        "process": held_process(scene),
        "example": bool(scene.process and scene.process.example),
        "screens": list(scene.options.get("screens", ())),
        "steps": [
            {
                "id": step.id,
                "stage": step.stage,
                "title": pack.text(scene.lang, "step", step.id, "title"),
                "depth": depth(pack, step.id, scene.track),
                "count": counts.get(step.id, 0),
                "finished": step.id in finished,
            }
            for step in pack.steps.values()
        ],
    }


def held_process(scene: Scene) -> dict[str, Any] | None:
    """Return what the frame may change of the process: None before anything was written."""
    process = scene.process
    if process is None:
        return None
    version = scene.versions.get(process.id, 1)
    return {"id": process.id, "version": version, "finished": list(process.finished)}


def counts_by_step(workspace: Workspace) -> dict[str, int]:
    """Return how many records each step holds, by the id of the step."""
    step_of = {model.kind: model.step.lower() for model in RECORD_TYPES}
    counts: dict[str, int] = {}
    for record in workspace:
        step = step_of[record.kind]
        counts[step] = counts.get(step, 0) + 1
    return counts
