"""The gate of an organisation's server on a hub: its own account comes in, and nobody else.

JupyterHub's own ``HubOAuth`` asks the hub who somebody is. What the hub gives for it stays in
the memory of this process: a browser holds a random cookie of ours, never a key to the hub.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from jupyterhub.services.auth import HubOAuth, HubOAuthCallbackHandler, HubOAuthenticated
from tornado import httputil, web

from amparo.serve.base import base
from amparo.serve.doors import Door
from amparo.serve.gate import Gate, Greeter
from amparo.serve.handlers import OwnErrors
from amparo.serve.hub_place import HubPlace
from amparo.serve.pages import READERS, going_page, wanted_language
from amparo.serve.people import People, Person, digest_of

CALLBACK = "/oauth_callback"
_ASK_EVERY_S = 30.0
# As long as JupyterHub itself believes an answer of the hub.
_BELIEVED_S = 300.0
_USUAL_PORT = {"http": 80, "https": 443}


@dataclass(slots=True, repr=False)
class Entry:
    """Somebody who came in: what the hub gave for it, and when the hub last confirmed it."""

    token: str
    session: str
    confirmed_at: float


class OwnAccount(HubOAuth):
    """Knows one account; every other one is refused, administrators too.

    Attributes:
        gate: lets in whom the hub confirms.
    """

    gate: HubGate

    def user_for_token(
        self,
        token: str,
        use_cache: bool = True,  # noqa: FBT001, FBT002 - JupyterHub's own order
        session_id: str = "",
        *,
        sync: bool = True,  # noqa: ARG002
    ) -> Any:
        """Return what the hub says of a token, to be awaited; of other accounts it says no."""
        return self._owned(HubOAuth.user_for_token(self, token, use_cache, session_id, sync=False))

    async def _owned(self, asked: Any) -> Any:
        model = await asked
        if model is not None and not self.gate.is_owner(model):
            raise web.HTTPError(HTTPStatus.FORBIDDEN)
        return model

    def set_cookie(self, handler: web.RequestHandler, access_token: str) -> None:
        """Keep what the hub gave in here, and give the browser a cookie of our own."""
        self.gate.admit(handler, access_token)


class HubDoor(Door):
    """The hub's public address, under which its visitors know this server."""

    def __init__(self, place: HubPlace) -> None:
        public = urlsplit(place.origin)
        super().__init__((place.hostname,), "https" if place.is_secure else "http")
        self.port = public.port or _USUAL_PORT[public.scheme]

    def listens_on(self, port: int) -> None:
        """Nothing to note: visitors name the hub's own port."""

    @property
    def cookie_name(self) -> str:
        """One name: the path of the cookie tells the organisations apart."""
        return "am"


