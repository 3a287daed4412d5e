"""A paper as a frame inside a page of ours: what its reader would hold, to look at only."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from tornado import web

from amparo.errors import AmparoError, AudienceError, ForbiddenError, ReportError
from amparo.messages import messages
from amparo.report.audiences import AUDIENCES_OF
from amparo.resources import bundled
from amparo.serve.house import Paper
from amparo.serve.pages import sentence_page
from amparo.serve.papers import NeedsWordError
from amparo.serve.porter import Porter
from amparo.serve.press import Press
from amparo.serve.still import StillPage


def has_paper(report: str) -> bool:
    """Tell whether there is a notebook that makes *report*."""
    return (bundled("workbooks") / "reports" / f"{report}.ipynb").is_file()


def looked_at(report: str, audience: str | None, lang: str) -> Paper:
    """Return the paper somebody wants to see in a frame.

    Args:
        report: its name.
        audience: who would hold it; None takes the first reader who is not a keeper.
        lang: code of the language.

    Raises:
        AudienceError: it is not made for this reader.
        NeedsWordError: it is for the keepers, whose papers are asked for with a word.
        ReportError: there is no such report.
    """
    known = AUDIENCES_OF.get(report, ())
    if not known or not has_paper(report):
        raise ReportError("unknown report")
    usual = next((one for one in known if one != "keepers"), "keepers")
    chosen = audience or usual
    if chosen not in known:
        raise AudienceError("wrong audience", report=report, known=", ".join(known))
    if chosen == "keepers":
        raise NeedsWordError("keepers' papers are asked for with a word")
    return Paper(report, chosen, lang, format="html")


class PreviewFrame(StillPage):
    """One paper as HTML. The gate gives it a policy of its own: only our own pages frame it."""

    def initialize(self, porter: Porter, press: Press) -> None:  # type: ignore[override]
        """Remember whom to ask."""
        super().initialize(porter)
        self._press = press
        self._is_left = False

    async def get(self, report: str) -> None:
        """Answer with the paper, or with one sentence."""
        try:
            paper = looked_at(report, self.get_query_argument("audience", None), self.lang)
            made = await self._made(paper)
        except TimeoutError:
            self._sentence(ReportError("too slow"))
        except AmparoError as error:
            self._sentence(error)
        else:
            self.show(made.decode("utf-8"))

    def on_connection_close(self) -> None:
        """Nobody waits for it any more."""
        self._is_left = True

    async def _made(self, paper: Paper) -> bytes:
        async with self._press.room:
            self._look_around()
            made = await self._make(paper)
        # Asked again: somebody may have hidden everything meanwhile.
        self._look_around()
        return made

    async def _make(self, paper: Paper) -> bytes:
        order = await asyncio.to_thread(self.porter.house.standing_order, paper)
        try:
            return await self._press.make(paper, order)
        except ForbiddenError:
            order = await asyncio.to_thread(self.porter.house.standing_order, paper, again=True)
            return await self._press.make(paper, order)

    def _look_around(self) -> None:
        if self._is_left or self.porter.screens.mode != "open":
            raise web.HTTPError(423)

    def _sentence(self, error: AmparoError) -> None:
        if self.porter.screens.mode != "open":
            raise web.HTTPError(423)
        self.set_status(HTTPStatus.CONFLICT)
        self.show(sentence_page(self.lang, messages(self.lang).error(error)))
