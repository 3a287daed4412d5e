"""Papers out of the browser: a process of its own makes each, its bytes come over a pipe."""

from __future__ import annotations

import asyncio
import json
import os
import re
import secrets
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, replace
from http import HTTPStatus
from typing import Any

from amparo.errors import AmparoError, AudienceError, NotReadError, ReportError
from amparo.keeper.faults import rebuild
from amparo.messages import messages
from amparo.report.audiences import AUDIENCES_OF, BLANKS, OUTSIDE
from amparo.report.ticks import Ticks
from amparo.resources import DATA
from amparo.serve.acts import Act
from amparo.serve.base import base
from amparo.serve.house import Paper, PaperOrder
from amparo.serve.pages import sentence_page, wanted_language
from amparo.serve.porter import Porter

PAPERS = ("a4", "letter", "oficio")
_FILE_NAME = "notes.pdf"
_PATIENCE_S = 120.0
_ONCE_S = 120.0
_AT_ONCE = 2
_STEP = re.compile(r"[A-Za-z0-9_]{1,32}")
_TICKED = "keepers"  # what a part sends for a box that was ticked
_LIST = b'{"digest":'


class NeedsWordError(AmparoError):
    """A paper for the keepers only was asked for without the word that says so."""

    key = "screen.error.needs_word"


async def make_paper(paper: Paper, order: PaperOrder) -> bytes:
    """Return a paper as PDF bytes, made by a process that can fetch this one ticket.

    Raises:
        AmparoError: it could not be made.
    """
    made = await _asked(paper, order)
    if made.startswith(b"%PDF"):
        return made
    raise told(made)


async def list_sentences(paper: Paper, order: PaperOrder) -> bytes:
    """Return what would leave with a paper as JSON, told by a process that can fetch just that.

    Raises:
        AmparoError: it could not be told.
    """
    said = await _asked(paper, order, sentences=True)
    if said.startswith(_LIST):
        return said
    raise told(said)


async def _asked(paper: Paper, order: PaperOrder, *, sentences: bool = False) -> bytes:
    asked = {
        "report": paper.report,
        "ticket": order.ticket,
        "lang": paper.lang,
        "paper": paper.paper,
        "parameters": dict(paper.parameters),
        "format": paper.format,
        "ticks": paper.ticks,
        "sentences": sentences,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "amparo.report",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=child_environment(order.environment),
    )  # fmt: skip
    try:
        async with asyncio.timeout(_PATIENCE_S):
            made, _ = await process.communicate(json.dumps(asked).encode("ascii"))
    except BaseException:
        if process.returncode is None:
            process.kill()
            await process.wait()
        raise
    return made


def told(said: bytes) -> AmparoError:
    """Return the error that a process of ours has written instead of a paper."""
    try:
        return rebuild(json.loads(said))
    except ValueError:
        return ReportError("the process ended without a paper")


