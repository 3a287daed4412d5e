"""The door of the server: every request passes here before any handler sees it.

Five questions, in this order: is it addressed to us, by a method we use, from our own page,
does it bring the one-time address or the cookie made from it. Only then is a route looked up.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import partial
from hmac import compare_digest
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from jupyter_server.auth.identity import IdentityProvider, User
from tornado import httputil, web

from amparo.serve.base import base, step_inside
from amparo.serve.pages import PREVIEW, message_page, wanted_language
from amparo.serve.parts import ROUTE, parts_version
from amparo.serve.screens import Screens
from amparo.serve.still import Elsewhere

Answering = tuple[type[web.RequestHandler], dict[str, Any]]
_HOSTS = ("127.0.0.1", "localhost", "[::1]")
_READING = frozenset({"GET", "HEAD"})
_STATIC = ("/voila/static/", "/voila/labextensions/", "/voila/templates/")
_DAY_S, _YEAR_S = 86_400, 31_536_000
# blob: because anywidget turns each part into a blob before it imports it; a blob can only be
# made by a script that this policy already let in.
_POLICY = (
    "default-src 'none'; script-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' {socket}; "
    "worker-src 'self' blob:; frame-src {origin}/am/preview/; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
# A paper in a frame: our own pages may frame it, nothing in it runs or fetches. The page around
# it keeps the reader's place in it, hence the same origin; without scripts nobody else can use it.
_PREVIEW_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox allow-same-origin"
)
_HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-DNS-Prefetch-Control": "off",
}


@dataclass(slots=True)
class Gate:
    """Who may come in: the secret in the address and the cookie it is exchanged for."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    port: int = 0
    # The address on which somebody signs out; empty where nobody signs in.
    leave: str = ""

    @property
    def hostnames(self) -> list[str]:
        """The names of this server that Jupyter's own handlers must know too."""
        return ["localhost"]

    @property
    def cookie_name(self) -> str:
        """Cookies know no ports, so two servers on one machine need two names."""
        return f"am{self.port}"

    def address(self, lang: str) -> str:
        """Return the address that opens the workbook."""
        return f"http://127.0.0.1:{self.port}/?{urlencode({'lang': lang, 'token': self.token})}"

    def refusal(self, request: httputil.HTTPServerRequest) -> HTTPStatus | None:
        """Return why *request* may not come in, or nothing."""
        if not self.is_addressed(request):
            return HTTPStatus.FORBIDDEN
        if request.method not in _READING and request.method != "POST":
            return HTTPStatus.METHOD_NOT_ALLOWED
        if not self._is_from_our_page(request):
            return HTTPStatus.FORBIDDEN
        if not self.has_cookie(request):
            return HTTPStatus.UNAUTHORIZED
        return None

    async def has_lost_somebody(self) -> bool:
        """Tell whether somebody may no longer come in who just could; asked every second."""
        return False

    def at_the_door(self, request: httputil.HTTPServerRequest, status: HTTPStatus) -> Answering:  # noqa: ARG002
        """Return who answers a request that may not come in, and with which arguments."""
        return Refusal, {"status": status}

    def origin(self, request: httputil.HTTPServerRequest) -> str:
        """Return scheme, host and port of our own pages, as the reader of *request* sees them."""
        host = request.host if request.host.startswith(_HOSTS) else "127.0.0.1"
        return f"http://{host}"

    def is_addressed(self, request: httputil.HTTPServerRequest) -> bool:
        """Tell whether the Host is this machine's own name (a web page can forge others)."""
        return request.host.lower() in {f"{host}:{self.port}" for host in _HOSTS}

    def has_cookie(self, request: httputil.HTTPServerRequest) -> bool:
        """Tell whether the session cookie is the right one."""
        morsel = request.cookies.get(self.cookie_name)
        return morsel is not None and _same(morsel.value, self.session)

    def brings_token(self, request: httputil.HTTPServerRequest) -> bool:
        """Tell whether this is a first visit with the right secret in the address."""
        given = request.query_arguments.get("token", [b""])[-1].decode("utf-8", "replace")
        return request.path == "/" and request.method == "GET" and _same(given, self.token)

    def _is_from_our_page(self, request: httputil.HTTPServerRequest) -> bool:
        origin = request.headers.get("Origin")
        is_socket = request.headers.get("Upgrade", "").lower() == "websocket"
        if origin is None:
            # Browsers always name the origin of a socket and of a post; others must not guess.
            return request.method in _READING and not is_socket
        return origin == self.origin(request)


