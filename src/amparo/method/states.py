"""The newest judgement of every threat in one state.

Source:
    method S8 (three risk states); after a review the new *current* replaces the old one.
"""

from __future__ import annotations

from amparo.method.uncut import whole
from amparo.model.risk import RiskState, State
from amparo.model.workspace import Workspace


def newest(ws: Workspace, state: State) -> dict[str, RiskState]:
    """Return threat id -> the judgement assessed last; of the same day, the later record."""
    found: dict[str, RiskState] = {}
    for judged in whole(ws, RiskState):
        if judged.state != state:
            continue
        known = found.get(judged.threat_id)
        if known is None or judged.assessed_on >= known.assessed_on:
            found[judged.threat_id] = judged
    return found
