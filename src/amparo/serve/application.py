"""The application behind one door: nothing is looked up before the gate has let it in."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from tornado import httputil, web

from amparo.serve.base import step_inside
from amparo.serve.gate import Gate, Greeter
from amparo.serve.headers import SafeHeaders
from amparo.serve.pages import message_page, wanted_language
from amparo.serve.screens import Screens
from amparo.serve.still import Elsewhere


class GuardedApplication(web.Application):
    """A tornado application that looks up a route only for requests that the gate let in."""

    def __init__(self, gate: Gate, lang: str, screens: Screens, **settings: Any) -> None:
        super().__init__(
            transforms=[partial(SafeHeaders, gate.door), web.GZipContentEncoding],  # type: ignore[list-item]
            default_handler_class=Refusal,
            default_handler_args={"status": HTTPStatus.NOT_FOUND},
            amparo_lang=lang,
            amparo_leave=gate.leave,
            **settings,
        )
        self.gate = gate
        self._screens = screens

    def find_handler(self, request: httputil.HTTPServerRequest, **kwargs: Any) -> Any:
        """Let the gate decide, then look for the route."""
        if not step_inside(request):
            return self.get_handler_delegate(request, Refusal, {"status": HTTPStatus.NOT_FOUND})
        met = self._met_at_the_door(request)
        if met is not None:
            return self.get_handler_delegate(request, *met)
        status = self.gate.refusal(request)
        if status is not None:
            greeter = self.gate.greeter(request, status) or (Refusal, {"status": status})
            return self.get_handler_delegate(request, *greeter)
        if not self._screens.answers(request.path):
            if self.gate.person(request) is None:
                # Nobody comes in while nothing is shown, and nobody is told that.
                status = HTTPStatus.UNAUTHORIZED
                return self.get_handler_delegate(request, Refusal, {"status": status})
            return self.get_handler_delegate(request, Elsewhere, {"place": self._screens.place})
        return super().find_handler(request, **kwargs)

    def _met_at_the_door(self, request: httputil.HTTPServerRequest) -> Greeter | None:
        if not self.gate.door.is_addressed(request):
            return None
        if self.gate.brings_token(request):
            return Welcome, {}
        way = self.gate.way(request)
        return (Onward, {"place": way}) if way is not None else None


class Welcome(web.RequestHandler):
    """Exchanges the secret in the address for a session cookie and cleans the address."""

    def get(self) -> None:
        """Set the cookie and send the browser to the clean address."""
        gate: Gate = self.application.gate  # type: ignore[attr-defined]
        gate.welcome(self, gate.people.host_session)
        lang = wanted_language(self.request, self.settings["amparo_lang"])
        address = f"{gate.door.opens_at}?{urlencode({'lang': lang})}"
        self.redirect(address, status=HTTPStatus.SEE_OTHER)


class Onward(web.RequestHandler):
    """Sends somebody who typed the bare address to the page on which they begin."""

    def initialize(self, place: str) -> None:
        """Remember where that is."""
        self._place = place

    def get(self) -> None:
        """Send them there, in their language if they asked for one."""
        given = self.request.query_arguments.get("lang")
        lang = wanted_language(self.request, self.settings["amparo_lang"])
        self.redirect(f"{self._place}?lang={lang}" if given else self._place, status=303)

    head = get


class Refusal(web.RequestHandler):
    """Says in one sentence why there is nothing here."""

    def initialize(self, status: HTTPStatus) -> None:
        """Remember why."""
        self._status = status

    def prepare(self) -> None:
        """Answer every method alike."""
        lang = wanted_language(self.request, self.settings["amparo_lang"])
        self.set_status(self._status)
        gate: Gate = self.application.gate  # type: ignore[attr-defined]
        self.finish(message_page(lang, self._status, in_a_room=gate.door.has_join))
