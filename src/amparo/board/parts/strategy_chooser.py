"""S9: the way against one threat, in seven families, with six questions to it.

Source:
    method S9; what is doubted is judged in ``amparo.method.ways``.
"""

from __future__ import annotations

from typing import Any

from amparo.board.parts.judged import chosen_threat, threat_tabs
from amparo.board.parts.records import pointed_at
from amparo.board.scene import Scene
from amparo.method.priorities import ranked
from amparo.method.uncut import whole
from amparo.method.ways import doubts, is_pressing
from amparo.model.risk import StrategyChoice


def draw(scene: Scene) -> dict[str, Any]:
    """Return the ways chosen against one threat, and what speaks for a second look."""
    threat = chosen_threat(scene)
    held = whole(scene.workspace, StrategyChoice)
    bands = {item.threat.id: item.band for item in ranked(scene.workspace)}
    return {
        **threat_tabs(scene, threat),
        "band": (bands[threat.id] or "unknown") if threat else None,
        "two": bool(threat and is_pressing(scene.workspace, threat.id)),
        "choices": [scene.drawn(one) for one in held if threat and one.threat_id == threat.id],
        "doubts": list(doubts(scene.workspace, threat.id)) if threat else [],
        "refs": {kind: scene.pairs(kind) for kind in pointed_at(("strategy_choice",))},
    }
