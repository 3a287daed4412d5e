"""What happened: register, assess, react; and the patterns to look at again."""

from __future__ import annotations

from amparo.board.parts import incident_log
from amparo_widgets.part import Part


class IncidentLog(Part):
    """What happened: register, assess, react; and the patterns to look at again."""

    name = "incident_log"
    draws = staticmethod(incident_log.draw)
    kinds = ("incident",)
    place = "form"
