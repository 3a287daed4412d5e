"""What the screens show right now: the workbook, a calm page, or a locked door.

One object a server. It holds the PIN (as a hash, in memory only), the clock of the last input
and the pages that listen; it holds nothing of a workspace.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from amparo.serve.pin import Pin, Tries

Mode = Literal["open", "hidden", "visitors", "locked", "ended"]
Listener = Callable[[Mode], None]

PLACES: dict[Mode, str] = {
    "open": "/",
    "hidden": "/quiet",
    "visitors": "/lesson",
    "locked": "/locked",
    "ended": "/quiet",
}
_ANSWERED: dict[Mode, frozenset[str]] = {
    "hidden": frozenset({"/quiet", "/am/show"}),
    "visitors": frozenset({"/lesson", "/am/show"}),
    "locked": frozenset({"/locked", "/am/unlock", "/am/begin"}),
    "ended": frozenset({"/quiet"}),
}
_ALWAYS = frozenset({"/now", "/am/watch"})
_FILES = ("/voila/static/", "/voila/labextensions/", "/voila/templates/", "/am/parts/")
# The last words of a page that goes: its kernel may end.
_LEAVING = "/voila/api/shutdown/"


@dataclass(frozen=True, slots=True)
class Waits:
    """After how many seconds something happens by itself; 0 means never."""

    hide_s: float = 20 * 60
    lock_s: float = 30 * 60


@dataclass(slots=True)
class Screens:
    """The one state that all open pages share."""

    waits: Waits = field(default_factory=Waits)
    clock: Callable[[], float] = time.monotonic
    mode: Mode = "open"
    pin: Pin | None = None
    tries: Tries = field(default_factory=Tries)
    listeners: set[Listener] = field(default_factory=set)
    # Not pages: they let go of what they hold, and nobody waits until they have gone.
    holders: set[Listener] = field(default_factory=set)
    must_unlock: bool = False
    # Whether the keeper ended by itself: pages say so, and keep what was not yet saved in sight.
    lost: bool = False
    last_input_at: float = 0.0
    hidden_at: float = 0.0

    def __post_init__(self) -> None:
        self.last_input_at = self.clock()

    @property
    def place(self) -> str:
        """Where every page belongs now."""
        return PLACES[self.mode]

    def answers(self, path: str) -> bool:
        """Tell whether *path* is served now."""
        if self.mode == "open" or path in _ALWAYS or path in _ANSWERED[self.mode]:
            return True
        return path.startswith((*_FILES, _LEAVING))

    def touch(self) -> None:
        """Note that somebody typed, pressed or moved."""
        self.last_input_at = self.clock()

    def turn(self, mode: Mode) -> None:
        """Show something else, on every page at once."""
        if mode in {"hidden", "visitors"} and self.mode == "open":
            self.hidden_at = self.clock()
        if mode == "open":
            self.touch()
        self.mode = mode
        for listener in (*self.listeners, *self.holders):
            listener(mode)

    def show_again(self) -> None:
        """Bring the pages back, or ask for the passphrase if the key has gone meanwhile."""
        self.turn("locked" if self.must_unlock else "open")

    def is_time_to_hide(self) -> bool:
        """Tell whether nobody has touched an open page for too long."""
        waited = self.clock() - self.last_input_at
        return self.mode == "open" and 0 < self.waits.hide_s <= waited

    def is_time_to_lock(self) -> bool:
        """Tell whether a hidden workspace has kept its key for long enough."""
        waited = self.clock() - self.hidden_at
        is_hidden = self.mode in {"hidden", "visitors"} and not self.must_unlock
        return is_hidden and 0 < self.waits.lock_s <= waited
