"""What a server may ask of the workspace behind it, and nothing more.

The server holds no records, key or passphrase: it asks a house. ``KeeperHouse`` is the real
one; a test may bring a smaller one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from amparo.errors import AmparoError
from amparo.model.contributions import Prompt
from amparo.model.plan import Sheet
from amparo.serve.people import Person
from amparo.session import LeftOut, Wall


class SessionOnlyError(AmparoError):
    """A session-only workspace has no passphrase: it can be hidden, not locked."""

    key = "screen.error.session_only"


class KeptAlreadyError(AmparoError):
    """The workspace already has a file and a passphrase."""

    key = "screen.error.kept_already"


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper somebody asked for."""

    report: str
    audience: str
    lang: str
    paper: str | None = None
    parameters: Mapping[str, str | int] = field(default_factory=dict)
    format: str = "pdf"
    without: tuple[str, ...] = ()
    # Of the two who read what leaves, as the page sent them.
    ticks: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class PaperOrder:
    """A ticket for one paper, and the variables of a process that may fetch just that."""

    ticket: str
    environment: dict[str, str]


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """The group's own sheet, as it may be seen by the group."""

    sheet: Sheet
    is_example: bool


@dataclass(frozen=True, slots=True)
class CardOrder:
    """A card as its writer wants it; no expected version means that it is new."""

    id: str
    prompt: Prompt
    text: str
    place: Literal["own", "wall"]
    expected_version: int | None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What is kept where: *place* is empty for a session-only workspace, and for a new one."""

    session_only: bool
    place: str
    opens_by_words: bool
    is_new: bool = False


class House(Protocol):
    """One workspace, open or locked; every method may take a second."""

    def whereabouts(self) -> Whereabouts:
        """Return what is kept where."""
        ...

    def is_open(self) -> bool:
        """Tell whether the keeper runs."""
        ...

    def has_ended(self) -> bool:
        """Tell whether the workspace is gone without having been locked here."""
        ...

    def let_go(self) -> None:
        """Let go of a keeper that has ended by itself: the workspace can be opened again."""
        ...

    def environment(self, person: Person) -> dict[str, str]:
        """Return what the kernel of a person's page needs: to read and write, and no more."""
        ...

    def dismiss(self, person: Person) -> None:
        """Take every right of one person away."""
        ...

    def end_workshop(self) -> None:
        """Take every guest's rights away, and forget who wrote which card."""
        ...

    def wall(self, person: Person) -> Wall:
        """Return what somebody sees of the wall: what hangs there, and their own cards."""
        ...

    def write_card(self, person: Person, card: CardOrder) -> None:
        """Write a card or change one's own; return once it is committed."""
        ...

    def listen(self, heard: Callable[[int | None], None]) -> Callable[[], None]:
        """Call *heard* in another thread when the wall changes; None says that it ended.

        What is returned ends it.
        """
        ...

    def lock(self) -> None:
        """End the keeper and wait until its process is gone."""
        ...

    def unlock(self, passphrase: str) -> None:
        """Start a keeper again; a wrong passphrase takes half a second or more."""
        ...

    def begin(self, passphrase: str) -> None:
        """Make an encrypted workspace where none is yet."""
        ...

    def keep(self, passphrase: str) -> None:
        """Turn a session-only workspace into an encrypted one, verified before the old one goes."""
        ...

    def forget(self) -> tuple[str, ...]:
        """End and erase the workspace; return catalogue keys of what may remain elsewhere."""
        ...

    def sheet(self, lang: str) -> OwnSheet | None:
        """Return the group's own sheet as it stands now; None when nothing is written."""
        ...

    def order(self, paper: Paper) -> PaperOrder:
        """Return a ticket for a paper."""
        ...

    def standing_order(self, paper: Paper, *, again: bool = False) -> PaperOrder:
        """Return the ticket for a paper that is looked at over and over; a new one *again*."""
        ...

    def left_out(self, paper: Paper) -> dict[str, LeftOut]:
        """Return how much the reader of a paper does not get, by kind of record."""
        ...
