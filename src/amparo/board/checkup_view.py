"""The check-up as a screen draws it: sentences, and the place that mends each thing."""

from __future__ import annotations

from typing import Any

from amparo.board.scene import Scene
from amparo.method.checkup import SEVERITIES, Result, advice, check_up, sentence
from amparo.wording.checkup import content_facts, place_of


def results(scene: Scene) -> list[dict[str, Any]]:
    """Return everything the check-up sees, the most pressing first, as JSON values.

    ``label`` may hold what people typed; it is for the screen alone.
    """
    found = check_up(scene.workspace, scene.today, content_facts(scene.workspace, scene.today))
    return [_drawn(scene, result) for result in found]


def counts(found: list[dict[str, Any]]) -> dict[str, int]:
    """Return how many things each severity holds, in the order of severity."""
    return {name: sum(one["severity"] == name for one in found) for name in SEVERITIES}


def _drawn(scene: Scene, result: Result) -> dict[str, Any]:
    return {
        "rule": result.rule,
        "severity": result.severity,
        "text": sentence(result, scene.words),
        "why": scene.words.text(result.why_key),
        "do": advice(result, scene.words),
        "step": result.step,
        "kind": result.kind,
        "record_id": result.record_id,
        "label": place_of(result, scene.workspace, scene.words),
    }
