"""The head of a step: its question, an example, hints, what is missing."""

from __future__ import annotations

from amparo.board.parts import step_head
from amparo_widgets.part import Part


class StepHead(Part):
    """The head of a step: its question, an example, hints, what is missing."""

    name = "step_head"
    draws = staticmethod(step_head.draw)
    kinds = ()
    vocabularies = ("question_tag", "lens")
