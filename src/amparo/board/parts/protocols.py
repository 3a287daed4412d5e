"""S11: what each one does on a bad day, with steps from the catalogue to begin with.

Source:
    method S11; which measures of the catalogue hold steps for which event is ours.
"""

from __future__ import annotations

from typing import Any, get_args

from amparo.board.parts.ideas import STEMS
from amparo.board.parts.records import pointed_at
from amparo.board.scene import Scene
from amparo.content import Pack
from amparo.model.plan import Protocol, ProtocolEvent

# For "something else" nothing is known beforehand.
IDEAS: dict[ProtocolEvent, tuple[str, ...]] = {
    "threat_received": ("m_threat_review_48h", "m_incident_log", "m_family_after_threat"),
    "raid": ("m_raid_protocol", "m_reopen_place", "m_device_comes_back"),
    "arrest": ("m_arrest_protocol", "m_lawyer_oncall", "m_after_release"),
    "missing_person": ("m_missing_protocol", "m_checkin", "m_habeas_amparo"),
    "attack_injury": ("m_first_aid", "m_medical_network", "m_debrief"),
    "eviction": ("m_phone_tree", "m_eviction_monitor", "m_relief_after_eviction"),
    "sexual_violence": ("m_survivor_care", "m_psychosocial"),
    "digital_compromise": ("m_device_check", "m_account_recovery", "m_tell_exposed"),
    "relocation": ("m_safe_house", "m_temp_relocation", "m_return_plan"),
    "death": ("m_family_after_threat", "m_ritual_memory", "m_unclear_harm"),
    "other": (),
}


def draw(scene: Scene) -> dict[str, Any]:
    """Return the protocols, and for each event the sentences that may become steps."""
    pack = scene.pack(*STEMS)
    return {
        "protocols": [scene.drawn(one) for one in scene.workspace.all(Protocol)],
        "ideas": {
            event: [_idea(scene, pack, id_) for id_ in IDEAS[event]]
            for event in get_args(ProtocolEvent)
        },
        "refs": {kind: scene.pairs(kind) for kind in pointed_at(("protocol",))},
    }


def _idea(scene: Scene, pack: Pack, id_: str) -> dict[str, Any]:
    return {
        "title": pack.text(scene.lang, "measure", id_, "title"),
        "lines": list(pack.lines(scene.lang, "measure", id_, "what")),
        "caveats": pack.text(scene.lang, "measure", id_, "caveats"),
    }
