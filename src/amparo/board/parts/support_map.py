"""Who can help, with whose consent, and what is checked before anybody asks.

Source:
    method S12; domain safety rules 1.8 (withdrawal of consent) and 9 (doors carry no contact).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from amparo.board.parts.records import pointed_at
from amparo.board.scene import Scene
from amparo.content import Pack, mechanism_age
from amparo.model.statements import Statement
from amparo.model.support import Consent, MechanismCheck, SupportRequest

KINDS = ("support_request", "mechanism_check", "consent", "statement")
_WORDS = ("what_for", "who_can_use", "time_frame", "reprisal_policy", "risks_of_using", "regions")
CATEGORIES = "mechanism_category"


def draw(scene: Scene) -> dict[str, Any]:
    """Return requests nearest first, their gates, consents, and the doors of one category."""
    pack = scene.pack("mechanisms", "taxonomies")
    requests = sorted(scene.workspace.all(SupportRequest), key=lambda one: one.order)
    return {
        "requests": [{**scene.drawn(one), "gate": gate(scene, one)} for one in requests],
        "checks": [scene.drawn(one) for one in scene.workspace.all(MechanismCheck)],
        "consents": [
            {**scene.drawn(one), "withdrawn": withdrawn(one)}
            for one in scene.workspace.all(Consent)
        ],
        "statements": [
            {**scene.drawn(one), "goes": one.may_reach(one.reader)}
            for one in scene.workspace.all(Statement)
        ],
        "categories": _categories(scene, pack),
        "category": scene.options.get("category"),
        "doors": list(_doors(scene, pack)),
        "today": scene.today.isoformat(),
        "refs": {kind: scene.pairs(kind) for kind in pointed_at(KINDS)},
    }


def gate(scene: Scene, request: SupportRequest) -> list[str]:
    """Return what is still missing before this request may go out.

    Source:
        method S12 (no filing without the reprisal check; consent and a follow-up date first).
    """
    missing = []
    checked = {c.mechanism_id for c in scene.workspace.all(MechanismCheck) if c.reprisal_plan_done}
    if request.mechanism_id and request.mechanism_id not in checked:
        missing.append("reprisal")
    consent = scene.workspace.get(request.consent_id)
    given = isinstance(consent, Consent) and not withdrawn(consent)
    if not given or request.consent == "none_yet":
        missing.append("consent")
    if request.followup_on is None:
        missing.append("followup")
    return missing


def withdrawn(consent: Consent) -> bool:
    """Tell whether this yes was taken back."""
    return consent.withdrawn_on is not None


def _categories(scene: Scene, pack: Pack) -> list[list[str]]:
    known = pack.vocabularies.get(CATEGORIES)
    ids = [item.id for item in known.items] if known else []
    used = {one.category for one in pack.mechanisms.values()}
    return [[id_, pack.label(scene.lang, CATEGORIES, id_)] for id_ in ids if id_ in used]


def _doors(scene: Scene, pack: Pack) -> Iterator[dict[str, Any]]:
    for one in pack.mechanisms.values():
        if one.category != scene.options.get("category"):
            continue
        age = mechanism_age(one, scene.today)
        yield {
            "id": one.id,
            "name": pack.text(scene.lang, "mechanism", one.id, "name"),
            "known": one.meta.knowledge_year,
            "stale": age.stale,
            "verified": one.verified,
            **{name: pack.text(scene.lang, "mechanism", one.id, name) for name in _WORDS},
        }
