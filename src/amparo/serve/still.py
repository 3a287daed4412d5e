"""Pages that need no kernel: it is happening now, the words, and the calm pages."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from typing import Any, get_args

from tornado import web

from amparo.content.loading import foundations
from amparo.errors import AmparoError
from amparo.messages import messages
from amparo.model.plan import Duty, Sheet
from amparo.serve.gate import asker, seat_of
from amparo.serve.handlers import OwnErrors
from amparo.serve.house import OwnSheet
from amparo.serve.pages import READERS, calm_page, look_classes, still_page, wanted_language
from amparo.serve.people import Person
from amparo.serve.porter import Porter
from amparo.serve.routes import GUESTS, PHONES, ROOM, WORK, home

# The page must come at once; the group's own words may be a moment late, then they stay away.
_SHEET_PATIENCE_S = 2.0
_WRITTEN = (
    "signs", "signal", "second_signal", "all_clear", "first_five", "duties", "go_to", "do_not",
    "if_taken", "afterwards", "meet_at",
)  # fmt: skip


class StillPage(OwnErrors):
    """Base of every page without a kernel."""

    def initialize(self, porter: Porter) -> None:
        """Remember whom to ask."""
        self.porter = porter

    @property
    def lang(self) -> str:
        """The language of the page."""
        return wanted_language(self.request, self.settings["amparo_lang"])

    @property
    def person(self) -> Person:
        """Who is asking."""
        return asker(self)

    def show(self, page: str) -> None:
        """Send a page."""
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.finish(page)


class NowPage(StillPage):
    """What to do now: the group's own sheet, or general steps when it must not be seen."""

    async def get(self) -> None:
        """Send the page, whatever happens to the keeper."""
        # On a phone general steps only: where we go and who does what stays with the group.
        sees_own = self.porter.screens.mode == "open" and self.person.role in WORK
        own = await self._own() if sees_own else None
        # Asked again: somebody may have hidden everything meanwhile.
        is_open = self.porter.screens.mode == "open"
        person = self.person
        self.show(
            still_page(
                "now.html",
                self.lang,
                look=look_classes(self.request),
                has_bar=is_open and person.role not in PHONES,
                seat=seat_of(self),
                place=home(person.role) if is_open else self.porter.screens.place,
                **now_values(own if is_open else None, self.lang, is_open=is_open and sees_own),
            )
        )

    async def _own(self) -> OwnSheet | None:
        try:
            async with asyncio.timeout(_SHEET_PATIENCE_S):
                return await asyncio.to_thread(self.porter.house.sheet, self.lang)
        except (AmparoError, OSError, TimeoutError):
            return None


def now_values(own: OwnSheet | None, lang: str, *, is_open: bool) -> dict[str, Any]:
    """Return what the template of the emergency page shows.

    Args:
        own: the group's sheet, or None for general steps.
        lang: the language of the page.
        is_open: whether the workspace may be seen at all.
    """
    catalogue = messages(lang)
    if own is None or not any(getattr(own.sheet, name) for name in _WRITTEN):
        return {"note": catalogue.text("screen.now.none" if is_open else "screen.now.shut")}
    note = "screen.now.example" if own.is_example else "screen.now.own"
    return {
        "sheet": own.sheet,
        "duties": _duties(own.sheet, lang),
        "note": catalogue.text(note),
    }


def _duties(sheet: Sheet, lang: str) -> list[dict[str, str]]:
    held = {duty.duty: duty for duty in sheet.duties}
    shown = [name for name in get_args(Duty) if name != "other" or name in held]
    return [
        {
            "name": messages(lang).text(f"screen.now.duty.{name}"),
            "letter": held[name].letter if name in held else "",
            "deputy": (held[name].deputy or "") if name in held else "",
        }
        for name in shown
    ]


class WordsPage(StillPage):
    """The glossary of the pack."""

    def get(self) -> None:
        """Send all terms in the order of their names."""
        found = terms(self.lang)
        self.show(
            still_page(
                "glossary.html",
                self.lang,
                look=look_classes(self.request),
                seat=seat_of(self),
                terms=found,
                is_whole=len(found) == how_many_terms(),
            )
        )


@lru_cache(maxsize=8)
def terms(lang: str) -> tuple[dict[str, str], ...]:
    """Return id, name and meaning of every term that has words, sorted by name."""
    pack = foundations(only=("glossary",))
    untold = {place.partition(".")[0] for place in pack.missing(lang)}
    found = (
        {
            "id": id_,
            "name": pack.text(lang, "term", id_, "term"),
            "text": pack.text(lang, "term", id_, "definition"),
        }
        for id_ in pack.terms
        if id_ not in untold
    )
    return tuple(sorted(found, key=lambda term: term["name"].casefold()))


@lru_cache(maxsize=1)
def how_many_terms() -> int:
    """Return how many terms the pack has, with words in this language or without."""
    return len(foundations(only=("glossary",)).terms)


class CalmPage(StillPage):
    """A page to read while nothing is shown: a text for everybody, or a lesson."""

    def initialize(self, porter: Porter, text: str) -> None:  # type: ignore[override]
        """Remember which text."""
        super().initialize(porter)
        self._text = text

    def get(self) -> None:
        """Send the text, with a quiet way back at its foot for whoever decides for all."""
        is_guest = self.person.role in GUESTS
        # A guest's own quick exit hides their page alone; the others stay as they are.
        is_own = is_guest and self.porter.screens.mode == "open"
        self.show(
            text_page(
                self._text,
                self.lang,
                mode="own" if is_own else "visitors" if self._text == "lesson" else "hidden",
                asks_pin=self.porter.screens.pin is not None,
                has_way_back=is_own or not is_guest,
            )
        )


def text_page(text: str, lang: str, **values: Any) -> str:
    """Return a calm page with one of our texts: ``quiet`` or ``lesson``."""
    catalogue = messages(lang)
    return calm_page(
        "calm.html",
        lang,
        title=catalogue.text(f"screen.{text}.title"),
        parts=catalogue.text(f"screen.{text}.text").split("\n\n"),
        **values,
    )


class LockedPage(StillPage):
    """The door of a locked workspace."""

    async def get(self) -> None:
        """Ask for the passphrase, if one can open it."""
        if self.porter.screens.mode == "open":
            self.redirect("/", status=303)
            return
        if self.person.role in GUESTS:
            # Nobody types the passphrase into a phone.
            self.show(text_page("quiet", self.lang, mode="locked", has_way_back=False))
            return
        found = await asyncio.to_thread(self.porter.house.whereabouts)
        title = messages(self.lang).text("screen.locked.title")
        page = calm_page(
            "new.html" if found.is_new else "locked.html",
            self.lang,
            title=title,
            mode="locked",
            opens_by_words=found.opens_by_words,
            leave=self.settings["amparo_leave"],
            is_lost=self.porter.screens.lost,
        )
        self.show(page)


class Elsewhere(OwnErrors):
    """Sends who asks for a hidden page to the page that is shown now."""

    def initialize(self, place: str) -> None:
        """Remember where everybody is."""
        self._place = place

    def prepare(self) -> None:
        """Send a reader there; tell everything else that nothing is shown."""
        path = self.request.path
        is_page = path == READERS or not path.startswith(("/api", "/am"))
        if self.request.method == "GET" and is_page:
            lang = wanted_language(self.request, self.settings["amparo_lang"])
            room = "&at=room" if path == ROOM else ""
            self.redirect(f"{self._place}?lang={lang}{room}", status=303)
            return
        raise web.HTTPError(423)
