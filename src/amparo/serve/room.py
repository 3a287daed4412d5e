"""The room: who is in, how they are let in and sent away, and how the phones are stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from tornado.httpserver import HTTPServer

from amparo.errors import AmparoError
from amparo.serve.answers import Answers
from amparo.serve.doors import Door
from amparo.serve.house import House
from amparo.serve.kernels import WorkbookKernels
from amparo.serve.lines import Lines
from amparo.serve.people import Entry, Invitation, People, Person
from amparo.serve.routes import HOSTS, JOIN, SEES

_TOGETHER_S = 0.3
# Thirty people write; each of thirty phones reads the wall anew at every word of a change.
_WALL_EVERY_S = 1.0
_HANG_UP_S = 3.0


class Room:
    """Everybody who uses one server, and what happens when one of them goes.

    Args:
        people: who is in.
        lines: their open sockets.
        house: the workspace, which gives each of them their own rights.
        kernels: the kernels of those who have the workbook.
    """

    def __init__(
        self, people: People, lines: Lines, *, house: House, kernels: WorkbookKernels
    ) -> None:
        self.people = people
        self.lines = lines
        # The door of the phones, while it is open.
        self.door: Door | None = None
        self.fingerprint = ""
        self.server: HTTPServer | None = None
        self.answers = Answers()
        self._hang_up: Callable[[], None] | None = None
        self._is_told = False
        self._wall: asyncio.TimerHandle | None = None
        self._wall_at = 0.0
        lines.changed = self._tell_soon
        self._house = house
        self._kernels = kernels

    def invite(self, role: Any) -> Invitation:
        """Make a code for one person, and tell the list."""
        made = self.people.invite(role)
        self.tell_hosts()
        return made

    async def dismiss(self, person: Person) -> None:
        """End all that somebody holds: session, pages, kernels, and rights in the keeper."""
        self.people.dismiss(person.number)
        self.lines.cut(person)
        await self._kernels.end_all_of(person)
        with suppress(AmparoError):
            # A locked house holds no rights any more.
            await asyncio.to_thread(self._house.dismiss, person)
        self.tell_hosts()

    async def tick(self) -> None:
        """Send away everybody whose time has run out; listen again after a lock."""
        for person in self.people.expired():
            await self.dismiss(person)
        if self._hang_up is None and self.door is not None and self._house.is_open():
            with suppress(AmparoError):
                self._hang_up = await asyncio.to_thread(self._house.listen, self._listener())

    async def stop(self) -> None:
        """Stop the phones: nobody comes in any more, and nobody is in but the laptop."""
        self.people.close_door()
        server, self.server, self.door = self.server, None, None
        if server is not None:
            server.stop()
        for entry in self.people.entries():
            await self.dismiss(entry.person)
        if self._hang_up is not None:
            await asyncio.to_thread(self._hang_up)
        with suppress(AmparoError):
            await asyncio.to_thread(self._house.end_workshop)
        if server is not None:
            # A phone that has walked out of reach does not answer; nobody waits for it.
            with suppress(TimeoutError):
                await asyncio.wait_for(server.close_all_connections(), _HANG_UP_S)
        self.tell_hosts()

    def _tell_soon(self) -> None:
        # Thirty phones that come back at once are one piece of news.
        if self._is_told:
            return
        self._is_told = True

        def tell() -> None:
            self._is_told = False
            self.tell_hosts()

        asyncio.get_running_loop().call_later(_TOGETHER_S, tell)

    def _listener(self) -> Callable[[int | None], None]:
        loop = asyncio.get_running_loop()

        def heard(number: int | None) -> None:
            with suppress(RuntimeError):  # the server has just ended
                loop.call_soon_threadsafe(self._heard, number)

        return heard

    def _heard(self, number: int | None) -> None:
        if number is None:
            self._hang_up = None
        elif self._wall is None:
            loop = asyncio.get_running_loop()
            self._wall = loop.call_at(self._wall_at, self._tell_wall)

    def _tell_wall(self) -> None:
        """Say that something changed, never how often: at once, and then once a second."""
        self._wall, self._wall_at = None, asyncio.get_running_loop().time() + _WALL_EVERY_S
        self.lines.tell(SEES, {"wall": True})

    def tell_hosts(self) -> None:
        """Let the facilitator's page look again."""
        self.lines.tell(HOSTS, {"room": True})

    def join_address(self, code: str = "") -> str:
        """Return the address on which phones come in; the code is in no log and no Referer."""
        return f"{self.door.address(JOIN)}{'#' + code if code else ''}" if self.door else ""

    def counted(self) -> list[dict[str, Any]]:
        """Return the list for the facilitator: numbers and times, never a content."""
        connected = self.lines.connected()
        return [_line(entry, is_connected=entry.person.number in connected)
                for entry in self.people.entries()]  # fmt: skip


def _line(entry: Entry, *, is_connected: bool) -> dict[str, Any]:
    joined = None
    if entry.joined_at is not None:
        joined = datetime.fromtimestamp(entry.joined_at).astimezone().strftime("%H:%M")
    return {
        "number": entry.person.number,
        "label": entry.person.label,
        "role": entry.person.role,
        "joined": joined,
        "connected": is_connected,
    }
