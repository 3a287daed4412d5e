"""Lines that listen: after a change each is told one number, and never more often than it reads.

Nothing is queued for a listener: what waits for it is at most the one newest number. Who does not
read is hung up on; no listener, however slow, ever holds up the keeper.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

from amparo.errors import AmparoError
from amparo.keeper.capabilities import Capability
from amparo.keeper.frames import encode

# A room full of people typing is told ten times a second, and not at every letter.
_AT_MOST_EVERY_S = 0.1
_PATIENCE_S = 5.0
_UNREAD_BYTES = 1024


class Listeners:
    """All lines that listen.

    Args:
        place: tells where things stand for a caller, as a number that moves with what it may see.
    """

    def __init__(self, place: Callable[[Capability], int]) -> None:
        self._place = place
        self._waiting: set[asyncio.Event] = set()

    def stir(self) -> None:
        """Let every listener look whether something changed for it; returns at once."""
        for event in self._waiting:
            event.set()

    async def serve(
        self,
        caller: Capability,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        told: int,
    ) -> None:
        """Tell one listener of changes after *told*, until either side hangs up."""
        writer.transport.set_write_buffer_limits(high=_UNREAD_BYTES)
        stirred = asyncio.Event()
        stirred.set()  # something may have changed since the answer
        self._waiting.add(stirred)
        telling = asyncio.ensure_future(self._tell(caller, writer, stirred, told))
        # A listener has nothing more to say: whatever comes ends its line.
        hearing = asyncio.ensure_future(reader.read(1))
        try:
            await asyncio.wait((telling, hearing), return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._waiting.discard(stirred)
            for task in (telling, hearing):
                task.cancel()
            await asyncio.gather(telling, hearing, return_exceptions=True)

    async def _tell(
        self,
        caller: Capability,
        writer: asyncio.StreamWriter,
        stirred: asyncio.Event,
        told: int,
    ) -> None:
        # A room that was left, a reader that stopped reading: the line ends, the keeper goes on.
        with contextlib.suppress(AmparoError, OSError, TimeoutError):
            while True:
                await stirred.wait()
                stirred.clear()
                now = self._place(caller)
                if now != told:
                    told = now
                    writer.write(encode({"seq": now}))
                    async with asyncio.timeout(_PATIENCE_S):
                        await writer.drain()
                    await asyncio.sleep(_AT_MOST_EVERY_S)
        writer.transport.abort()
