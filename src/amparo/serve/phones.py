"""What a phone in the room sees: the page to come in, and the wall. No kernel is behind them."""

from __future__ import annotations

import asyncio
import re
from dataclasses import asdict
from datetime import datetime
from http import HTTPStatus
from typing import Any

from tornado import web

from amparo.errors import AmparoError, ConflictError
from amparo.serve.acts import Act
from amparo.serve.gate import Gate, asker
from amparo.serve.house import CardOrder
from amparo.serve.pages import PROMPTS, join_page, static_text, wall_page
from amparo.serve.people import Person
from amparo.serve.porter import Porter
from amparo.serve.room import Room
from amparo.serve.routes import JOIN, WALL
from amparo.serve.still import StillPage

_MARK = re.compile(r"[0-9a-f]{32}")
_PLACES = ("own", "wall")


class JoinPage(StillPage):
    """The one page without a session: language first, then the code."""

    def initialize(self, porter: Porter, room: Room) -> None:  # type: ignore[override]
        """Remember whom to ask."""
        super().initialize(porter)
        self._room = room

    def get(self) -> None:
        """Send the page; without a chosen language it asks for that alone."""
        has_language = "lang" in self.request.query_arguments
        self.show(join_page(self.lang, has_language=has_language))


class JoinScript(StillPage):
    """The script of that page, for somebody to whom no other file is given."""

    def initialize(self, porter: Porter, room: Room) -> None:  # type: ignore[override]  # noqa: ARG002
        """Remember whom to ask."""
        super().initialize(porter)

    def get(self, name: str) -> None:
        """Send it."""
        self.set_header("Content-Type", "text/javascript; charset=UTF-8")
        self.finish(static_text(name))


class PhoneAct(Act):
    """Base of what a phone may ask for."""

    def initialize(self, porter: Porter, room: Room) -> None:  # type: ignore[override]
        """Remember whom to ask."""
        super().initialize(porter)
        self.room = room


class Join(PhoneAct):
    """Exchanges a code for a session."""

    async def act(self, given: dict[str, Any]) -> None:
        """Set the cookie, or say why not; a wrong code says nothing about right ones."""
        code, address = given.get("code"), str(self.request.remote_ip)
        gate: Gate = self.application.gate  # type: ignore[attr-defined]
        if gate.person(self.request) is not None:
            self.say("said.shown")
            return
        typed = code if isinstance(code, str) else ""
        session = self.room.people.enter(typed[:64], address)
        if session is None:
            self.say("join.wrong", HTTPStatus.FORBIDDEN)
            return
        gate.welcome(self, session)
        self.room.tell_hosts()
        self.say("said.shown")


class WallPage(StillPage):
    """The group's own sheet, what hangs on the wall, and one's own cards."""

    def initialize(self, porter: Porter, room: Room) -> None:  # type: ignore[override]  # noqa: ARG002
        """Remember whom to ask."""
        super().initialize(porter)

    def get(self) -> None:
        """Send the page; its script asks for what stands on it."""
        self.show(wall_page(self.lang, writes=self.person.role == "participant"))


class WallCards(PhoneAct):
    """The cards as this person may see them."""

    async def get(self) -> None:
        """Answer with what hangs on the wall and the person's own cards."""
        try:
            seen = await asyncio.to_thread(self.porter.house.wall, asker(self))
        except AmparoError as error:
            self.refuse(error)
            return
        if self.porter.screens.mode != "open":
            raise web.HTTPError(423)
        asker(self)  # sent away while the keeper was asked: then this is no longer theirs
        self.finish(
            {
                "ok": True,
                "sheet": seen.sheet,
                "cards": [asdict(one) for one in seen.contributions],
                "own": [asdict(one) for one in seen.own],
            }
        )


class WriteCard(PhoneAct):
    """Writes a card, changes it, or hangs it up; the answer comes after the keeper's."""

    async def act(self, given: dict[str, Any]) -> None:
        """Answer with "done" and the time, once it is committed."""
        once, order, person = given.get("once"), _order(given), asker(self)
        if order is None or not isinstance(once, str) or not _MARK.fullmatch(once):
            self.say("wall.refused", HTTPStatus.BAD_REQUEST)
            return

        async def write() -> tuple[int, dict[str, Any]]:
            return await self._write(person, order)

        status, said = await self.room.answers.once((person.identity, once), write)
        self.set_status(status)
        self.finish(said)

    async def _write(self, person: Person, order: CardOrder) -> tuple[int, dict[str, Any]]:
        try:
            await asyncio.to_thread(self.porter.house.write_card, person, order)
        except ConflictError:
            return HTTPStatus.CONFLICT, {"ok": False, "text": self.sentence("wall.changed")}
        except AmparoError as error:
            return HTTPStatus.CONFLICT, {"ok": False, "text": self.sentence_of(error)}
        at = datetime.now().astimezone().strftime("%H:%M")
        return HTTPStatus.OK, {"ok": True, "text": self.sentence("said.done"), "at": at}


def _order(given: dict[str, Any]) -> CardOrder | None:
    """Return what a phone asks for, or None when it is nothing that our page would send."""
    id_, prompt, text, place = (given.get(name) for name in ("id", "prompt", "text", "place"))
    version = given.get("version")
    is_version = version is None or (isinstance(version, int) and not isinstance(version, bool))
    if not isinstance(id_, str) or not _MARK.fullmatch(id_) or not is_version:
        return None
    if prompt not in PROMPTS or place not in _PLACES or not isinstance(text, str):
        return None
    # What the text may hold is the keeper's to say.
    return CardOrder(id_, prompt, text, place, version)  # type: ignore[arg-type]


PHONE_ROUTES: dict[str, Any] = {
    JOIN: JoinPage,
    r"/am/(join\.js)": JoinScript,
    "/am/join": Join,
    WALL: WallPage,
    "/am/wall": WallCards,
    "/am/card": WriteCard,
}
