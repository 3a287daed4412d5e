"""Turn a workspace into plain values that a screen can draw."""

from __future__ import annotations

from typing import Any

from amparo.messages import Messages
from amparo.method.matrix import MATRIX, band_range
from amparo.method.priorities import ranked
from amparo.model.ranges import Range
from amparo.model.risk import RiskState
from amparo.model.threats import Threat
from amparo.model.workspace import Workspace

_LETTERS = 26


def letter(index: int) -> str:
    """Return A, B … Z, AA, AB … for 0, 1, … : what stands for a threat on map and paper."""
    first, second = divmod(index, _LETTERS)
    return (chr(64 + first) if first else "") + chr(65 + second)


def current_states(workspace: Workspace) -> dict[str, RiskState]:
    """Return the newest current state of each threat, by the threat's id."""
    states = [state for state in workspace.all(RiskState) if state.state == "current"]
    return {state.threat_id: state for state in sorted(states, key=lambda state: state.assessed_on)}


def _range(value: Range) -> list[int]:
    return [value.low, value.best, value.high]


def risk(state: RiskState | None) -> dict[str, Any] | None:
    """Return one risk as ranges, three bands and a confidence; None if nobody has judged it."""
    if state is None:
        return None
    return {
        "likelihood": _range(state.likelihood),
        "impact": _range(state.impact),
        "bands": list(band_range(state)),
        "confidence": state.confidence,
    }


def compose(words: Messages, parts: dict[str, str]) -> str:
    """Build "somebody could act against somebody when …, in order to …" from what is known."""
    actor = parts.get("actor") or words.text("ui.threat.unknown_actor")
    whole = words.text("ui.threat.sentence", actor=actor, act=parts.get("act") or "…")
    for name in ("target", "situation", "aim"):
        if parts.get(name):
            whole += words.text(f"ui.threat.sentence_{name}", **{name: parts[name]})
    return whole[:1].upper() + whole[1:]


def _threat(threat: Threat, order: int, version: int) -> dict[str, Any]:
    return {
        "id": threat.id,
        "version": version,
        "letter": letter(order),
        "sentence": threat.sentence,
        "fields": threat.model_dump(
            mode="json", include={"parts", "threat_type", "imminence", "confidence", "declared"}
        ),
    }


def draw(workspace: Workspace, versions: dict[str, int]) -> dict[str, Any]:
    """Return everything a screen draws, as JSON values.

    Threats come in the order they were written; ``priority`` lists their ids, worst first.
    """
    states = current_states(workspace)
    threats = []
    for order, threat in enumerate(workspace.all(Threat)):
        shown = _threat(threat, order, versions.get(threat.id, 1))
        state = states.get(threat.id)
        shown["risk"] = risk(state)
        shown["risk_id"] = state.id if state else None
        shown["risk_version"] = versions.get(state.id, 1) if state else None
        threats.append(shown)
    return {
        "threats": threats,
        "priority": [item.threat.id for item in ranked(workspace)],
        "matrix": [list(row) for row in MATRIX],
    }