def _same(given: str, expected: str) -> bool:
    return compare_digest(given.encode(), expected.encode())


class GateIdentity(IdentityProvider):
    """Tells Jupyter's own handlers who is asking; the gate has already let the request in."""

    def __init__(self, *, gate: Gate, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._gate = gate

    def get_user(self, handler: web.RequestHandler) -> User | None:
        """Return the one user, if the cookie is there (asked a second time on purpose)."""
        return User("workbook") if self._gate.has_cookie(handler.request) else None


class GuardedApplication(web.Application):
    """A tornado application that looks up a route only for requests that the gate let in."""

    def __init__(self, gate: Gate, lang: str, screens: Screens, **settings: Any) -> None:
        super().__init__(
            transforms=[partial(SafeHeaders, gate), web.GZipContentEncoding],
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
        if self.gate.is_addressed(request) and self.gate.brings_token(request):
            return self.get_handler_delegate(request, Welcome)
        status = self.gate.refusal(request)
        if status is not None:
            return self.get_handler_delegate(request, *self.gate.at_the_door(request, status))
        if not self._screens.answers(request.path):
            return self.get_handler_delegate(request, Elsewhere, {"place": self._screens.place})
        return super().find_handler(request, **kwargs)


class Welcome(web.RequestHandler):
    """Exchanges the secret in the address for a session cookie and cleans the address."""

    def get(self) -> None:
        """Set the cookie and send the browser to the clean address."""
        gate: Gate = self.application.gate  # type: ignore[attr-defined]
        self.set_cookie(
            gate.cookie_name, gate.session, httponly=True, samesite="Strict", path=f"{base()}/"
        )
        lang = wanted_language(self.request, self.settings["amparo_lang"])
        self.redirect(f"/?{urlencode({'lang': lang})}", status=HTTPStatus.SEE_OTHER)


class Refusal(web.RequestHandler):
    """Says in one sentence why there is nothing here."""

    def initialize(self, status: HTTPStatus) -> None:
        """Remember why."""
        self._status = status

    def prepare(self) -> None:
        """Answer every method alike."""
        lang = wanted_language(self.request, self.settings["amparo_lang"])
        self.set_status(self._status)
        self.finish(message_page(lang, self._status))


class SafeHeaders(web.OutputTransform):
    """Puts the same strict headers on every answer, whichever handler made it."""

    def __init__(self, gate: Gate, request: httputil.HTTPServerRequest) -> None:
        super().__init__(request)
        self._origin = gate.origin(request)
        self._is_preview = request.path.startswith(PREVIEW)
        self._is_static = request.path.startswith(_STATIC)
        given = request.query_arguments.get("v", [b""])[-1].decode("ascii", "replace")
        self._is_versioned = bool(given)
        if request.path.startswith(ROUTE):
            # Without the right version it is asked again each time: never an old helper.
            self._is_static = self._is_versioned = given == parts_version()

    def transform_first_chunk(
        self,
        status_code: int,
        headers: httputil.HTTPHeaders,
        chunk: bytes,
        finishing: bool,  # noqa: FBT001, ARG002
    ) -> tuple[int, httputil.HTTPHeaders, bytes]:
        """Set the headers just before the first byte leaves."""
        for name, value in _HEADERS.items():
            headers[name] = value
        socket = self._origin.replace("http", "ws", 1)
        headers["Content-Security-Policy"] = _POLICY.format(
            socket=socket, origin=f"{self._origin}{base()}"
        )
        if self._is_preview:
            headers["X-Frame-Options"] = "SAMEORIGIN"
            headers["Content-Security-Policy"] = _PREVIEW_POLICY
        headers["Cache-Control"] = self._cache(status_code)
        if headers.get("Location", "").startswith("/"):
            # Whoever sends a reader elsewhere names an address of ours as if it lay at the root.
            headers["Location"] = f"{base()}{headers['Location']}"
        headers.pop("Server", None)
        return status_code, headers, chunk

    def _cache(self, status: int) -> str:
        if not self._is_static or status not in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
            return "no-store"
        if self._is_versioned:
            return f"private, max-age={_YEAR_S}, immutable"
        return f"private, max-age={_DAY_S}"
