"""The facilitator's page, on the laptop only: how to come in, who is there, and one stop.

It counts and never shows a content: what the group writes is nobody's but the group's.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, get_args

import segno

from amparo.serve.acts import Act
from amparo.serve.gate import seat_of
from amparo.serve.pages import look_classes, room_page
from amparo.serve.people import GuestRole, spoken
from amparo.serve.porter import Porter
from amparo.serve.room import Room
from amparo.serve.routes import ROOM
from amparo.serve.still import StillPage


class RoomPage(StillPage):
    """The page itself; its script asks for the rest."""

    def initialize(self, porter: Porter, room: Room) -> None:  # type: ignore[override]
        """Remember whom to ask."""
        super().initialize(porter)
        self._room = room

    def get(self) -> None:
        """Send the page."""
        door = self._room.door
        self.show(
            room_page(
                self.lang,
                look_classes(self.request),
                seat_of(self),
                is_secure=door is not None and door.scheme == "https",
                fingerprint=self._room.fingerprint,
            )
        )


class RoomAct(Act):
    """Base of what the facilitator may ask for."""

    def initialize(self, porter: Porter, room: Room) -> None:  # type: ignore[override]
        """Remember whom to ask."""
        super().initialize(porter)
        self.room = room


class RoomState(RoomAct):
    """Who is there, and the code on the screen while it lives."""

    def get(self) -> None:
        """Answer with counts, numbers and times."""
        found = self.room.people.door() if self.room.door else None
        code = None
        if found is not None:
            address = self.room.join_address(found[0])
            code = {
                "said": spoken(found[0]),
                "left_s": int(found[1]),
                "picture": segno.make(address, error="m").svg_data_uri(scale=1, border=4),
            }
        self.finish(
            {
                "ok": True,
                "is_open": self.room.door is not None,
                "address": self.room.join_address(),
                "code": code,
                "people": self.room.counted(),
            }
        )


class RoomDoor(RoomAct):
    """Makes a new code for the screen, or ends the one that is there."""

    async def act(self, given: dict[str, Any]) -> None:
        """Do it and let the page look again."""
        if given.get("open") is True and self.room.door is not None:
            self.room.people.open_door()
        else:
            self.room.people.close_door()
        self.room.tell_hosts()
        self.say("said.done")


class RoomInvite(RoomAct):
    """Makes a code for one person."""

    async def act(self, given: dict[str, Any]) -> None:
        """Answer with the code; it is shown once."""
        role = given.get("role")
        if role not in get_args(GuestRole) or self.room.door is None:
            self.say("said.no_such_role", HTTPStatus.BAD_REQUEST)
            return
        made = self.room.invite(role)
        self.say("said.done", label=made.person.label, code=spoken(made.code))


class RoomDismiss(RoomAct):
    """Sends one person away."""

    async def act(self, given: dict[str, Any]) -> None:
        """End their session, pages, kernels and rights."""
        entries = self.room.people.entries()
        found = [one.person for one in entries if one.person.number == given.get("number")]
        for person in found:
            await self.room.dismiss(person)
        self.say("said.done")


class RoomStop(RoomAct):
    """Stops the phones."""

    async def act(self, given: dict[str, Any]) -> None:  # noqa: ARG002
        """Close the door and send everybody away."""
        await self.room.stop()
        self.say("said.phones_stopped")


ROOM_ROUTES: dict[str, type[RoomPage | RoomAct]] = {
    ROOM: RoomPage,
    "/am/room": RoomState,
    "/am/room/door": RoomDoor,
    "/am/room/invite": RoomInvite,
    "/am/room/dismiss": RoomDismiss,
    "/am/room/stop": RoomStop,
}
