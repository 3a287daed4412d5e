"""The check-up of the whole plan, and the way to the place that mends each thing."""

from __future__ import annotations

from amparo.board.parts import checkup
from amparo_widgets.part import Part


class Checkup(Part):
    """The check-up of the whole plan, and the way to the place that mends each thing."""

    name = "checkup"
    draws = staticmethod(checkup.draw)
    vocabularies = ("question_tag",)
