"""The keeper at work: clients on the socket, one thread, one store.

Commands run one after the other on the thread that opened the database, so no two can ever be
half done at the same time.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from typing import Any

from amparo.errors import AmparoError, ForbiddenError, KeeperError
from amparo.keeper.address import is_same_user
from amparo.keeper.capabilities import Capability, Ring
from amparo.keeper.commands import Counter
from amparo.keeper.faults import describe
from amparo.keeper.frames import (
    HEAD_BYTES,
    MAX_GREETING_BYTES,
    MAX_REQUEST_BYTES,
    decode,
    encode,
    length_in,
)
from amparo.keeper.listeners import Listeners
from amparo.keeper.owner import Owner

_GREETING_PATIENCE_S = 10.0


class Service:
    """Serves clients until it is told to stop."""

    def __init__(self, counter: Counter, ring: Ring, stop: asyncio.Event) -> None:
        self._counter = counter
        self._ring = ring
        self._stop = stop
        self._listeners = Listeners(counter.place)
        self._lines: set[tuple[Capability, asyncio.StreamWriter]] = set()

    async def run(
        self, listener: socket.socket, *, owner: Owner, idle_timeout_s: float | None
    ) -> None:
        """Serve until Lock, a signal, the end of the owner, or too long without a question."""
        server = await asyncio.start_server(self._serve, sock=listener)
        ends: list[asyncio.Future[Any]] = [
            asyncio.ensure_future(self._stop.wait()),
            asyncio.ensure_future(owner.wait_for_end()),
        ]
        if idle_timeout_s is not None:
            ends.append(asyncio.ensure_future(self._wait_until_idle(idle_timeout_s)))
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        self._stop.set()
        server.close()

    async def _wait_until_idle(self, timeout_s: float) -> None:
        left_s = timeout_s
        # Every question moves the moment, so it is worked out anew after each wait.
        while left_s > 0:
            await asyncio.sleep(left_s)
            left_s = self._counter.last_used_s + timeout_s - time.monotonic()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.ExitStack() as held:
            held.enter_context(contextlib.closing(writer))
            try:
                caller = await self._greet(reader, writer)
                held.callback(self._lines.discard, (caller, writer))
                self._lines.add((caller, writer))
                while True:
                    request = await _receive(reader, MAX_REQUEST_BYTES)
                    if self._stop.is_set():
                        break
                    answer = self._counter.answer(caller, request)
                    writer.write(_frame(answer))
                    self._spread()
                    await writer.drain()
                    if request.get("do") == "listen" and "ok" in answer:
                        return await self._listeners.serve(
                            caller, reader, writer, answer["ok"]["seq"]
                        )
                # The line stays up until the store is closed: who asked for Lock waits for that.
                await asyncio.Event().wait()
            except (ForbiddenError, KeeperError) as error:
                # Who cannot be understood cannot be answered twice: say why and hang up.
                writer.write(encode({"error": describe(error)}))
            except (asyncio.IncompleteReadError, OSError, TimeoutError):
                return None

    def _spread(self) -> None:
        """Let listeners look for news, and end the lines of whoever was shut out."""
        self._listeners.stir()
        for caller, writer in tuple(self._lines):
            if self._ring.has_ended(caller):
                writer.transport.abort()

    async def _greet(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> Capability:
        line = writer.get_extra_info("socket")
        if not is_same_user(line):
            raise ForbiddenError("another user of this machine")
        async with asyncio.timeout(_GREETING_PATIENCE_S):
            greeting = await _receive(reader, MAX_GREETING_BYTES)
        caller = self._ring.find(greeting.get("capability"))
        writer.write(encode({"ok": {"role": caller.role, "rights": sorted(caller.rights)}}))
        await writer.drain()
        return caller


def _frame(answer: dict[str, Any]) -> bytes:
    try:
        return encode(answer)
    except (TypeError, ValueError):
        # What cannot be said must not look like a keeper that is gone.
        return encode({"error": describe(AmparoError())})


async def _receive(reader: asyncio.StreamReader, max_bytes: int) -> dict[str, Any]:
    head = await reader.readexactly(HEAD_BYTES)
    return decode(await reader.readexactly(length_in(head, max_bytes)))
