"""The strict headers of every answer, and how long a browser may keep it."""

from __future__ import annotations

from http import HTTPStatus

from tornado import httputil, web

from amparo.serve.base import base
from amparo.serve.doors import Door
from amparo.serve.pages import PREVIEW
from amparo.serve.parts import ROUTE, parts_version

_STATIC = ("/voila/static/", "/voila/labextensions/", "/voila/templates/", "/am/join.js")
_DAY_S, _YEAR_S = 86_400, 31_536_000
# blob: because anywidget turns each part into a blob before it imports it; a blob can only be
# made by a script that this policy already let in.
_POLICY = (
    "default-src 'none'; script-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' {socket}://{host}; "
    "worker-src 'self' blob:; frame-src {scheme}://{host}{base}/am/preview/; "
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


class SafeHeaders(web.OutputTransform):
    """Puts the same strict headers on every answer, whichever handler made it."""

    def __init__(self, door: Door, request: httputil.HTTPServerRequest) -> None:
        super().__init__(request)
        self._door = door
        self._host = request.host if door.is_addressed(request) else door.names[0]
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
        headers["Content-Security-Policy"] = _POLICY.format(
            host=self._host,
            scheme=self._door.scheme,
            socket=self._door.socket_scheme,
            base=base(),
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
