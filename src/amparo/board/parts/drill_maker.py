"""A 20-minute tabletop: six timed cards and a list for an observer, from the group's own sheet.

Source:
    domain safety rule 10 (drill maker); the minutes and the six turns are ours.
"""

from __future__ import annotations

from typing import Any

from amparo.board.scene import Scene
from amparo.model.plan import Sheet

# Card -> the minute it is laid on the table.
CARDS = (0, 3, 7, 11, 14, 17)
END = 20
WATCH = 8


def draw(scene: Scene) -> dict[str, Any]:
    """Return the six cards in the group's words, what to watch, and the drills so far."""
    sheet = scene.workspace.one(Sheet)
    return {
        "cards": [
            {
                "minute": minute,
                "text": _card(scene, sheet, number),
                "ask": _say(scene, f"{number}.ask"),
            }
            for number, minute in enumerate(CARDS, start=1)
        ],
        "end": END,
        "watch": [_say(scene, f"watch.{number}") for number in range(1, WATCH + 1)],
        "ready": bool(sheet and sheet.signs and sheet.signal and sheet.first_five),
        "today": scene.today.isoformat(),
        "drills": [scene.drawn(one) for one in scene.records("drill")],
        "refs": {"protocol": scene.pairs("protocol")},
    }


def _say(scene: Scene, key: str, **values: str) -> str:
    return scene.words.text(f"part.drill_maker.{key}", **values)


def _card(scene: Scene, sheet: Sheet | None, number: int) -> str:
    gap = _say(scene, "gap")
    signs = sheet.signs if sheet else ()
    values = {
        "sign": signs[0] if signs else gap,
        "signal": (sheet.signal if sheet else "") or gap,
        "second": (sheet.second_signal if sheet else "") or gap,
        "go_to": (sheet.go_to if sheet else "") or gap,
        "first": (sheet.first_five[0] if sheet and sheet.first_five else "") or gap,
        "clear": (sheet.all_clear if sheet else "") or gap,
        "alarm": _letter(sheet, "alarm") or gap,
        "children": _letter(sheet, "children_elders_sick") or gap,
    }
    return _say(scene, f"{number}.text", **values)


def _letter(sheet: Sheet | None, duty: str) -> str:
    return next((one.letter for one in (sheet.duties if sheet else ()) if one.duty == duty), "")
