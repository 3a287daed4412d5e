"""Threats, their risk and the measures against them: what several parts of a screen draw."""

from __future__ import annotations

from typing import Any

from amparo.board import view
from amparo.board.parts.records import pointed_at
from amparo.board.scene import Scene
from amparo.method.states import newest
from amparo.model.threats import DeclaredAnalysis, Threat


def draw(scene: Scene) -> dict[str, Any]:
    """Return threats in the order they were written, measures, priority and the matrix."""
    drawn = view.draw(scene.workspace, dict(scene.versions))
    for state in ("inherent", "target"):
        judged = newest(scene.workspace, state)
        for threat in drawn["threats"]:
            threat[state] = view.risk(judged.get(threat["id"]))
    return drawn


def draw_cards(scene: Scene) -> dict[str, Any]:
    """Return every threat with its band, and the five questions of those that were declared."""
    states = view.current_states(scene.workspace)
    asked = {one.threat_id: one for one in scene.workspace.all(DeclaredAnalysis)}
    cards = []
    for order, threat in enumerate(scene.workspace.all(Threat)):
        analysis = asked.get(threat.id)
        cards.append(
            {
                **scene.drawn(threat),
                "letter": view.letter(order),
                "risk": view.risk(states.get(threat.id)),
                "analysis": scene.drawn(analysis) if analysis else None,
            }
        )
    return {
        "threats": cards,
        "today": scene.today.isoformat(),
        "refs": {kind: scene.pairs(kind) for kind in pointed_at(("threat", "declared_analysis"))},
    }
