"""How often one socket may speak: enough for any hand, too little for a flood."""

from __future__ import annotations

import time
from collections.abc import Callable

MOST_FRAMES_A_SECOND = 200
# An honest page that is cut comes back and sends again what was not answered.
MOST_REFUSED = 1000


class Rate:
    """The allowance of one socket: it fills at a steady pace and never holds more than a second's.

    Args:
        most_a_second: how many frames a second may pass.
        clock: seconds that only grow.
    """

    def __init__(
        self,
        most_a_second: int = MOST_FRAMES_A_SECOND,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = most_a_second
        self._clock = clock
        self._left = float(most_a_second)
        self._at = clock()
        self._refused = 0

    def allows(self) -> bool:
        """Take one frame out of the allowance; tell whether there was one left."""
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._at) * self._most)
        self._at = now
        if self._left < 1:
            self._refused += 1
            return False
        self._left -= 1
        return True

    @property
    def is_flood(self) -> bool:
        """Whether so much was refused that no hand and no page can be behind it."""
        return self._refused > MOST_REFUSED
