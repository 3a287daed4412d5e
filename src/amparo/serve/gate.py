"""The gate of the server: every request passes here before any handler sees it.

Six questions, in this order: is it addressed to us, by a method we use, from our own page, whose
session does it bring, may this role use this address, and is it shown now. Only then is a route
looked up.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from hmac import compare_digest
from http import HTTPStatus
from typing import Any

from jupyter_server.auth.authorizer import Authorizer
from jupyter_server.auth.identity import IdentityProvider, User
from tornado import httputil, web

from amparo.serve.base import base
from amparo.serve.doors import Door
from amparo.serve.pages import Seat
from amparo.serve.people import People, Person
from amparo.serve.routes import HOSTS, JOIN, WORK, allows, home, rule_for

# A handler and its arguments.
Greeter = tuple[type[web.RequestHandler], dict[str, Any]]
_READING = frozenset({"GET", "HEAD"})


@dataclass(slots=True)
class Gate:
    """Who may come in at one door, and what they may use there."""

    people: People = field(default_factory=People)
    door: Door = field(default_factory=Door)
    # Only the door of this computer itself opens with an address that holds a secret.
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    # The address on which somebody signs out; empty where nobody signs in.
    leave: str = ""

    def address(self, lang: str) -> str:
        """Return the address that opens the workbook."""
        return self.door.address(lang=lang, token=self.token)

    def refusal(self, request: httputil.HTTPServerRequest) -> HTTPStatus | None:
        """Return why *request* may not come in, or nothing."""
        if not self.door.is_addressed(request):
            return HTTPStatus.FORBIDDEN
        if request.method not in _READING and request.method != "POST":
            return HTTPStatus.METHOD_NOT_ALLOWED
        if not self._is_from_our_page(request):
            return HTTPStatus.FORBIDDEN
        return self._not_for(self.person(request), request)

    def person(self, request: httputil.HTTPServerRequest) -> Person | None:
        """Return whose session *request* brings, if that person may come in at this door."""
        morsel = request.cookies.get(self.door.cookie_name)
        found = self.people.of(morsel.value) if morsel is not None else None
        return found if found is not None and found.role in self.door.roles else None

    def brings_token(self, request: httputil.HTTPServerRequest) -> bool:
        """Tell whether this is a first visit with the right secret in the address."""
        if self.door.has_join:
            return False
        given = request.query_arguments.get("token", [b""])[-1].decode("utf-8", "replace")
        is_first = request.path == "/" and request.method == "GET"
        return is_first and compare_digest(given.encode(), self.token.encode())

    def welcome(self, handler: web.RequestHandler, session: str) -> None:
        """Give a browser its session: for our own pages only, gone when the browser closes."""
        handler.set_cookie(
            self.door.cookie_name,
            session,
            httponly=True,
            samesite="Strict",
            secure=self.door.scheme == "https",
            path=f"{base()}/",
        )

    def way(self, request: httputil.HTTPServerRequest) -> str | None:
        """Return where to send somebody who asked for the bare address and lives elsewhere."""
        if request.path != "/" or request.method not in _READING:
            return None
        person = self.person(request)
        if person is None:
            return JOIN if self.door.has_join else None
        return home(person.role) if home(person.role) != "/" else None

    def _not_for(
        self, person: Person | None, request: httputil.HTTPServerRequest
    ) -> HTTPStatus | None:
        if person is None and not self._is_at_the_door(request):
            return HTTPStatus.UNAUTHORIZED
        role = person.role if person else None
        if allows(role, request.path, request.method or ""):
            return None
        if any(allows(role, request.path, method) for method in ("GET", "POST")):
            return HTTPStatus.METHOD_NOT_ALLOWED
        # As if it were not there: what others may use is nobody's business.
        return HTTPStatus.NOT_FOUND

    def greeter(self, request: httputil.HTTPServerRequest, status: HTTPStatus) -> Greeter | None:  # noqa: ARG002
        """Return who meets a request that may not come in, unless it is simply refused."""
        return None

    async def has_lost_somebody(self) -> bool:
        """Tell whether somebody may no longer come in who just could; asked every second."""
        return False

    def _is_at_the_door(self, request: httputil.HTTPServerRequest) -> bool:
        rule = rule_for(request.path)
        return self.door.has_join and rule is not None and rule.is_door

    def _is_from_our_page(self, request: httputil.HTTPServerRequest) -> bool:
        origin = request.headers.get("Origin")
        is_socket = request.headers.get("Upgrade", "").lower() == "websocket"
        if origin is None:
            # Browsers always name the origin of a socket and of a post; others must not guess.
            return request.method in _READING and not is_socket
        return self.door.is_origin(origin, request)


def asker(handler: web.RequestHandler) -> Person:
    """Return who is asking; the gate has let nobody else as far as a handler.

    Raises:
        HTTPError: this person was sent away meanwhile.
    """
    gate: Gate = handler.application.gate  # type: ignore[attr-defined]
    person = gate.person(handler.request)
    if person is None:
        raise web.HTTPError(HTTPStatus.UNAUTHORIZED)
    return person


def seat_of(handler: web.RequestHandler) -> Seat:
    """Return where the asker sits, which decides what the bar of a page offers."""
    role = asker(handler).role
    has_room = bool(handler.settings.get("amparo_has_room"))
    return Seat(role in HOSTS, role in WORK, has_room)


class GateIdentity(IdentityProvider):
    """Tells Jupyter's own handlers who is asking; the gate has already let the request in."""

    def get_user(self, handler: web.RequestHandler) -> User | None:
        """Return who brings this session (asked a second time on purpose)."""
        gate: Gate = handler.application.gate  # type: ignore[attr-defined]
        person = gate.person(handler.request)
        return User(person.label) if person is not None else None


class RoleAuthorizer(Authorizer):
    """Lets Jupyter's own handlers do only what the table of addresses allows this role."""

    def is_authorized(
        self,
        handler: web.RequestHandler,
        user: User,  # noqa: ARG002 - the session is read again, not believed
        action: str,  # noqa: ARG002 - the address says more than Jupyter's three verbs
        resource: str,  # noqa: ARG002
    ) -> bool:
        """Ask the table once more."""
        gate: Gate = handler.application.gate  # type: ignore[attr-defined]
        person = gate.person(handler.request)
        method = handler.request.method or ""
        return person is not None and allows(person.role, handler.request.path, method)
