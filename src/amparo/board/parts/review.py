"""Looking again: what changed since the last agreed version, and the next version.

Source:
    method S14 (review and learn; bands per date, never the narrative).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from amparo.board.parts.records import pointed_at
from amparo.board.scene import Scene
from amparo.board.view import current_states, letter
from amparo.method.matrix import band_range
from amparo.method.reviews import next_review
from amparo.model.base import Record
from amparo.model.measures import Measure
from amparo.model.plan import PlanVersion
from amparo.model.practice import Review
from amparo.model.threats import Threat
from amparo.model.workspace import Workspace
from amparo.session import Change

KINDS = ("review", "plan_version", "measure")
_SILENT = frozenset({"plan_version", "review"})


def draw(scene: Scene) -> dict[str, Any]:
    """Return the last version, what changed since, the measures and the earlier reviews."""
    versions = sorted(scene.workspace.all(PlanVersion), key=lambda one: one.number)
    last = versions[-1] if versions else None
    changes = scene.changes_since(last.store_seq) if last else ()
    before = as_it_was(scene.workspace, changes) if last else None
    return {
        "version": scene.drawn(last) if last else None,
        "versions": [scene.drawn(one) for one in versions],
        "next_number": last.number + 1 if last else 1,
        "next_review": next_review(scene.workspace, scene.today).isoformat(),
        "changed": list(changed_records(scene, changes)),
        "bands": moved_bands(scene, before) if before else [],
        "measures": [scene.drawn(one) for one in scene.workspace.all(Measure)],
        "reviews": [scene.drawn(one) for one in scene.workspace.all(Review)],
        "today": scene.today.isoformat(),
        "refs": {kind: scene.pairs(kind) for kind in pointed_at(KINDS)},
    }


def as_it_was(workspace: Workspace, changes: Iterable[Change]) -> Workspace:
    """Return the workspace before *changes* (oldest first), taken back one by one."""
    held: dict[str, Record] = {record.id: record for record in workspace}
    for change in reversed(tuple(changes)):
        if change.before is None:
            held.pop(change.id, None)
        else:
            held[change.id] = change.before
    return Workspace.of(held.values())


def changed_records(scene: Scene, changes: Iterable[Change]) -> Iterable[dict[str, str]]:
    """Yield each record that is new, other or gone, once, with its kind in words."""
    first: dict[str, Change] = {}
    for change in changes:
        first.setdefault(change.id, change)
    for record_id, change in first.items():
        now = scene.workspace.get(record_id)
        if change.kind in _SILENT or (now is None and change.before is None):
            continue
        told = now or change.before
        how = "gone" if now is None else "new" if change.before is None else "other"
        yield {
            "id": record_id,
            "kind": scene.words.text(f"kind.{change.kind}"),
            "step": type(told).step.lower() if told else "s0",
            "how": how,
            "label": scene.label(told) if told else "",
        }


def moved_bands(scene: Scene, before: Workspace) -> list[dict[str, Any]]:
    """Return each threat whose band is another one than at the last version."""
    old, new = current_states(before), current_states(scene.workspace)
    moved = []
    for order, threat in enumerate(scene.workspace.all(Threat)):
        was, now = old.get(threat.id), new.get(threat.id)
        bands = [band_range(one)[1] if one else None for one in (was, now)]
        if now and bands[0] != bands[1]:
            told = {"threat_id": threat.id, "from_band": bands[0], "to_band": bands[1], "why": ""}
            moved.append({"letter": letter(order), "sentence": threat.sentence, "change": told})
    return moved
