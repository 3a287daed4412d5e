"""What the parts share that look at one threat at a time: tabs, the chosen one, its states."""

from __future__ import annotations

from typing import Any

from amparo.board.scene import Scene
from amparo.board.view import letter, risk
from amparo.method.states import newest
from amparo.model.risk import State
from amparo.model.threats import Threat

STATES: tuple[State, ...] = ("inherent", "current", "target")
SUGGESTING = ("inherent", "current", "confidence_low")


def chosen_threat(scene: Scene) -> Threat | None:
    """Return the threat that the page chose, or the first one."""
    threats = scene.workspace.all(Threat)
    wanted = scene.options.get("threat")
    return next((one for one in threats if one.id == wanted), threats[0] if threats else None)


def threat_tabs(scene: Scene, threat: Threat | None) -> dict[str, Any]:
    """Return every threat with its letter, and which one is open."""
    return {
        "threat": threat.id if threat else None,
        "sentence": threat.sentence if threat else "",
        "threats": [
            [one.id, letter(order), scene.label(one)]
            for order, one in enumerate(scene.workspace.all(Threat))
        ],
    }


def states_of(scene: Scene, threat_id: str) -> dict[str, dict[str, Any] | None]:
    """Return the newest judgement of a threat in each state: the record and its bands."""
    found: dict[str, dict[str, Any] | None] = {}
    for state in STATES:
        judged = newest(scene.workspace, state).get(threat_id)
        found[state] = {**scene.drawn(judged), "risk": risk(judged)} if judged else None
    return found
