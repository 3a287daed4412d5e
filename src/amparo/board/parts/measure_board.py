"""S10: what we will do, as a board of before, during, after by four approaches.

Counts, hints and the ranking of ideas are judged in ``amparo.method``.

Source:
    method S10, domain safety rule 7 (three counts).
"""

from __future__ import annotations

from typing import Any, get_args

from amparo.board.parts.ideas import STEMS, ideas, shown
from amparo.board.parts.judged import chosen_threat, threat_tabs
from amparo.board.parts.records import pointed_at
from amparo.board.scene import Scene
from amparo.board.view import letter
from amparo.method.balance import Balance, counts, questions, warnings
from amparo.method.findings import Finding
from amparo.method.suggestions import suggest
from amparo.model.measures import Measure
from amparo.model.threats import Threat
from amparo.model.vocabularies import Approach, Phase

MOST_IDEAS = 6
# Every field of a measure has its place on the card; a test compares.
SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("what", ("title", "threat_ids", "phases", "approach", "driver_id")),
    ("who", ("owner_role", "deputy_role", "due", "start", "status", "status_reason")),
    (
        "how",
        (
            "indicator_of_working", "strategy", "acts_on", "level", "dimension", "depends_on",
            "finds_out",
        ),
    ),
    ("harm", ("side_effects", "do_no_harm_checked", "usable_by")),
    ("money", ("cost", "funded", "effort", "on_sheet", "reviewed_on", "from_catalogue")),
)  # fmt: skip


def draw(scene: Scene) -> dict[str, Any]:
    """Return the measures with their places, the three counts, hints and ideas."""
    threat = chosen_threat(scene)
    measures = scene.workspace.all(Measure)
    letters = {one.id: letter(order) for order, one in enumerate(scene.workspace.all(Threat))}
    balance = counts(scene.workspace)
    return {
        **threat_tabs(scene, threat),
        "measures": [_drawn(scene, one) for one in measures],
        "letters": letters,
        "phases": list(get_args(Phase)),
        "approaches": list(get_args(Approach)),
        "sections": [[name, list(fields)] for name, fields in SECTIONS],
        "counts": _counts(balance),
        "hints": [_hint(scene, one, letters) for one in warnings(scene.workspace)],
        "questions": [scene.words.text(one.key) for one in questions()] if measures else [],
        "ideas": _ideas(scene, threat),
        "refs": {kind: scene.pairs(kind) for kind in pointed_at(("measure",))},
    }


def _drawn(scene: Scene, measure: Measure) -> dict[str, Any]:
    return {**scene.drawn(measure), "day": scene.words.date(measure.due) if measure.due else ""}


def _counts(balance: Balance) -> list[list[Any]]:
    return [
        ["ready", balance.ready_for_bad_day],
        ["prevents", balance.prevents],
        ["causes", balance.acts_on_causes],
    ]


def _hint(scene: Scene, finding: Finding, letters: dict[str, str]) -> dict[str, Any]:
    about = [letters[one] for one in finding.record_ids if one in letters]
    return {
        "rule": finding.rule,
        "says": scene.words.text(finding.key, **finding.values),
        "do": scene.words.text(finding.do_key),
        "why": scene.words.text(finding.why_key),
        "letters": about,
    }


def _ideas(scene: Scene, threat: Threat | None) -> dict[str, Any]:
    """Return at most six ideas for the chosen threat, or for one empty place."""
    phase = _known(scene.options.get("phase"), get_args(Phase))
    approach = _known(scene.options.get("approach"), get_args(Approach))
    pack = scene.pack(*STEMS)
    found = suggest(scene.workspace, threat.id, ideas(pack), phase, approach) if threat else ()
    first = _first(scene.options.get("first"), len(found))
    return {
        "phase": phase,
        "approach": approach,
        "first": first,
        "all": len(found),
        "most": MOST_IDEAS,
        "shown": [shown(scene, pack, one) for one in found[first : first + MOST_IDEAS]],
    }


def _known(value: object, known: tuple[str, ...]) -> str | None:
    return value if isinstance(value, str) and value in known else None


def _first(value: object, most: int) -> int:
    """Return where the shown ideas begin; past the end it begins again."""
    return value if isinstance(value, int) and 0 < value < most else 0