def child_environment(given: Mapping[str, str]) -> dict[str, str]:
    """Return what a process that makes papers is started with: no right beyond *given*."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name == DATA or not name.startswith("AMPARO_")
    }
    return {**kept, **given}


def _leaves(paper: Paper) -> bool:
    """Tell whether a paper goes to readers outside the group."""
    return paper.audience in OUTSIDE and paper.report not in BLANKS


class Papers:
    """The papers that were asked for with a word or with ticks: each is given once."""

    def __init__(self) -> None:
        self._waiting: dict[str, tuple[float, Paper]] = {}
        self._room = asyncio.Semaphore(_AT_ONCE)

    def allow(self, paper: Paper) -> str:
        """Note that *paper* may be fetched once, within two minutes; return the word for it."""
        self._forget_old()
        once = secrets.token_hex(16)
        self._waiting[once] = (time.monotonic(), paper)
        return once

    def allowed(self, once: str) -> Paper | None:
        """Return the paper that *once* stands for, one time only."""
        self._forget_old()
        found = self._waiting.pop(once, None)
        return found[1] if found else None

    async def make(self, paper: Paper, order: PaperOrder) -> bytes:
        """Make a paper when there is room: two at a time, so that the screens stay quick."""
        async with self._room:
            return await make_paper(paper, order)

    async def list_sentences(self, paper: Paper, order: PaperOrder) -> bytes:
        """Tell what would leave with a paper, when there is room."""
        async with self._room:
            return await list_sentences(paper, order)

    def _forget_old(self) -> None:
        now = time.monotonic()
        self._waiting = {
            once: held for once, held in self._waiting.items() if now - held[0] < _ONCE_S
        }


class PaperFile(Act):
    """One paper: ``GET`` gives what a group may hold, ``POST`` asks for the others.

    The keepers' own are asked for with a word, those that leave the group with the ticks of two
    people who read what ``GET`` with ``sentences`` lists.
    """

    def initialize(self, porter: Porter, papers: Papers) -> None:  # type: ignore[override]
        """Remember whom to ask."""
        super().initialize(porter)
        self._papers = papers

    async def get(self, report: str) -> None:
        """Answer with the PDF, or with one sentence."""
        lang = wanted_language(self.request, self.settings["amparo_lang"])
        if self.get_query_argument("sentences", ""):
            await self._list(report, lang)
            return
        try:
            paper = self._allowed(report) or self._asked_without_a_word(report, lang)
            data = await self._made(paper)
        except TimeoutError:
            self._sentence(messages(lang).error(ReportError("too slow")))
        except AmparoError as error:
            self._sentence(messages(lang).error(error))
        else:
            self.set_header("Content-Type", "application/pdf")
            self.set_header("Content-Disposition", f'inline; filename="{_FILE_NAME}"')
            await self.finish(data)

    async def post(self, report: str) -> None:  # type: ignore[override]
        """Allow one paper to be fetched once, against a word or the ticks of two people."""
        self._report = report
        await super().post()

    async def act(self, given: dict[str, Any]) -> None:
        """Compare the word, or read the ticks, and answer with the address of the paper."""
        lang = wanted_language(self.request, self.settings["amparo_lang"])
        paper = self._asked(self._report, lang)
        if _leaves(paper):
            # Whether they are of what really leaves, the process that makes it judges.
            ticks = Ticks.of(given.get("ticks"))
            self._allow(replace(paper, ticks=asdict(ticks)))
            return
        word = given.get("word")
        expected = {self.sentence("papers.word").casefold(), _TICKED}
        if not isinstance(word, str) or word.strip().casefold() not in expected:
            self.say("said.word_differs", HTTPStatus.BAD_REQUEST)
            return
        self._allow(paper)

    def _allow(self, paper: Paper) -> None:
        once = self._papers.allow(paper)
        query = f"lang={paper.lang}&once={once}"
        self.say("said.paper_ready", address=f"{base()}/am/paper/{paper.report}?{query}")

    async def _list(self, report: str, lang: str) -> None:
        try:
            paper = self._asked(report, lang)
            if not _leaves(paper):
                raise AudienceError("nothing leaves", report=report, known=", ".join(OUTSIDE))
            order = await asyncio.to_thread(self.porter.house.order, paper)
            told_list = await self._papers.list_sentences(paper, order)
        except TimeoutError:
            self.answer(HTTPStatus.CONFLICT, messages(lang).error(ReportError("too slow")))
        except AmparoError as error:
            self.answer(HTTPStatus.CONFLICT, messages(lang).error(error))
        else:
            self.set_header("Content-Type", "application/json; charset=UTF-8")
            await self.finish(told_list)

    def _allowed(self, report: str) -> Paper | None:
        paper = self._papers.allowed(self.get_query_argument("once", ""))
        return paper if paper and paper.report == report else None

    def _asked_without_a_word(self, report: str, lang: str) -> Paper:
        paper = self._asked(report, lang)
        if paper.audience == "keepers":
            raise NeedsWordError("keepers' papers are asked for with a word")
        if _leaves(paper):
            raise NotReadError("what leaves is asked for with ticks")
        return paper

    def _asked(self, report: str, lang: str) -> Paper:
        if report not in BLANKS and report not in AUDIENCES_OF:
            raise ReportError("unknown report")
        audiences = AUDIENCES_OF.get(report, ("public",))
        audience = self.get_query_argument("audience", audiences[0])
        if audience not in audiences:
            raise AudienceError("wrong audience", report=report, known=", ".join(audiences))
        paper = self.get_query_argument("paper", None)
        if paper is not None and paper not in PAPERS:
            raise ReportError("unknown paper")
        step = self.get_query_argument("step", None)
        if step is not None and not _STEP.fullmatch(step):
            raise ReportError("unknown step")
        parameters = {"step": step.lower()} if step else {}
        return Paper(report, audience, lang, paper, parameters)

    async def _made(self, paper: Paper) -> bytes:
        if paper.report in BLANKS:
            return await self._papers.make(paper, PaperOrder("", {}))
        order = await asyncio.to_thread(self.porter.house.order, paper)
        return await self._papers.make(paper, order)

    def _sentence(self, text: str) -> None:
        lang = wanted_language(self.request, self.settings["amparo_lang"])
        self.set_status(HTTPStatus.CONFLICT)
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.finish(sentence_page(lang, text))
