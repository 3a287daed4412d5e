"""The head of a step: its question, what it is for, an example, hints, and what is missing."""

from __future__ import annotations

from typing import Any

from amparo.board.scene import Scene
from amparo.content import Pack
from amparo.model.process import OwnWord, Profile

_WORDS = ("title", "lead", "kept")
_LISTS = ("example", "mistakes")


def draw(scene: Scene) -> dict[str, Any]:
    """Return the words of the step in ``options["step"]``, and its questions for this track."""
    step = scene.options["step"]
    pack = scene.pack("steps", "questions")
    known = pack.steps[step]
    return {
        "step": step,
        "stage": known.stage,
        "tag": known.tag,
        "depth": depth(pack, step, scene.track),
        **{name: pack.text(scene.lang, "step", step, name) for name in _WORDS},
        **{name: list(pack.lines(scene.lang, "step", step, name)) for name in _LISTS},
        "questions": questions(scene, pack, step),
        "finished": bool(scene.process and step in scene.process.finished),
    }


def depth(pack: Pack, step: str, track: str) -> str:
    """Return how deep a track goes into a step: none, light or full."""
    return getattr(pack.steps[step], track, "full")


def questions(scene: Scene, pack: Pack, step: str) -> list[dict[str, str]]:
    """Return the questions of a step that this track and this group are asked."""
    own = {word.what: word.text for word in scene.workspace.all(OwnWord) if word.text}
    profile = scene.workspace.one(Profile)
    groups = set(profile.groups if profile else ())
    asked = [
        question
        for question in pack.questions.values()
        if question.step == step
        and (scene.track in question.tracks or scene.track == "self_paced")
        and (not question.groups or groups & set(question.groups))
    ]
    return [
        {
            "id": question.id,
            "tag": question.tag,
            "lens": question.lens,
            "ask": own.get(question.id) or pack.text(scene.lang, "question", question.id, "ask"),
            "help": pack.text(scene.lang, "question", question.id, "help"),
        }
        for question in asked
    ]
