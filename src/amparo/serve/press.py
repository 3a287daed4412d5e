"""The one process that makes papers to look at: it waits for the next save, and goes at once.

A paper to print is made by a process of its own (``papers.py``), which may take its two seconds.
A paper beside the form is made anew after every save: here one process stays warm for that. It
starts when somebody looks, ends when nobody has looked for a while, and is killed the moment
pages are hidden or the workspace is locked: what it has read must not outlive that.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from asyncio.subprocess import Process
from collections.abc import Callable
from contextlib import suppress

from amparo.errors import ReportError
from amparo.serve.house import Paper, PaperOrder
from amparo.serve.papers import child_environment, told
from amparo.serve.screens import Mode

_PATIENCE_S = 60.0
_IDLE_S = 300.0


class Press:
    """At most one process, at most one paper in it.

    Attributes:
        room: held by whoever is served; a page that was left while it waited is passed over.

    Args:
        clock: seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.room = asyncio.Lock()
        self._clock = clock
        self._process: Process | None = None
        self._killed: Process | None = None
        self._used_at = 0.0

    @property
    def pid(self) -> int | None:
        """The process that waits or works, if there is one."""
        return self._process.pid if self._process else None

    async def make(self, paper: Paper, order: PaperOrder) -> bytes:
        """Return the paper as the bytes of a file; call it in the room.

        Raises:
            AmparoError: it could not be made.
            TimeoutError: it took too long.
        """
        process = await self._running()
        try:
            async with asyncio.timeout(_PATIENCE_S):
                is_made, body = await _asked(process, paper, order)
        except (OSError, EOFError, ValueError):
            self.drop()
            raise ReportError("the process ended without a paper") from None
        except BaseException:
            # Half an answer may still be on its way: nobody may take it for the next one.
            self.drop()
            raise
        self._used_at = self._clock()
        if not is_made:
            raise told(body)
        return body

    def follow(self, mode: Mode) -> None:
        """Let go of everything when nothing is shown any more."""
        if mode != "open":
            self.drop()

    def tend(self, *, is_open: bool) -> None:
        """End the process when nobody has looked for a while; called every second."""
        is_idle = not self.room.locked() and self._clock() - self._used_at >= _IDLE_S
        # Also one that was just being started while somebody pressed Hide.
        if is_idle or not is_open:
            self.drop()

    def drop(self) -> None:
        """Kill the process, whatever it is doing."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
        self._killed = process

    async def close(self) -> None:
        """Kill the process and wait until it is gone."""
        self.drop()
        if self._killed is not None:
            await self._killed.wait()

    async def _running(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-P", "-m", "amparo.report.press",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env=child_environment({}),
            )  # fmt: skip
        return self._process


async def _asked(process: Process, paper: Paper, order: PaperOrder) -> tuple[bool, bytes]:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    asked = {
        "report": paper.report,
        "ticket": order.ticket,
        "format": paper.format,
        "environment": order.environment,
    }
    process.stdin.write(json.dumps(asked).encode("ascii") + b"\n")
    await process.stdin.drain()
    word, _, size = (await process.stdout.readline()).decode("ascii").partition(" ")
    return word == "made", await process.stdout.readexactly(int(size))
