"""The head of a step: its question, what it is for, an example, hints, and what is missing."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from amparo.board import glossary
from amparo.board.scene import Scene
from amparo.content import Pack
from amparo.content.values import Question
from amparo.model.process import OwnWord, Profile
from amparo.wording.choices import pack_of

_STEMS = ("steps", "questions")
_WORDS = ("title", "lead", "kept")
_LISTS = ("example", "mistakes")


def draw(scene: Scene) -> dict[str, Any]:
    """Return the words of the step in ``options["step"]``, and its questions for this track."""
    step = scene.options["step"]
    pack = scene.pack(*_STEMS)
    known = pack.steps[step]
    asked = questions(scene, pack, step)
    return {
        "step": step,
        "stage": known.stage,
        "tag": known.tag,
        "depth": depth(pack, step, scene.track),
        **{name: pack.text(scene.lang, "step", step, name) for name in _WORDS},
        **{name: list(pack.lines(scene.lang, "step", step, name)) for name in _LISTS},
        "questions": asked,
        **_words(scene, pack, step, asked),
        "finished": bool(scene.process and step in scene.process.finished),
    }


def depth(pack: Pack, step: str, track: str) -> str:
    """Return how deep a track goes into a step: none, light or full."""
    return getattr(pack.steps[step], track, "full")


@lru_cache(maxsize=1)
def _of_steps() -> dict[str, list[Question]]:
    # A forked process that looks at every question holds its own copy of them all.
    found: dict[str, list[Question]] = {}
    for question in pack_of(*_STEMS).questions.values():
        found.setdefault(question.step, []).append(question)
    return found


@lru_cache(maxsize=8)
def _names(lang: str) -> dict[str, str]:
    return glossary.names_of(pack_of("glossary"), lang)


def questions(scene: Scene, pack: Pack, step: str) -> list[dict[str, Any]]:
    """Return the questions of a step that this track and this group are asked."""
    own = {word.what: word.text for word in scene.workspace.all(OwnWord) if word.text}
    profile = scene.workspace.one(Profile)
    groups = set(profile.groups if profile else ())
    asked = [
        question
        for question in _of_steps().get(step, ())
        if (scene.track in question.tracks or scene.track == "self_paced")
        and (not question.groups or groups & set(question.groups))
    ]
    return [
        {
            "id": question.id,
            "tag": question.tag,
            "lens": question.lens,
            "ask": own.get(question.id) or pack.text(scene.lang, "question", question.id, "ask"),
            "help": pack.text(scene.lang, "question", question.id, "help"),
            # What the group wrote itself is never read aloud, and hidden with the details.
            "own": question.id in own,
        }
        for question in asked
    ]


def _words(scene: Scene, pack: Pack, step: str, asked: list[dict[str, Any]]) -> dict[str, Any]:
    """Cut each prompt at the terms in it, the first time they occur, and list all terms here."""
    lang, book = scene.lang, scene.pack("glossary")
    names = _names(lang)
    lead = pack.text(lang, "step", step, "lead")
    ours = [one for one in asked if not one["own"]]
    everything = " \n ".join([lead, *(f"{one['ask']} \n {one['help']}" for one in ours)])
    here = glossary.terms_in(everything, names, lang)
    for one in ours:
        marked = names if glossary.marks_words(lang) else {}
        one["parts"] = [list(piece) for piece in glossary.cut(one["ask"], marked, lang)]
        found = {id_ for _, id_ in one["parts"]}
        names = {id_: name for id_, name in names.items() if id_ not in found}
    terms = {id_: _term(book, lang, id_) for id_ in here}
    return {"terms": terms, "words": list(terms.values())}


def _term(book: Pack, lang: str, id_: str) -> dict[str, str]:
    return {
        "name": book.text(lang, "term", id_, "term"),
        "text": book.text(lang, "term", id_, "definition"),
    }
