"""Our words: twenty terms and the prompts of every step, renamed by the group.

Source:
    domain safety rule 10 ("our words"); which twenty terms is ours.
"""

from __future__ import annotations

from typing import Any

from amparo.board.scene import Scene
from amparo.model.process import OwnWord
from amparo.model.workspace import Workspace
from amparo.wording.own_words import TERMS


def draw(scene: Scene) -> dict[str, Any]:
    """Return every term and prompt with its usual words and the group's own."""
    pack = scene.pack("steps", "questions")
    held = {word.what: scene.drawn(word) for word in scene.workspace.all(OwnWord)}
    return {
        "terms": [_row(what, scene.words.text(key), held) for what, key in TERMS.items()],
        "steps": [
            {
                "title": pack.text(scene.lang, "step", step, "title"),
                "prompts": [
                    _row(one.id, pack.text(scene.lang, "question", one.id, "ask"), held)
                    for one in pack.questions.values()
                    if one.step == step
                ],
            }
            for step in pack.steps
        ],
    }


def renamed(workspace: Workspace) -> dict[str, str]:
    """Return key of the catalogue -> the group's own words, only where the group has some."""
    own = {word.what: word.text for word in workspace.all(OwnWord) if word.text}
    return {key: own[what] for what, key in TERMS.items() if what in own}


def _row(what: str, usual: str, held: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {"what": what, "usual": usual, "held": held.get(what)}
