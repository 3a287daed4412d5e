"""One kernel that waits, with all that takes long already done, for the next page.

It holds no right to reach the keeper and nothing of the workspace: those come in the one message
with which a page takes it over, never through a file or the process's own environment.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

_PATIENCE_S = 60.0
_HAND_OVER_S = 10.0
# The page that took the last one is still being drawn, and wants the processor for itself.
_PAUSE_S = 4.0
_WARM = "__import__('amparo_widgets.warm', fromlist=['warm']).warm({lang!r})"
_TAKE = "__import__('os').environ.update({given!r})"


class Kernels(Protocol):
    """What starts and ends kernels."""

    def usual(self) -> str:
        """Return the name of the kernel that every workbook of ours asks for."""
        ...

    async def begin(self, environment: Mapping[str, str], **how: Any) -> str:
        """Start a kernel with exactly this environment; return its id."""
        ...

    async def end(self, kernel_id: str) -> None:
        """End a kernel; one that has gone is no error."""
        ...

    def __contains__(self, kernel_id: str) -> bool: ...

    def get_kernel(self, kernel_id: str) -> Any:
        """Return the manager of one kernel."""
        ...


@dataclass(frozen=True, slots=True)
class _Waiting:
    kernel_id: str
    environment: Mapping[str, str]
    client: Any
    warmed: asyncio.Task[bool]


class ReadyKernel:
    """At most one waiting kernel; a new one is started behind the page that takes it.

    Args:
        kernels: what starts and ends kernels.
        environment: language -> the environment of a kernel that may not reach the keeper.
        lang: the language in which the first page is expected.
        clock: seconds that only grow.
    """

    def __init__(
        self,
        kernels: Kernels,
        environment: Callable[[str], dict[str, str]],
        lang: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._kernels = kernels
        self._environment = environment
        self._lang = lang
        self._clock = clock
        self._waiting: _Waiting | None = None
        self._starting: asyncio.Task[None] | None = None
        self._not_before = 0.0

    @property
    def kernel_id(self) -> str | None:
        """The kernel that waits, if one does."""
        return self._waiting.kernel_id if self._waiting else None

    async def tend(self, *, is_wanted: bool) -> None:
        """Start one if it is wanted and missing, end it if it is not; called every second."""
        if not is_wanted:
            await self.close()
            return
        if self._waiting is not None and not await self._is_alive(self._waiting.kernel_id):
            await self.close()
        if self._waiting is None and self._clock() >= self._not_before:
            await self._start()

    async def take(self, environment: Mapping[str, str], *, kernel_name: str) -> str | None:
        """Give the waiting kernel to a page, with the page's own environment.

        Args:
            environment: what the page's kernel is to know; only what is new is sent.
            kernel_name: what the notebook asks for.

        Returns:
            its id; None if there is none that fits, and the page starts its own.
        """
        self._lang = environment.get("AMPARO_LANG", self._lang)
        self._not_before = self._clock() + _PAUSE_S
        if self._starting is not None:
            await self._starting
        if kernel_name != self._kernels.usual() or self._waiting is None:
            return None
        # Taken before the first wait: two pages never get the same one.
        waiting, self._waiting = self._waiting, None
        if await self._is_handed_over(waiting, environment):
            return waiting.kernel_id
        await self._kernels.end(waiting.kernel_id)
        return None

    async def close(self) -> None:
        """End the waiting kernel; one that is just being started is waited for, then ended."""
        if self._starting is not None:
            await self._starting
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting.warmed.cancel()
            with suppress(asyncio.CancelledError):
                await waiting.warmed
            waiting.client.stop_channels()
            await self._kernels.end(waiting.kernel_id)

    async def _start(self) -> None:
        if self._starting is None:
            self._starting = asyncio.ensure_future(self._begin())
        try:
            # Never cancelled half way: a process that nobody counts would stay behind.
            await asyncio.shield(self._starting)
        finally:
            self._starting = None

    async def _begin(self) -> None:
        # Whatever happens to it, the next one is not tried in the same second.
        self._not_before = self._clock() + _PAUSE_S
        environment = self._environment(self._lang)
        try:
            kernel_id = await self._kernels.begin(environment)
        except (OSError, RuntimeError):
            return  # the machine has no room for it; a page will try for itself
        client = self._kernels.get_kernel(kernel_id).client()
        client.start_channels(stdin=False, hb=False)
        warmed = asyncio.ensure_future(_is_warm(client, self._lang))
        self._waiting = _Waiting(kernel_id, environment, client, warmed)

    async def _is_alive(self, kernel_id: str) -> bool:
        return kernel_id in self._kernels and await self._kernels.get_kernel(kernel_id).is_alive()

    async def _is_handed_over(self, waiting: _Waiting, environment: Mapping[str, str]) -> bool:
        given = {
            name: value
            for name, value in environment.items()
            if waiting.environment.get(name) != value
        }
        try:
            if not await self._is_alive(waiting.kernel_id) or not await waiting.warmed:
                return False
            return await _is_done(waiting.client, _TAKE.format(given=given), _HAND_OVER_S)
        finally:
            waiting.client.stop_channels()


async def _is_warm(client: Any, lang: str) -> bool:
    with suppress(RuntimeError, TimeoutError):
        await client.wait_for_ready(timeout=_PATIENCE_S)
        return await _is_done(client, _WARM.format(lang=lang), _PATIENCE_S)
    return False


async def _is_done(client: Any, code: str, timeout_s: float) -> bool:
    with suppress(RuntimeError, TimeoutError):
        # Silent: no history, no count, nothing on the page.
        reply = await client.execute(code, silent=True, reply=True, timeout=timeout_s)
        return reply["content"]["status"] == "ok"
    return False
