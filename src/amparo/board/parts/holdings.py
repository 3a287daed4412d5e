"""What we must not lose, and what somebody would hold who takes it tonight.

Source:
    method S4; domain safety rule 1.9 (red information: first ask whether it can be destroyed).
"""

from __future__ import annotations

from typing import Any

from amparo.board.parts.records import draw as draw_records
from amparo.board.scene import Scene
from amparo.model.assets import InfoItem
from amparo.model.fields import form_of

KINDS = ("asset", "info_item", "place")


def draw(scene: Scene) -> dict[str, Any]:
    """Return the lists, and the information by the place where it would be found."""
    return {**draw_records(scene), "taken": taken(scene)}


def taken(scene: Scene) -> list[dict[str, Any]]:
    """Return each place that holds information, and what is asked about every piece of it."""
    spec = next(spec for spec in form_of("info_item") if spec.name == "stored_in")
    held = scene.workspace.all(InfoItem)
    return [
        {
            "place": place,
            "name": scene.choice("info_item", "stored_in", place),
            "items": [_item(one) for one in held if one.stored_in == place],
        }
        for place in spec.options
        if any(one.stored_in == place for one in held)
    ]


def _item(one: InfoItem) -> dict[str, Any]:
    red = one.sensitivity == "red"
    return {
        "id": one.id,
        "label": one.label,
        "red": red,
        "people": one.contains_people,
        "copy": one.backup,
        "if_seized": one.if_seized,
        "destroy": red and one.keep_until is None,
        "alone": not red and one.backup == "none",
    }
