"""The live board: a page hears that something was saved elsewhere, and is drawn anew.

The keeper tells a thread of this process, the thread tells the loop that answers the page, and
only there is anything drawn. What somebody is typing is left alone by the parts themselves.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable

from amparo.errors import AmparoError
from amparo.session import Session

# A page that is told ten times a second is drawn at most so often, and for at most a tenth of the
# time: thirty pages share two processors.
_PAUSE_S = 0.2
_REST = 9.0
_LONGEST_PAUSE_S = 5.0


class News:
    """Draws a page anew after changes made elsewhere, at a pace the machine can bear.

    Args:
        draw: draws the page; called in the loop in which this was made, never in two at once.

    Without a running loop (a program that draws by itself) it does nothing.
    """

    def __init__(self, draw: Callable[[], None]) -> None:
        self._draw = draw
        self._loop: asyncio.AbstractEventLoop | None = None
        with contextlib.suppress(RuntimeError):
            self._loop = asyncio.get_running_loop()
        self._close: Callable[[], None] = lambda: None
        self._is_due = False
        self._rests_until = 0.0

    def follow(self, session: Session) -> None:
        """Hear of *session* from here on, and of no other."""
        self._close()
        self._close = lambda: None
        # A keeper that went this moment is noticed at the next question.
        with contextlib.suppress(AmparoError):
            if self._loop is not None:
                self._close = session.listen(self._heard)

    def _heard(self, _seq: int | None) -> None:
        # In the listening thread. The end is news too: a room may have been left elsewhere.
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: so is the page
                self._loop.call_soon_threadsafe(self._soon)

    def _soon(self) -> None:
        if self._is_due or self._loop is None:
            return
        self._is_due = True
        self._loop.call_later(max(0.0, self._rests_until - time.monotonic()), self._now)

    def _now(self) -> None:
        self._is_due = False
        began = time.monotonic()
        # Locked or killed: the page is told by the server, and nothing new is there to draw.
        with contextlib.suppress(AmparoError):
            self._draw()
        took = time.monotonic() - began
        self._rests_until = began + min(max(_PAUSE_S, took * _REST), _LONGEST_PAUSE_S)
