"""What a notebook, the command line and a report talk to: one open workspace."""

from amparo.session.talk import Session
from amparo.session.values import Ack, Change, Conflict, ReportData, Slot, Status, Stored

__all__ = ["Ack", "Change", "Conflict", "ReportData", "Session", "Slot", "Status", "Stored"]
