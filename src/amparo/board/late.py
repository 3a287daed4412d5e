"""Texts that came too late: somebody else saved first, and nobody has chosen yet."""

from __future__ import annotations

from typing import Any

from amparo.board.scene import Scene
from amparo.model.base import Record
from amparo.model.fields import FieldSpec, common_of, form_of
from amparo.session import Conflict
from amparo.wording.values import Values


def texts(scene: Scene) -> list[dict[str, Any]]:
    """Return each text that waits for a choice, oldest first, beside what is stored now."""
    values = Values(scene.words, scene.workspace)
    return [_drawn(scene, values, one) for one in scene.conflicts()]


def _drawn(scene: Scene, values: Values, late: Conflict) -> dict[str, Any]:
    lost, stored = late.record, scene.workspace.get(late.record.id)
    specs = _other(lost, stored)
    mine = lost.model_dump(mode="json")
    now = stored.model_dump(mode="json") if stored else {}
    local = late.at.astimezone()
    return {
        "conflict": late.id,
        "kind": lost.kind,
        "id": lost.id,
        "version": scene.versions.get(lost.id),
        "kind_label": scene.words.text(f"kind.{lost.kind}"),
        "label": scene.label(stored or lost),
        "at": f"{scene.words.date(local.date())}, {local:%H:%M}",
        "fields": {spec.name: mine[spec.name] for spec in specs},
        "late": values.pairs(lost.kind, specs, mine),
        "stored": values.pairs(lost.kind, specs, now),
    }


def _other(lost: Record, stored: Record | None) -> tuple[FieldSpec, ...]:
    """Return the fields in which the two differ; all of them when the record is gone."""
    specs = (*form_of(lost.kind), *common_of(lost.kind))
    if stored is None:
        return specs
    return tuple(spec for spec in specs if getattr(lost, spec.name) != getattr(stored, spec.name))
