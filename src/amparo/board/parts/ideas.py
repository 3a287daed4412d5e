"""What the catalogue says of a measure, as a screen shows it: never without its caveats."""

from __future__ import annotations

from typing import Any

from amparo.board.scene import Scene
from amparo.content import Pack
from amparo.content.age import measure_age
from amparo.content.values import Measure
from amparo.method.suggestions import Idea, Suggestion
from amparo.method.uncut import whole
from amparo.model.context import Driver

STEMS = ("measures", "sources")


def ideas(pack: Pack) -> tuple[Idea, ...]:
    """Return the facts that the method ranks, in the order of the catalogue."""
    return tuple(
        Idea(
            id=one.id,
            phases=one.phases,
            approach=one.approach,
            strategy=one.strategy,
            levels=one.levels,
            dimensions=one.dimensions,
            reduces=one.reduces,
            causes=one.causes,
            cost=one.cost,
            effort=one.effort,
        )
        for one in pack.measures.values()
    )


def shown(scene: Scene, pack: Pack, suggestion: Suggestion) -> dict[str, Any]:
    """Return one suggestion with its words, its caveats, its age and what it would give."""
    one = pack.measures[suggestion.id]
    age = measure_age(one, scene.today)
    said = {name: pack.text(scene.lang, "measure", one.id, name) for name in ("title", "what")}
    return {
        "id": one.id,
        **said,
        "caveats": pack.text(scene.lang, "measure", one.id, "caveats"),
        "reasons": list(suggestion.reasons),
        "careful": suggestion.careful,
        "sources": [_source(pack, scene.lang, source) for source in one.meta.sources],
        "year": one.meta.knowledge_year,
        "stale": age.stale,
        "reviewed": bool(one.meta.reviewed_by_role),
        "gives": {**given(one, said["title"]), **_cause(scene, one, suggestion)},
    }


def given(one: Measure, title: str) -> dict[str, Any]:
    """Return the fields that a measure taken from the catalogue begins with."""
    return {
        "title": title,
        "phases": list(one.phases),
        "approach": one.approach,
        "level": one.levels[0],
        "dimension": one.dimensions[0],
        "strategy": one.strategy,
        "acts_on": one.acts_on,
        "cost": one.cost,
        "effort": one.effort,
        "from_catalogue": one.id,
    }


def _cause(scene: Scene, one: Measure, suggestion: Suggestion) -> dict[str, str]:
    """What is suggested only for a cause of the group begins with that cause."""
    if "covers" in suggestion.reasons:
        return {}
    causes = [d.id for d in whole(scene.workspace, Driver) if d.driver in one.causes]
    return {"driver_id": causes[0]} if causes else {}


def _source(pack: Pack, lang: str, id_: str) -> str:
    source = pack.sources[id_]
    return source.title or pack.text(lang, "source", id_, "title")
