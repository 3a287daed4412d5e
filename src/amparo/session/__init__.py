"""What a notebook, the command line and a report talk to: one open workspace."""

from amparo.keeper.expiry import MANY_EXPIRED
from amparo.session.talk import Session
from amparo.session.values import (
    Ack,
    Change,
    Conflict,
    Counts,
    Ended,
    LeftOut,
    ReportData,
    Seated,
    Slot,
    Status,
    Stored,
    Wall,
    WallLine,
)

__all__ = [
    "MANY_EXPIRED",
    "Ack",
    "Change",
    "Conflict",
    "Counts",
    "Ended",
    "LeftOut",
    "ReportData",
    "Seated",
    "Session",
    "Slot",
    "Status",
    "Stored",
    "Wall",
    "WallLine",
]
