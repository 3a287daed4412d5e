"""The line on which every open page hears at once what the screens show.

A socket and not a stream of events: a browser opens six streams to one host and then waits, so
the seventh page would never load; sockets do not count.
"""

from __future__ import annotations

import json
from typing import Any

from tornado import websocket

from amparo.serve.porter import Porter
from amparo.serve.screens import Mode

_LONGEST = 16


class Watch(websocket.WebSocketHandler):
    """One page: it hears the mode, and says when somebody touched it."""

    def initialize(self, porter: Porter) -> None:
        """Remember whom to ask."""
        self._screens = porter.screens

    def check_origin(self, origin: str) -> bool:
        """Let the gate decide: it compared the origin before this handler was looked up."""
        return origin == f"http://{self.request.host}"

    def open(self, *_: Any, **__: Any) -> None:
        """Tell the page what is shown now."""
        self._screens.listeners.add(self._tell)
        self._tell(self._screens.mode)

    def on_message(self, message: str | bytes) -> None:
        """Note that somebody touched the page; nothing in the message is read."""
        if len(message) <= _LONGEST:
            self._screens.touch()

    def on_close(self) -> None:
        """Stop listening."""
        self._screens.listeners.discard(self._tell)

    def _tell(self, mode: Mode) -> None:
        try:
            self.write_message(json.dumps({"mode": mode, "lost": self._screens.lost}))
        except websocket.WebSocketClosedError:
            self._screens.listeners.discard(self._tell)
