"""Carries out what people ask of the screens: hide, show, lock, unlock, keep, forget."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from amparo.serve.house import House, SessionOnlyError
from amparo.serve.screens import Mode, Screens

# A page first sends what was just typed, then goes; then its kernel ends.
_GRACE_S = 1.5
_LOOK_EVERY_S = 0.05
_LAST_WORDS_S = 1.5

Kernels = Callable[[], Sequence[str]]
EndKernels = Callable[[Sequence[str]], Awaitable[None]]


def _nothing() -> None: ...


class Porter:
    """One server's house and screens, and the order in which things happen to them.

    Args:
        house: the workspace.
        screens: what they show.
        kernels: which kernels there are.
        end: ends some of them.
        expect: called when pages will soon be asked for.
    """

    def __init__(
        self,
        house: House,
        screens: Screens,
        *,
        kernels: Kernels,
        end: EndKernels,
        expect: Callable[[], None] = _nothing,
    ) -> None:
        self.house = house
        self.screens = screens
        self.is_done = False
        self._kernels = kernels
        self._end = end
        self._expect = expect
        self._one_at_a_time = asyncio.Lock()
        self._tasks: set[asyncio.Task[Any]] = set()

    def hide(self, mode: Mode = "hidden") -> None:
        """Blank every page at once; their kernels end a moment later."""
        if self.screens.mode != "open":
            return
        leave = self._leaving()
        self.screens.turn(mode)
        self._later(leave())

    async def lock(self) -> None:
        """Blank every page, then end the keeper.

        Raises:
            SessionOnlyError: there is nothing that could open it again.
        """
        async with self._one_at_a_time:
            if self.house.whereabouts().session_only:
                raise SessionOnlyError("a session-only workspace is never locked")
            leave = self._leaving()
            self.screens.turn("locked")
            await leave()
            await asyncio.to_thread(self.house.lock)

    async def unlock(self, passphrase: str) -> None:
        """Open the workspace again and bring the pages back.

        Raises:
            StoreError: it does not open.
        """
        async with self._one_at_a_time:
            self._expect()
            await asyncio.to_thread(self.house.unlock, passphrase)
            self.screens.must_unlock = self.screens.lost = False
            self.screens.turn("open")

    async def begin(self, passphrase: str) -> None:
        """Make the workspace that is not there yet, and show it.

        Raises:
            StoreError: it cannot be; all is as before.
        """
        async with self._one_at_a_time:
            self._expect()
            await asyncio.to_thread(self.house.begin, passphrase)
            self.screens.turn("open")

    async def keep(self, passphrase: str) -> None:
        """Turn a session-only workspace into an encrypted one.

        Raises:
            StoreError: it cannot be; all is as before.
        """
        async with self._one_at_a_time:
            await asyncio.to_thread(self.house.keep, passphrase)

    async def forget(self) -> tuple[str, ...]:
        """Blank every page, end and erase the workspace; then the server ends too.

        Raises:
            StoreError: something could not be erased.
        """
        async with self._one_at_a_time:
            leave = self._leaving()
            self.screens.turn("ended")
            try:
                await leave()
                return await asyncio.to_thread(self.house.forget)
            finally:
                self._later(self._finish())

    async def tick(self) -> None:
        """Hide and lock by the clock, and see when the keeper is gone; called every second."""
        if self.house.has_ended() and self.screens.mode != "ended":
            await self._say_that_it_is_lost()
        if self.screens.is_time_to_hide():
            self.hide()
        if self.screens.is_time_to_lock():
            await self._lock_behind_the_calm_page()

    async def _say_that_it_is_lost(self) -> None:
        """Show what it means that the keeper ended by itself: killed, crashed, out of memory.

        A session-only workspace ended with it, and so does the server. Any other waits for its
        passphrase, with all that was acknowledged.
        """
        async with self._one_at_a_time:
            self.screens.lost = True
            leave = self._leaving()
            if self.house.whereabouts().session_only:
                self.screens.turn("ended")
                await leave()
                self._later(self._finish())
                return
            await asyncio.to_thread(self.house.let_go)
            if self.screens.mode == "open":
                self.screens.turn("locked")
                await leave()
            else:
                self.screens.must_unlock = True

    async def _lock_behind_the_calm_page(self) -> None:
        async with self._one_at_a_time:
            if self.house.whereabouts().session_only or not self.house.is_open():
                # Its key is all there is: it stays hidden and is never ended.
                self.screens.hidden_at = self.screens.clock()
                return
            await asyncio.to_thread(self.house.lock)
            self.screens.must_unlock = True

    def _leaving(self) -> Callable[[], Awaitable[None]]:
        # Noted before the screens turn: a page that comes back at once keeps its own kernel.
        kernels, pages = tuple(self._kernels()), set(self.screens.listeners)

        async def leave() -> None:
            waited = 0.0
            while pages & self.screens.listeners and waited < _GRACE_S:
                await asyncio.sleep(_LOOK_EVERY_S)
                waited += _LOOK_EVERY_S
            await self._end(kernels)

        return leave

    async def _finish(self) -> None:
        await asyncio.sleep(_LAST_WORDS_S)
        self.is_done = True

    def _later(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
