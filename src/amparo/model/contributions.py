"""What people bring to the wall of a workshop, each from a place of her own."""

from __future__ import annotations

from typing import ClassVar, Literal

from amparo.model.base import Record
from amparo.model.reach import shown_to
from amparo.model.text import Line, RecordId

# Only what the whole assembly may talk about: never weak points, safe places, who calls whom.
Prompt = Literal["sign", "care", "demand", "protects", "other"]
Stand = Literal["own", "wall", "taken", "set_aside"]


class Contribution(Record):
    """One line that somebody wrote in a workshop, and whether it hangs on the wall.

    *writer* is a random number, made for one workshop and emptied at its end: it lets a person
    change her own line, and no file says whose number it was. What still stands at ``own`` is
    read by its writer alone; the keeper hands it to nobody else.

    Source:
        domain safety rule 1.6 (the plenary gets signals, care and demands).
    """

    kind: ClassVar[str] = "contribution"
    step: ClassVar[str] = "S1"

    prompt: Prompt = shown_to("group")
    text: Line = shown_to("group")
    place: Stand = shown_to("group", default="wall")
    writer: RecordId | None = None
