"""S11: is our security round, or flat somewhere? Eight spokes, and the wheels of before.

Source:
    method S11 (wheel check); the flattest spoke is judged in ``amparo.method.wheel``.
"""

from __future__ import annotations

from typing import Any

from amparo.board.parts.records import pointed_at
from amparo.board.scene import Scene
from amparo.method.uncut import whole
from amparo.method.wheel import SPOKES, flattest, spokes
from amparo.model.plan import Wheel

MOST = 4
_EARLIER = 3


def draw(scene: Scene) -> dict[str, Any]:
    """Return the wheels, the newest first, and the spoke to work on next."""
    wheels = sorted(whole(scene.workspace, Wheel), key=lambda wheel: wheel.on, reverse=True)
    newest = wheels[0] if wheels else None
    return {
        "wheels": [
            {**scene.drawn(one), "day": scene.words.date(one.on), "label": scene.words.date(one.on)}
            for one in wheels
        ],
        "spokes": list(SPOKES),
        "most": MOST,
        "values": [value for _, value in spokes(newest)] if newest else [],
        "flattest": flattest(newest) if newest else None,
        "earlier": [[value for _, value in spokes(one)] for one in wheels[1 : 1 + _EARLIER]],
        "today": scene.today.isoformat(),
        "refs": {kind: scene.pairs(kind) for kind in pointed_at(("wheel",))},
    }
