"""What a measure is for: the bad day, prevention, or the causes.

Source:
    domain safety rule 7 (three counts instead of a share of proactive measures).
"""

from __future__ import annotations

from typing import Literal

from amparo.model.measures import Measure
from amparo.model.workspace import Workspace

Purpose = Literal["ready", "prevents", "causes"]
# Their names sound like causes, but they change no incentive by themselves.
_NOT_CAUSES = frozenset({"m_follow_money", "m_positive_narrative"})
_NO_LONGER_OPEN = frozenset({"working", "dropped"})


def purpose(measure: Measure) -> Purpose:
    """Tell what one measure is for; each has exactly one purpose.

    Source:
        domain safety rule 7: what only softens impact makes us ready, it does not prevent.
    """
    on_causes = measure.approach == "proactive_root" or measure.acts_on == "cause"
    if on_causes and measure.from_catalogue not in _NOT_CAUSES:
        return "causes"
    if measure.approach.startswith("reactive") or measure.acts_on == "impact":
        return "ready"
    return "prevents" if "before" in measure.phases else "ready"


def live(ws: Workspace) -> tuple[Measure, ...]:
    """Return every measure that was not dropped, in order."""
    return tuple(measure for measure in ws.all(Measure) if measure.status != "dropped")


def live_for(ws: Workspace, threat_id: str) -> tuple[Measure, ...]:
    """Return the measures against one threat that were not dropped, in order."""
    return tuple(measure for measure in live(ws) if threat_id in measure.threat_ids)


def is_open(measure: Measure) -> bool:
    """Tell whether somebody still has to do this measure."""
    return measure.status not in _NO_LONGER_OPEN