class HubGate(Gate):
    """Asks the same questions as every gate of ours, and the hub who somebody is.

    Args:
        people: the one person of this server; who comes in through the hub is that person.
        place: what the hub said when it started this server.
        clock: seconds that only grow.
    """

    def __init__(
        self, people: People, place: HubPlace, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(people, HubDoor(place), leave=place.leave)
        self._place = place
        self._clock = clock
        self._entries: dict[bytes, Entry] = {}
        self._asking: asyncio.Task[bool] | None = None
        self._asked_at = clock()
        # Lax: a reader may come from a page elsewhere, and must find again what was set before.
        self._hub = OwnAccount(**place.oauth, cookie_options={"samesite": "Lax"})
        self._hub.gate = self

    def brings_token(self, request: httputil.HTTPServerRequest) -> bool:  # noqa: ARG002
        """Tell that no secret in an address opens anything here."""
        return False

    def person(self, request: httputil.HTTPServerRequest) -> Person | None:
        """Return the organisation, if somebody asks who came in through the hub."""
        morsel = request.cookies.get(self.door.cookie_name)
        given = digest_of(morsel.value) if morsel is not None else b""
        # Compared as digests: how long it takes says nothing about the secret.
        return self.people.host if given in self._entries else None

    def refusal(self, request: httputil.HTTPServerRequest) -> HTTPStatus | None:
        """Return why *request* may not come in, or nothing; on the way in nobody is inside."""
        status = super().refusal(request)
        is_return = request.path == CALLBACK and status == HTTPStatus.NOT_FOUND
        return HTTPStatus.UNAUTHORIZED if is_return else status

    def greeter(self, request: httputil.HTTPServerRequest, status: HTTPStatus) -> Greeter | None:
        """Send whoever asks for a page to the hub, and take back whom the hub sends."""
        if status != HTTPStatus.UNAUTHORIZED or request.method != "GET":
            return None
        if request.path == CALLBACK:
            return Return, {"hub_auth": self._hub}
        if request.path == READERS or not request.path.startswith(("/api", "/am", "/voila")):
            return ToTheHub, {"hub_auth": self._hub, "origin": self._place.origin}
        return None

    def is_owner(self, model: Any) -> bool:
        """Tell whether the hub speaks of the organisation's own account.

        Its administrators may reach every server, says the hub; they may not come in here.
        """
        is_known = isinstance(model, dict) and model.get("kind", "user") == "user"
        return is_known and model.get("name") == self._place.account

    def admit(self, handler: web.RequestHandler, token: str) -> None:
        """Let somebody in whom the hub has just confirmed."""
        cookie = secrets.token_urlsafe(32)
        entry = Entry(token, self._hub.get_session_id(handler), self._clock())
        self._entries[digest_of(cookie)] = entry
        self.welcome(handler, cookie)

    async def has_lost_somebody(self) -> bool:
        """Ask the hub, twice a minute and beside other work, whether all may still come in."""
        if self._asking is not None:
            if not self._asking.done():
                return False
            asked, self._asking = self._asking, None
            return asked.result()
        if self._entries and self._clock() - self._asked_at >= _ASK_EVERY_S:
            self._asked_at = self._clock()
            self._asking = asyncio.ensure_future(self._ask_again())
        return False

    async def _ask_again(self) -> bool:
        held = tuple(self._entries.items())
        lost = [cookie for cookie, entry in held if not await self._confirms(entry)]
        for cookie in lost:
            self._entries.pop(cookie, None)
        return bool(lost)

    async def _confirms(self, entry: Entry) -> bool:
        with suppress(web.HTTPError, OSError, ValueError):
            model = await HubOAuth.user_for_token(
                self._hub, entry.token, use_cache=False, session_id=entry.session, sync=False
            )
            entry.confirmed_at = self._clock()
            return self.is_owner(model)
        # The hub does not answer: it may be starting anew.
        return self._clock() - entry.confirmed_at < _BELIEVED_S


class ToTheHub(HubOAuthenticated, OwnErrors):  # type: ignore[override, misc]
    """Sends somebody to the hub, which says who it is and sends them back."""

    def initialize(self, hub_auth: HubOAuth, origin: str) -> None:
        """Remember which hub."""
        self.hub_auth = hub_auth
        self._origin = origin

    def get(self) -> None:
        """Send them; the whole address, because it lies outside our own."""
        address = self.get_login_url()
        whole = address if "://" in address else f"{self._origin}{address}"
        self.redirect(whole, status=HTTPStatus.SEE_OTHER)


class Return(HubOAuthCallbackHandler, OwnErrors):  # type: ignore[override, misc]
    """Takes back whom the hub sends, with its word for it."""

    def initialize(self, hub_auth: HubOAuth) -> None:
        """Remember which hub."""
        self.hub_auth = hub_auth

    def redirect(self, url: str, permanent: bool = False, status: int | None = None) -> None:  # noqa: ARG002, FBT001, FBT002
        """Go on from a page of ours: only then does a browser bring the strict cookie along."""
        lang = wanted_language(self.request, self.settings["amparo_lang"])
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        inside = url if url.startswith(f"{base()}/") else f"{base()}/"
        self.finish(going_page(lang, inside))
