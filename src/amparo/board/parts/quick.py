"""Quick: twelve questions, or six, to the one-page sheet; one question a screen.

Source:
    domain safety rule 4; which record each answer goes to is ours.
"""

from __future__ import annotations

from typing import Any

from amparo.board.parts.records import pointed_at
from amparo.board.scene import Scene
from amparo.model.base import Record
from amparo.model.measures import Measure
from amparo.model.plan import Sheet
from amparo.model.threats import Threat

# Question -> (kind of record, the fields it fills in). The rest of a record stays for later.
ANSWERS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "quick_1": (("process", ("danger_today",)), ("threat", ("imminence",))),
    "quick_2": (("threat", ("parts", "threat_type")),),
    "quick_3": (("threat", ("history", "confidence")),),
    "quick_4": (("threat", ("targets",)),),
    "quick_5": (("sheet", ("signs",)),),
    "quick_6": (("sheet", ("signal", "second_signal", "all_clear")),),
    "quick_7": (("sheet", ("first_five", "do_not")),),
    "quick_8": (("sheet", ("go_to", "duties")),),
    "quick_9": (("sheet", ("duties",)),),
    "quick_10": (("sheet", ("duties", "do_not", "if_taken")),),
    "quick_11": (("sheet", ("afterwards", "meet_at")), ("measure", ("title", "owner_role", "due"))),
    "quick_12": (("sheet", ("keeper_role", "look_again_on", "how_destroyed")),),
}
KINDS = ("process", "threat", "sheet", "measure")
# Which duty a question is about, so that only that line is shown.
DUTIES: dict[str, tuple[str, ...]] = {
    "quick_6": ("alarm",),
    "quick_8": ("children_elders_sick", "door_and_words"),
    "quick_9": ("calls", "first_aid"),
    "quick_10": ("notes",),
}


def draw(scene: Scene) -> dict[str, Any]:
    """Return the questions of the chosen path and the records that hold the answers."""
    pack = scene.pack("quick")
    short = _is_short(scene)
    held: dict[str, Record | None] = {
        "process": scene.process,
        "threat": _first_threat(scene),
        "sheet": scene.workspace.one(Sheet),
        "measure": _first_step(scene),
    }
    return {
        "path": "ten" if short else "forty",
        "questions": [
            {
                "id": one.id,
                "tag": one.tag,
                **{
                    w: pack.text(scene.lang, "quick", one.id, w) for w in ("ask", "help", "example")
                },
                "answers": [[kind, list(names)] for kind, names in ANSWERS[one.id]],
                "duties": list(DUTIES.get(one.id, ())),
            }
            for one in sorted(pack.quick.values(), key=lambda one: one.number)
            if one.ten or not short
        ],
        "held": {kind: scene.drawn(one) if one else None for kind, one in held.items()},
        "refs": {kind: scene.pairs(kind) for kind in pointed_at(KINDS)},
    }


def _is_short(scene: Scene) -> bool:
    """Whoever is in danger today is asked six questions, if they do not choose otherwise."""
    chosen = scene.options.get("path")
    if chosen:
        return chosen == "ten"
    return scene.process is not None and scene.process.danger_today == "yes"


def _first_threat(scene: Scene) -> Threat | None:
    return next(iter(scene.workspace.all(Threat)), None)


def _first_step(scene: Scene) -> Measure | None:
    """Return the one step against who pays, orders or can stop this."""
    on_causes = (m for m in scene.workspace.all(Measure) if m.approach == "proactive_root")
    return next(on_causes, None)
