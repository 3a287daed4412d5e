"""The line on which every open page hears at once what the screens show.

A socket and not a stream of events: a browser opens six streams to one host and then waits, so
the seventh page would never load; sockets do not count.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tornado import websocket

from amparo.serve.gate import asker
from amparo.serve.lines import Lines
from amparo.serve.porter import Porter
from amparo.serve.screens import Mode

_LONGEST = 16


class Watch(websocket.WebSocketHandler):
    """One page: it hears the mode and what is new, and says when somebody touched it."""

    def initialize(self, porter: Porter, lines: Lines) -> None:
        """Remember whom to ask."""
        self._screens = porter.screens
        self._lines = lines

    def check_origin(self, origin: str) -> bool:
        """Let the gate decide: it compared the origin before this handler was looked up."""
        return self.application.gate.door.is_origin(origin, self.request)  # type: ignore[attr-defined]

    def open(self, *_: Any, **__: Any) -> None:
        """Tell the page what is shown now."""
        self._lines.add(self, asker(self))
        self._screens.listeners.add(self._tell)
        self._tell(self._screens.mode)

    def on_message(self, message: str | bytes) -> None:
        """Note that somebody touched the page; nothing in the message is read."""
        if len(message) <= _LONGEST:
            self._screens.touch()

    def on_close(self) -> None:
        """Stop listening."""
        self._lines.remove(self)
        self._screens.listeners.discard(self._tell)

    def say(self, message: Mapping[str, Any]) -> None:
        """Send a small message; a page that has just gone is no error."""
        try:
            self.write_message(json.dumps(message))
        except websocket.WebSocketClosedError:
            self.on_close()

    def cut(self) -> None:
        """End the line: this person was sent away."""
        self._screens.listeners.discard(self._tell)
        self.close()

    def _tell(self, mode: Mode) -> None:
        self.say({"mode": mode, **({"lost": True} if self._screens.lost else {})})
