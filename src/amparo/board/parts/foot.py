"""Below every step: back, "we have finished this", next."""

from __future__ import annotations

from typing import Any

from amparo.board.parts.shell import held_process
from amparo.board.parts.step_head import depth
from amparo.board.scene import Scene
from amparo.method.checkup import ContentFacts, check_up, sentence
from amparo.wording.paper_numbers import kinds_of


def draw(scene: Scene) -> dict[str, Any]:
    """Return the step, the steps of this track in order, and what is marked as finished."""
    pack, step = scene.pack("steps"), scene.options["step"]
    order = [one for one in pack.steps if one == step or depth(pack, one, scene.track) != "none"]
    return {
        "step": step,
        "order": order,
        "process": held_process(scene),
        "open": _open(scene, step),
        # What nobody has written yet is printed as a form to fill in by hand.
        "by_hand": [kind for kind in kinds_of(step) if not scene.records(kind)],
    }


def _open(scene: Scene, step: str) -> list[str]:
    """Return what the check-up still finds in this step, each sentence once, worst first."""
    if not scene.workspace.records:
        return []
    found = check_up(scene.workspace, scene.today, ContentFacts())
    return list(dict.fromkeys(sentence(one, scene.words) for one in found if one.step == step))
