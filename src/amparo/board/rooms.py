"""Going into a room of its own and out again: which session a page talks to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from amparo.board.parts.own_room import SHAREABLE
from amparo.errors import ForbiddenError, RecordError, SpaceLeftError
from amparo.session import Session

_LONGEST = 1024


class Rooms:
    """The common session of a page and, while somebody is inside, the session of one room."""

    def __init__(self, common: Session) -> None:
        self._common = common
        self._inside: Session | None = None

    @property
    def session(self) -> Session:
        """The session that the page shows now."""
        return self._inside or self._common

    @property
    def is_inside(self) -> bool:
        """Whether the page is in a room of its own."""
        return self._inside is not None

    def carry_out(self, message: dict[str, Any]) -> None:
        """Do what the page asks: make, enter, leave, share, change, delete.

        Raises:
            RecordError: the message makes no sense here.
            AmparoError: what the keeper refused.
        """
        acts: dict[str, Callable[[dict[str, Any]], None]] = (
            {
                "leave": self._leave,
                "share": self._share,
                "change": self._change,
                "delete": self._delete,
            }
            if self._inside
            else {"make": self._make, "enter": self._enter}
        )
        asked = message.get("do")
        act = acts.get(asked) if isinstance(asked, str) else None
        if act is None:
            raise RecordError("not possible here", record="?", names="do")
        act(message)

    def forget(self) -> None:
        """Come back to the common session: the room was left from another page."""
        inside, self._inside = self._inside, None
        if inside:
            inside.close()

    def _make(self, message: dict[str, Any]) -> None:
        self._inside = Session.connect(self._common.make_space(_secret(message, "passphrase")))

    def _enter(self, message: dict[str, Any]) -> None:
        self._inside = Session.connect(self._common.enter_space(_secret(message, "passphrase")))

    def _leave(self, _message: dict[str, Any]) -> None:
        inside, self._inside = self._inside, None
        if inside:
            # Left from another page already: this one only has to notice.
            with suppress(SpaceLeftError, ForbiddenError):
                inside.leave_space()

    def _share(self, message: dict[str, Any]) -> None:
        if self._inside:
            record_id = message.get("id")
            if not isinstance(record_id, str):
                raise RecordError("bad id", record="?", names="id")
            record = self._inside.get(record_id).record
            if record.kind not in SHAREABLE:
                raise RecordError("this stays in the room", record=record.kind, names="id")
            self._inside.share(record, self._common)

    def _change(self, message: dict[str, Any]) -> None:
        if self._inside:
            old, new = _secret(message, "passphrase"), _secret(message, "new")
            self._inside.change_space_passphrase(old, new)

    def _delete(self, message: dict[str, Any]) -> None:
        if self._inside:
            self._inside.delete_space(_secret(message, "passphrase"))
            self._inside = None


def _secret(message: dict[str, Any], name: str) -> str:
    given = message.get(name)
    if not isinstance(given, str) or not 0 < len(given) <= _LONGEST:
        raise RecordError("no passphrase", record="?", names=name)
    return given
