"""The house: what makes it easier to hurt us, and what protects us, for one threat at a time.

Stones: small, medium, big are the scores 1, 2 and 3; at most three a side are offered
(domain safety rule 6). A score of 4 or 0 stays possible in the form.
"""

from __future__ import annotations

from typing import Any

from amparo.board.parts.judged import SUGGESTING, chosen_threat, threat_tabs
from amparo.board.parts.records import pointed_at
from amparo.board.scene import Scene
from amparo.method.likelihood import suggest
from amparo.model.threats import Factor

MOST_STONES = 3


def draw(scene: Scene) -> dict[str, Any]:
    """Return the stones of the chosen threat on both sides, and what they suggest."""
    threat = chosen_threat(scene)
    factors = [f for f in scene.workspace.all(Factor) if threat and f.threat_id == threat.id]
    pressure = _pressure(scene, threat.id if threat else None)
    suggested = suggest(pressure, factors) if factors else None
    return {
        **threat_tabs(scene, threat),
        "exposes": [scene.drawn(one) for one in factors if one.vulnerability],
        "protects": [scene.drawn(one) for one in factors if one.capacity],
        "most": MOST_STONES,
        "suggested": {name: getattr(suggested, name) for name in SUGGESTING} if suggested else None,
        "refs": {kind: scene.pairs(kind) for kind in pointed_at(("factor",))},
    }


def _pressure(scene: Scene, threat_id: str | None) -> int | None:
    from amparo.method.states import newest

    judged = newest(scene.workspace, "current").get(threat_id or "")
    return judged.pressure if judged else None
