"""S11: the emergency sheet, written on the left and seen on the right as it will be printed.

Source:
    domain safety rule 5, outline (a) to (i), and what never stands on it.
"""

from __future__ import annotations

from typing import Any

from amparo.board.parts.records import pointed_at
from amparo.board.scene import Scene
from amparo.model.plan import Sheet
from amparo.wording.sheet import WORDS_MOST, SheetPart, length, outline

# Part of the outline -> its fields; (f) is filled in by hand and has none.
SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("a", ("signs",)),
    ("b", ("signal", "second_signal", "all_clear")),
    ("c", ("first_five",)),
    ("d", ("duties",)),
    ("e", ("go_to", "do_not")),
    ("f", ()),
    ("g", ("if_taken",)),
    ("h", ("afterwards", "meet_at")),
    ("i", ("look_again_on", "foot_code", "keeper_role", "how_destroyed")),
)


def draw(scene: Scene) -> dict[str, Any]:
    """Return the sheet, its outline as on paper, and how many words it has."""
    sheet = scene.workspace.one(Sheet)
    seen = sheet or Sheet(id="0" * 32, created_on=scene.today)
    example = bool(scene.process and scene.process.example)
    parts = outline(seen, scene.words, example=example)
    return {
        "sheet": [scene.drawn(sheet)] if sheet else [],
        "sections": [[name, list(fields)] for name, fields in SECTIONS],
        "parts": [_part(part) for part in parts],
        "words": length(parts),
        "most": WORDS_MOST,
        "refs": {kind: scene.pairs(kind) for kind in pointed_at(("sheet",))},
    }


def _part(part: SheetPart) -> dict[str, Any]:
    return {
        "letter": part.letter,
        "title": part.title,
        "lines": [[one.lead, one.text, one.numbered, one.blank] for one in part.lines],
    }
