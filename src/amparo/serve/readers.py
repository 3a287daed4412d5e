"""What each reader gets: the same paper as four readers see it, and how much stays here."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from amparo.errors import AmparoError, ReportError
from amparo.messages import Messages, messages
from amparo.model.reach import Audience
from amparo.model.registry import BY_KIND
from amparo.report.audiences import KEEPERS_ONLY, OUTSIDE, REPORTS
from amparo.serve.gate import seat_of
from amparo.serve.house import House, Paper
from amparo.serve.pages import (
    ALONE,
    PREVIEW,
    READERS,
    Seat,
    look_classes,
    sentence_page,
    still_page,
)
from amparo.serve.preview import has_paper
from amparo.serve.still import StillPage
from amparo.session import LeftOut

_READERS: tuple[Audience, ...] = ("keepers", "group", "allies", "public")
# A plan never leaves the group: those outside have a paper of their own in its place.
_INSTEAD: Mapping[tuple[str, Audience], str] = {
    ("plan", "allies"): "allies",
    ("plan", "public"): "public",
}
_FIRST = "plan"


@dataclass(frozen=True, slots=True)
class Reader:
    """One column.

    Attributes:
        audience: who reads.
        report: the paper that this reader may have; empty when there is none.
        frame: address of that paper as a frame; empty for the keepers.
        left_out: kind of record -> what of it this reader does not get.
    """

    audience: Audience
    report: str = ""
    frame: str = ""
    left_out: Mapping[str, LeftOut] | None = None

    @property
    def is_outside(self) -> bool:
        """Whether the paper would leave the group."""
        return self.audience in OUTSIDE


def families() -> tuple[str, ...]:
    """Return the papers that can be compared: whatever is not for the keepers alone."""
    return tuple(
        name
        for name, report in REPORTS.items()
        if name not in KEEPERS_ONLY and set(report.audiences) & set(_READERS) and has_paper(name)
    )


def readers_of(family: str, lang: str, house: House) -> tuple[Reader, ...]:
    """Return what each reader gets of *family*: keepers, group, allies, public.

    Raises:
        AmparoError: the workspace cannot be asked.
    """
    return tuple(_reader(family, audience, lang, house) for audience in _READERS)


def _reader(family: str, audience: Audience, lang: str, house: House) -> Reader:
    report = _INSTEAD.get((family, audience), family)
    if audience not in REPORTS[report].audiences or not has_paper(report):
        return Reader(audience)
    # What the report never speaks of is not shown either, whoever might see it elsewhere.
    unsaid = tuple(kind for kind in BY_KIND if not REPORTS[report].speaks_of(kind))
    left_out = house.left_out(Paper(report, audience, lang, without=unsaid))
    query = urlencode({"audience": audience, "lang": lang})
    frame = "" if audience == "keepers" else f"{PREVIEW}{report}?{query}"
    return Reader(audience, report, frame, left_out)


class ReadersPage(StillPage):
    """Readers side by side, with what each does not get."""

    async def get(self) -> None:
        """Send the page, or one sentence."""
        family = self.get_query_argument("report", _FIRST)
        try:
            if family not in families():
                raise ReportError("unknown report")
            found = await asyncio.to_thread(readers_of, family, self.lang, self.porter.house)
        except AmparoError as error:
            self.set_status(HTTPStatus.CONFLICT)
            self.show(sentence_page(self.lang, messages(self.lang).error(error)))
            return
        if self.porter.screens.mode != "open":
            self.redirect(f"{self.porter.screens.place}?lang={self.lang}", status=303)
            return
        look = look_classes(self.request)
        self.show(readers_page(family, found, self.lang, look, seat_of(self)))


def readers_page(
    family: str, found: tuple[Reader, ...], lang: str, look: str, seat: Seat = ALONE
) -> str:
    """Return the page of one family of papers."""
    words = messages(lang)
    return still_page(
        "readers.html",
        lang,
        look=look,
        seat=seat,
        more_styles=("preview.css",),
        address=READERS,
        family=family,
        families=[(name, paper_name(words, name)) for name in families()],
        readers=[_column(one, words) for one in found],
        only_keepers=[paper_name(words, name) for name in sorted(KEEPERS_ONLY) if has_paper(name)],
    )


def paper_name(words: Messages, report: str) -> str:
    """Return the name of a paper as the papers' own screen says it."""
    keys = (f"part.papers.{report}", f"screen.papers.{report}")
    return words.text(next((key for key in keys if words.has(key)), keys[0]))


def _column(one: Reader, words: Messages) -> dict[str, Any]:
    left = one.left_out or {}
    return {
        "reader": one,
        "name": paper_name(words, one.report) if one.report else "",
        "left_out": [_line(kind, left[kind], words) for kind in BY_KIND if kind in left],
    }


def _line(kind: str, left: LeftOut, words: Messages) -> str:
    counts = (("records", left.records), ("fields", left.fields))
    said = [words.plural(f"screen.readers.{what}", number) for what, number in counts if number]
    count = words.text("screen.readers.and").join(said)
    return words.text("screen.readers.line", kind=words.text(f"kind.{kind}.many"), count=count)
