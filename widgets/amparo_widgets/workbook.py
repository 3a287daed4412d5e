"""A workbook page: a frame, one open screen, redrawn from the store after every change."""

from __future__ import annotations

import os
import re
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from urllib.parse import parse_qs

import ipywidgets

from amparo.board import Board, Rooms, revision_of
from amparo.errors import AmparoError, ForbiddenError, SpaceLeftError
from amparo.session import Session
from amparo_widgets.news import News
from amparo_widgets.part import Part, sentences
from amparo_widgets.screens import SCREENS
from amparo_widgets.shell import Shell
from amparo_widgets.unmoved import Box, VBox

Message = dict[str, Any]
_FIRST, _EMPTY = "s0", "start"
# What this page answers by itself; the board answers the rest.
_OURS = frozenset({"look", "go", "choose", "room"})
# They change and show nothing of either side of a room's door.
_HARMLESS = frozenset({"look", "go", "choose"})
_DOOR = "own_room"
_REMEMBERED = 50
_STEP = re.compile(r"s\d+")


class Workbook:
    """One page: the frame, and the parts of the screen that is open.

    Args:
        lang: code of the language; without it what the page asked for.
        session: an open session; without it the one that the environment names.
        screen: what to open first; without it what the address says, or the beginning.
    """

    def __init__(
        self, lang: str | None = None, session: Session | None = None, screen: str | None = None
    ) -> None:
        chosen = lang or os.environ.get("AMPARO_LANG", "en")
        today = datetime.now(UTC).astimezone().date()
        self._lang, self._today = chosen, today
        self._side = 0
        self._acted: OrderedDict[str, Message] = OrderedDict()
        self._rooms = Rooms(session or Session.connect())
        self._board = Board(self._rooms.session, chosen, today=today)
        self._here = screen if screen in SCREENS else self._asked_for()
        others = tuple(name for name in SCREENS if not _STEP.fullmatch(name))
        self._shell = self._make(Shell, {"screens": others, "here": self._here})
        self._shell.set_trait("words", {**self._shell.words, **self._board.texts()})
        self._open: list[Part] = []
        self._body = VBox()
        self._body.add_class("am-body")
        self._show_screen()
        self._news = News(self._renew)
        self._news.follow(self._rooms.session)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The frame and the parts of the open screen, in reading order."""
        return (self._shell, *self._open)

    @property
    def here(self) -> str:
        """The id of the open screen."""
        return self._here

    def show(self) -> ipywidgets.Widget:
        """Return the page as one box, in reading order."""
        box = _Page((self._shell, self._body))
        box.add_class("amparo-page")
        return box

    def answer(self, envelope: dict[str, Any]) -> Message:
        """Answer a message of one part, and show the new state on every part."""
        part, message = envelope["part"], envelope["message"]
        answer = self._answer(part, message)
        # The answer goes first: a person waits for "saved", not for the pictures.
        part.send(answer)
        if answer["type"] not in {"refused", "gone"}:
            # Locked or killed since: what is shown stays, and the server says what happened.
            with suppress(AmparoError):
                self._renew()
        return answer

    def _renew(self) -> None:
        """Show what is stored now, whoever saved it."""
        try:
            self._redraw()
        except (SpaceLeftError, ForbiddenError):
            # Left from another page: nothing of the room stays on this one.
            if not self._rooms.is_inside:
                raise
            self._rooms.forget()
            self._cross()

    def _answer(self, part: Part, message: object) -> Message:
        kind = message.get("type") if isinstance(message, dict) else None
        if self._is_stray(message, kind):
            return self._board.refusal(revision_of(message))
        if not isinstance(message, dict) or not isinstance(kind, str) or kind not in _OURS:
            return self._board.answer(message)
        revision = revision_of(message)
        if not revision:
            return self._board.refusal()
        if kind == "room":
            return self._room(message, revision)
        if kind == "look":
            return {"type": "look", "rev": revision}
        if kind == "choose":
            taken = part.choose(message.get("values"))
        else:
            taken = self._go(message.get("where"))
        return {"type": "look", "rev": revision} if taken else self._board.refusal(revision)

    def _is_stray(self, message: object, kind: object) -> bool:
        """Tell whether it was written on the other side of a room's door and came too late."""
        if not isinstance(message, dict) or (isinstance(kind, str) and kind in _HARMLESS):
            return False
        return "side" in message and message["side"] != self._side

    def _room(self, message: Message, revision: str) -> Message:
        """Go into a room or out of it; what the page sends again is not done again."""
        if revision in self._acted:
            return self._acted[revision]
        answer: Message = {"type": "look", "rev": revision}
        was_inside = self._rooms.is_inside
        try:
            self._rooms.carry_out(message)
        except AmparoError as error:
            answer = {"type": "refused", "rev": revision, "text": self._board.sentence(error)}
        self._acted[revision] = answer
        while len(self._acted) > _REMEMBERED:
            self._acted.popitem(last=False)
        if was_inside != self._rooms.is_inside:
            self._cross()
        return answer

    def _cross(self) -> None:
        """Show the other side of the door on every part; no half-written text comes along."""
        # A room has no process of its own: its entries go on the day the group has agreed on.
        rule = self._board.scene({}).process if self._rooms.is_inside else None
        self._board = Board(self._rooms.session, self._lang, today=self._today, rule=rule)
        self._side += 1
        self._news.follow(self._rooms.session)
        for part in self.parts:
            part.options["inside"] = self._rooms.is_inside
            part.set_trait("side", self._side)
        if self._here == _DOOR:
            self._redraw()
        else:
            self._show_screen()

    def _go(self, where: object) -> bool:
        if not isinstance(where, str) or where not in SCREENS:
            return False
        self._here = where
        self._show_screen()
        return True

    def _asked_for(self) -> str:
        asked = parse_qs(os.environ.get("QUERY_STRING", "")).get("step", [""])[-1]
        if asked in SCREENS:
            return asked
        begun = self._board.scene({}).process is not None
        return _FIRST if begun or _EMPTY not in SCREENS else _EMPTY

    def _make(self, kind: type[Part], options: dict[str, Any]) -> Part:
        """Make a part with all it shows: a script that arrives late must not find it empty."""
        whole = {"kinds": kind.kinds, **options, "inside": self._rooms.is_inside}
        kinds = tuple(whole["kinds"])
        return kind(
            self.answer,
            whole,
            lang=self._board.lang,
            direction=self._board.direction,
            side=self._side,
            words=self._board.words(sentences(kind.name), kinds, kind.vocabularies),
            view=kind.draws(self._board.scene(whole)),
        )

    def _show_screen(self) -> None:
        gone = self._open
        self._open = [self._make(kind, dict(options)) for kind, options in SCREENS[self._here]]
        self._frame()
        self._body.children = tuple(_columns(self._open))
        for part in gone:
            part.close()

    def _redraw(self) -> None:
        self._frame()
        for part in self._open:
            part.redraw(self._board.scene)

    def _frame(self) -> None:
        self._shell.options["here"] = self._here
        # At once: a frame that for a moment says nothing of a room would look like the outside.
        frame = {"inside": self._rooms.is_inside, "parts": len(self._open)}
        drawn = Shell.draws(self._board.scene(self._shell.options))
        self._shell.set_trait("view", {**drawn, **self._board.status(), **frame})


class _Page(VBox):
    """The whole page. Its output says that nothing but parts is in it: a light program shows it."""

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return super()._repr_mimebundle_(**kwargs), {"amparo_parts": True}


def _columns(parts: list[Part]) -> Iterator[ipywidgets.Widget]:
    """Yield wide parts as they are, and forms beside pictures as two columns."""
    for is_wide, run in groupby(parts, key=lambda part: part.is_wide):
        if is_wide:
            yield from run
            continue
        beside = list(run)
        sides = [[p for p in beside if p.place == side] for side in ("form", "picture")]
        if not all(sides):
            yield from beside
            continue
        boxes = [VBox(side) for side in sides]
        columns = Box(boxes)
        columns.add_class("am-columns")
        yield columns
