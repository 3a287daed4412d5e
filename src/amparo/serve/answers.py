"""Answers to marked requests: a phone sends again until it hears one."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

_REMEMBERED = 512

Answer = tuple[int, dict[str, Any]]


class Answers:
    """What was answered to each marked request, so that one sent again is carried out once."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[str, str], asyncio.Future[Answer]] = OrderedDict()

    async def once(self, mark: tuple[str, str], work: Callable[[], Awaitable[Answer]]) -> Answer:
        """Return the answer to *mark*: of *work*, unless it was begun before."""
        if mark not in self._held:
            self._held[mark] = asyncio.ensure_future(work())
            while len(self._held) > _REMEMBERED:
                self._held.popitem(last=False)
        # A phone that hangs up must not stop what the keeper is about to commit.
        return await asyncio.shield(self._held[mark])
