"""Makes guessing codes slow, for each address and for all of them together.

Nothing sleeps and nobody is locked out for good: a try that comes too early is not looked at.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from amparo.errors import AmparoError

FREE_TRIES = 10
# Wrong tries of all addresses together, after which each address that was wrong waits its turn.
FREE_TOGETHER = 40
_MOST_S = 60.0
_REMEMBERED = 1024


class WaitError(AmparoError):
    """Too many wrong tries: this one was not looked at."""

    key = "serve.error.wait"


@dataclass(slots=True)
class _Tries:
    wrong: int = 0
    not_before: float = 0.0

    def punish(self, free: int, now: float) -> None:
        self.wrong += 1
        if self.wrong >= free:
            self.not_before = now + min(2.0 ** min(self.wrong - free, 6), _MOST_S)


class Delays:
    """Counts wrong tries.

    Args:
        clock: seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._each: OrderedDict[str, _Tries] = OrderedDict()
        self._together = _Tries()

    def admit(self, address: str) -> None:
        """Let a try of *address* be looked at.

        An address that was never wrong is always looked at once, so that one hostile phone does
        not keep the others out.

        Raises:
            WaitError: it comes too early.
        """
        own = self._each.get(address)
        if own is None:
            return
        if self._clock() < max(own.not_before, self._together.not_before):
            raise WaitError("too many wrong tries")

    def wrong(self, address: str) -> None:
        """Note a wrong try: after ten the next has to wait a second, then two, then four."""
        now = self._clock()
        own = self._each.setdefault(address, _Tries())
        self._each.move_to_end(address)
        own.punish(FREE_TRIES, now)
        self._together.punish(FREE_TOGETHER, now)
        while len(self._each) > _REMEMBERED:
            self._each.popitem(last=False)

    def right(self, address: str) -> None:
        """Forget the wrong tries of somebody who mistyped."""
        self._each.pop(address, None)
