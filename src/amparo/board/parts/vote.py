"""The silent vote and the agreed range: one threat and one state at a time.

Totals stay in the page and are never stored; only the agreed range, the spread and what "some
think" are (domain safety rule 21).
"""

from __future__ import annotations

from typing import Any

from amparo.board.parts.judged import SUGGESTING, chosen_threat, states_of, threat_tabs
from amparo.board.parts.records import pointed_at
from amparo.board.scene import Scene
from amparo.method.likelihood import suggest
from amparo.model.threats import Factor

FEWEST = 5


def draw(scene: Scene) -> dict[str, Any]:
    """Return the judgements of the chosen threat in its three states."""
    threat = chosen_threat(scene)
    states = states_of(scene, threat.id) if threat else {}
    current = states.get("current")
    pressure = current["fields"]["pressure"] if current else None
    factors = [f for f in scene.workspace.all(Factor) if threat and f.threat_id == threat.id]
    suggested = suggest(pressure, factors) if factors else None
    return {
        **threat_tabs(scene, threat),
        "states": states,
        "fewest": FEWEST,
        "suggested": {name: getattr(suggested, name) for name in SUGGESTING} if suggested else None,
        "today": scene.today.isoformat(),
        "refs": {kind: scene.pairs(kind) for kind in pointed_at(("risk_state",))},
    }
