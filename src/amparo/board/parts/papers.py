"""What can be printed, and for whom: three files, never one dossier."""

from __future__ import annotations

from typing import Any

from amparo.board.scene import Scene
from amparo.model.reach import OUTSIDE

# Name of the report, audience, whether only the keepers may hold it.
PAPERS: tuple[tuple[str, str, bool], ...] = (
    ("sheet", "group", False),
    ("plan", "group", False),
    ("blank", "public", False),
    ("forms", "public", False),
    ("wallet", "personal", False),
    ("aloud", "group", False),
    ("assembly", "group", False),
    ("review", "group", False),
    ("allies", "allies", False),
    ("public", "public", False),
    ("donor", "allies", False),
    ("notes", "keepers", True),
    ("analysis", "keepers", True),
    ("incidents", "keepers", True),
    ("trend", "keepers", True),
    ("dossier", "keepers", True),
)
# Anybody may have them: nothing is written on them.
EMPTY = frozenset({"blank", "forms"})


def draw(scene: Scene) -> dict[str, Any]:
    """Return the papers in the order in which a group needs them, and its size of paper."""
    word = scene.words.text("screen.papers.word")
    return {
        # The server compares the word: a paper for the keepers is never one click away.
        "ask": scene.words.text("screen.papers.type_word", word=word),
        "size": scene.process.paper if scene.process else "a4",
        "papers": [
            {
                "name": name,
                "audience": audience,
                "for_keepers": for_keepers,
                "first": name == PAPERS[0][0],
                # Two people tick every sentence of it before it can be fetched.
                "leaves": audience in OUTSIDE and name not in EMPTY,
            }
            for name, audience, for_keepers in PAPERS
        ],
    }
