"""What this computer does with what is typed on it: memory on the disk, encryption, room, clock.

Nothing is sent anywhere and nothing is changed. What cannot be seen from here is ``unknown``,
never "fine".
"""

from amparo.computer.examining import (
    PASSED_ON,
    examine,
    notable,
    passed_on,
    told,
)
from amparo.computer.finding import Finding, State
from amparo.computer.floors import TooOldError, below_floors, refuse_old

__all__ = [
    "PASSED_ON",
    "Finding",
    "State",
    "TooOldError",
    "below_floors",
    "examine",
    "notable",
    "passed_on",
    "refuse_old",
    "told",
]
