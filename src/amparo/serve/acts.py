"""What a page may ask the server to do: small JSON posts, each answered with one sentence."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from tornado import web

from amparo.errors import AmparoError
from amparo.messages import messages
from amparo.serve.base import base
from amparo.serve.handlers import OwnErrors
from amparo.serve.pages import wanted_language
from amparo.serve.pin import Pin
from amparo.serve.porter import Porter
from amparo.store.passphrase import suggest, word_language

_LARGEST = 16 * 1024


class Act(OwnErrors):
    """One post: reads a small JSON object, does one thing, answers ``{ok, text}``."""

    def initialize(self, porter: Porter) -> None:
        """Remember whom to ask."""
        self.porter = porter

    def check_xsrf_cookie(self) -> None:
        """Leave it to the gate: a strict cookie and an Origin that is ours."""

    async def post(self) -> None:
        """Do it, or say in one sentence why not."""
        try:
            await self.act(self._given())
        except AmparoError as error:
            self.refuse(error)

    async def act(self, given: dict[str, Any]) -> None:
        """Do what this route is for."""
        raise NotImplementedError

    def answer(self, status: HTTPStatus, text: str, **more: Any) -> None:
        """Answer with a sentence; a status below 400 means that it was done."""
        self.set_status(status)
        self.finish({"ok": status < HTTPStatus.BAD_REQUEST, "text": text, **more})

    def say(self, key: str, status: HTTPStatus = HTTPStatus.OK, **more: Any) -> None:
        """Answer with a sentence of the catalogue."""
        self.answer(status, self.sentence(key), **more)

    def sentence(self, key: str) -> str:
        """Return one sentence in the language of the page."""
        lang = wanted_language(self.request, self.settings["amparo_lang"])
        return messages(lang).text(f"screen.{key}")

    def sentence_of(self, error: AmparoError) -> str:
        """Return the sentence of a refusal in the language of the page."""
        lang = wanted_language(self.request, self.settings["amparo_lang"])
        return messages(lang).error(error)

    def refuse(self, error: AmparoError) -> None:
        """Answer that it was not done, and why."""
        self.answer(HTTPStatus.CONFLICT, self.sentence_of(error))

    def _given(self) -> dict[str, Any]:
        body = self.request.body
        if len(body) > _LARGEST:
            raise web.HTTPError(413)
        try:
            given = json.loads(body or b"{}")
        except (ValueError, RecursionError):
            raise web.HTTPError(400) from None
        if not isinstance(given, dict):
            raise web.HTTPError(400)
        return given


class Hide(Act):
    """Blanks every page; they show a calm text."""

    async def act(self, given: dict[str, Any]) -> None:  # noqa: ARG002
        """Hide."""
        self.porter.hide("hidden")
        self.say("said.hidden")


class Visitors(Act):
    """Blanks every page; they show a lesson."""

    async def act(self, given: dict[str, Any]) -> None:  # noqa: ARG002
        """Hide behind the lesson."""
        self.porter.hide("visitors")
        self.say("said.hidden")


class Show(Act):
    """Brings the pages back, with the PIN if there is one."""

    async def act(self, given: dict[str, Any]) -> None:
        """Compare the PIN; a wrong one only takes time."""
        screens = self.porter.screens
        if screens.mode not in {"hidden", "visitors"}:
            self.say("said.shown")
            return
        if screens.pin is not None:
            fits = await screens.tries.judge(screens.pin, given.get("pin"))
            if fits is None:
                self.say("said.wait", HTTPStatus.TOO_MANY_REQUESTS)
                return
            if not fits:
                self.say("said.no_such_page", HTTPStatus.FORBIDDEN)
                return
        screens.show_again()
        self.say("said.shown")


class SetPin(Act):
    """Sets, changes or takes away the PIN; whoever changes it must know the old one."""

    async def act(self, given: dict[str, Any]) -> None:
        """Keep a hash of the PIN in memory."""
        screens = self.porter.screens
        wanted = given.get("pin")
        pin = Pin.of(wanted)
        if pin is None and wanted != "":
            self.say("said.pin_shape", HTTPStatus.BAD_REQUEST)
            return
        if screens.pin is not None and not await screens.tries.judge(screens.pin, given.get("old")):
            self.say("said.pin_wrong", HTTPStatus.FORBIDDEN)
            return
        screens.pin = pin
        self.say("said.pin_set" if pin else "said.pin_gone")


class Lock(Act):
    """Ends the keeper: the key is in no memory any more."""

    async def act(self, given: dict[str, Any]) -> None:  # noqa: ARG002
        """Lock."""
        await self.porter.lock()
        self.say("said.locked")


class Unlock(Act):
    """Opens a locked workspace."""

    async def act(self, given: dict[str, Any]) -> None:
        """Start a keeper with what was typed."""
        passphrase = _passphrase(given.get("passphrase"))
        if passphrase is None:
            self.say("said.passphrase_missing", HTTPStatus.BAD_REQUEST)
            return
        await self.porter.unlock(passphrase)
        self.say("said.unlocked")


class NewPassphrase(Act):
    """Base of what needs a passphrase that nobody has used before: it is typed twice."""

    def chosen(self, given: dict[str, Any]) -> str | None:
        """Return the passphrase; None when something is wrong with it, which is then said."""
        passphrase = _passphrase(given.get("passphrase"))
        if passphrase is None:
            self.say("said.passphrase_missing", HTTPStatus.BAD_REQUEST)
            return None
        if given.get("again") != given.get("passphrase"):
            self.say("said.passphrase_differs", HTTPStatus.BAD_REQUEST)
            return None
        return passphrase


class Begin(NewPassphrase):
    """Makes the workspace of an organisation that has none yet."""

    def get(self) -> None:
        """Offer six random words for it."""
        _suggest(self)

    async def act(self, given: dict[str, Any]) -> None:
        """Compare the two passphrases and make it."""
        passphrase = self.chosen(given)
        if passphrase is not None:
            await self.porter.begin(passphrase)
            self.say("said.unlocked")


class Keep(NewPassphrase):
    """Keeps a session-only workspace as one encrypted file."""

    async def act(self, given: dict[str, Any]) -> None:
        """Compare the two passphrases and keep it."""
        passphrase = self.chosen(given)
        if passphrase is None:
            return
        await self.porter.keep(passphrase)
        self.say("said.kept", place=self.porter.house.whereabouts().place)


class Forget(Act):
    """Ends and erases the workspace."""

    async def act(self, given: dict[str, Any]) -> None:
        """Compare the word, erase, and say what may remain."""
        word = given.get("word")
        lang = wanted_language(self.request, self.settings["amparo_lang"])
        expected = messages(lang).text("cli.wipe.word")
        if not isinstance(word, str) or word.strip().casefold() != expected.casefold():
            self.say("said.word_differs", HTTPStatus.BAD_REQUEST)
            return
        remains = await self.porter.forget()
        lines = [messages(lang).text(key) for key in remains]
        self.say("said.forgotten", remains=lines)


class Suggest(Act):
    """Offers six random words."""

    def get(self) -> None:
        """Answer with new words each time; they are kept nowhere."""
        _suggest(self)


class Kept(Act):
    """Says what is kept where."""

    def get(self) -> None:
        """Answer with a sentence and, for a workspace that stays, its place."""
        found = self.porter.house.whereabouts()
        # Where it lies on a network's server is nothing that its visitors can look at.
        own = "kept.server" if base() else "kept.file"
        self.say(
            "kept.session" if found.session_only else own,
            session_only=found.session_only,
            place="" if base() else found.place,
            pin=self.porter.screens.pin is not None,
        )


ACTS: dict[str, type[Act]] = {
    "/am/hide": Hide,
    "/am/visitors": Visitors,
    "/am/show": Show,
    "/am/pin": SetPin,
    "/am/lock": Lock,
    "/am/unlock": Unlock,
    "/am/begin": Begin,
    "/am/keep": Keep,
    "/am/forget": Forget,
    "/am/suggest": Suggest,
    "/am/kept": Kept,
}


def _suggest(act: Act) -> None:
    lang = wanted_language(act.request, act.settings["amparo_lang"])
    words = suggest(word_language(lang))
    act.say("said.suggested", words=words, passphrase=words)


def _passphrase(given: object) -> str | None:
    is_usable = isinstance(given, str) and given.strip() and len(given) <= 1024  # noqa: PLR2004
    return given if is_usable and isinstance(given, str) else None
