"""Looking again: what changed since the last agreed version, and the next version.

Source:
    method S14 (review and learn; bands per date, never the narrative).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from amparo.board.parts.records import pointed_at
from amparo.board.scene import Scene
from amparo.board.view import letter
from amparo.method import changes as method
from amparo.method.reviews import next_review
from amparo.model.base import Record
from amparo.model.measures import Measure
from amparo.model.plan import PlanVersion
from amparo.model.practice import Review
from amparo.model.threats import Threat
from amparo.model.workspace import Workspace
from amparo.session import Change

KINDS = ("review", "plan_version", "measure")


def draw(scene: Scene) -> dict[str, Any]:
    """Return the last version, what changed since, the measures and the earlier reviews."""
    versions = sorted(scene.workspace.all(PlanVersion), key=lambda one: one.number)
    last = method.agreed_version(scene.workspace)
    changes = scene.changes_since(last.store_seq) if last else ()
    before = as_it_was(scene.workspace, changes) if last else None
    return {
        "version": scene.drawn(last) if last else None,
        "versions": [scene.drawn(one) for one in versions],
        "next_number": last.number + 1 if last else 1,
        "next_review": next_review(scene.workspace, scene.today).isoformat(),
        "changed": changed_records(scene, before) if before else [],
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


def changed_records(scene: Scene, before: Workspace) -> list[dict[str, str]]:
    """Return each record that is new, other or gone, once, with its kind in words."""
    return [
        {
            "id": one.record.id,
            "kind": scene.words.text(f"kind.{one.record.kind}"),
            "step": type(one.record).step.lower(),
            "how": one.how,
            "label": scene.label(one.record),
        }
        for one in method.changed(before, scene.workspace)
    ]


def moved_bands(scene: Scene, before: Workspace) -> list[dict[str, Any]]:
    """Return each threat whose band is another one than at the last version."""
    order = {threat.id: place for place, threat in enumerate(scene.workspace.all(Threat))}
    return [
        {
            "letter": letter(order[one.threat.id]),
            "sentence": one.threat.sentence,
            "change": {
                "threat_id": one.threat.id,
                "from_band": one.from_band,
                "to_band": one.to_band,
                "why": "",
            },
        }
        for one in method.moved_bands(before, scene.workspace)
    ]
