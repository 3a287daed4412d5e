"""The plain part: the records of some kinds as cards, each with its whole form."""

from __future__ import annotations

from typing import Any

from amparo.board.scene import Scene
from amparo.model.fields import FieldSpec, form_of


def draw(scene: Scene) -> dict[str, Any]:
    """Return the records of the kinds in ``options["kinds"]``, and what they may point at."""
    kinds: tuple[str, ...] = tuple(scene.options["kinds"])
    return {
        "records": {kind: [scene.drawn(one) for one in scene.records(kind)] for kind in kinds},
        "refs": {kind: scene.pairs(kind) for kind in pointed_at(kinds)},
        "today": scene.today.isoformat(),
    }


def pointed_at(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return the kinds of record that the forms of *kinds* point at."""
    found: list[str] = []
    for kind in kinds:
        _collect(form_of(kind), found)
    return tuple(dict.fromkeys(found))


def _collect(specs: tuple[FieldSpec, ...], found: list[str]) -> None:
    for spec in specs:
        if spec.control == "record" and spec.points_at:
            found.append(spec.points_at)
        _collect(spec.fields, found)
