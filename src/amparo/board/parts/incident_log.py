"""What happened: register, assess, react; and the patterns that ask to look again.

Source:
    method S5; domain safety rule 1.3 (sexual violence is in no list, picture, count or trend).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from amparo.board.parts.records import pointed_at
from amparo.board.scene import Scene
from amparo.board.view import letter
from amparo.method import patterns
from amparo.model.incidents import Incident
from amparo.model.threats import Threat


def draw(scene: Scene) -> dict[str, Any]:
    """Return incidents, newest first, the patterns found, and the questions only people answer."""
    incidents = sorted(scene.workspace.all(Incident), key=lambda one: one.on, reverse=True)
    letters = {one.id: letter(at) for at, one in enumerate(scene.workspace.all(Threat))}
    return {
        "records": [scene.drawn(one) for one in incidents],
        "trend": [
            [one.on.isoformat(), one.severity]
            for one in patterns.countable(scene.workspace, scene.today)
        ],
        "patterns": [
            _pattern(scene, hit, letters) for hit in patterns.find(scene.workspace, scene.today)
        ],
        "questions": [scene.words.text(one.key) for one in patterns.questions()],
        "today": scene.today.isoformat(),
        "refs": {kind: scene.pairs(kind) for kind in pointed_at(("incident",))},
    }


def _pattern(scene: Scene, hit: patterns.PatternHit, letters: dict[str, str]) -> dict[str, Any]:
    return {
        "text": scene.words.text(hit.key, **_told(scene, hit.facts)),
        "why": scene.words.text(hit.why_key),
        "looked_at": hit.looked_at,
        "threats": [[id_, letters[id_]] for id_ in hit.threat_ids if id_ in letters],
    }


def _told(scene: Scene, facts: dict[str, str | int]) -> dict[str, object]:
    """Return the facts of a pattern with their days written out."""
    return {
        name: scene.words.date(date.fromisoformat(str(value))) if name.endswith("_on") else value
        for name, value in facts.items()
    }
