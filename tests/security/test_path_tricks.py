"""A path in an address is not a path on the disk."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from itertools import product
from typing import Any
from urllib.parse import urlsplit

import pytest

from .counts import tell

# Every route that turns a piece of its address into a file, and those that stock Voilà has.
PREFIXES = (
    "/",
    "/voila/static/",
    "/voila/templates/",
    "/voila/templates/amparo/",
    "/voila/templates/amparo/static/",
    "/voila/templates/lab/static/",
    "/voila/labextensions/",
    "/voila/labextensions/anywidget/",
    "/voila/labextensions/@jupyter-widgets/jupyterlab-manager/",
    "/voila/files/",
    "/voila/render/",
    "/files/",
    "/static/",
    "/am/parts/",
    "/am/paper/",
    "/am/preview/",
    "/api/contents/",
    "/api/kernels/",
)
_UP = (
    "../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..\\", "..%5c", "....//", "..;/", "%252e%252e%252f",
    "..%c0%af", "..%00/", "./../", "..//", "%2e%2e%5c", ".%2e/", "..%ef%bc%8f",
)  # fmt: skip
_DEPTHS = (1, 12)
_TARGETS = ("etc/passwd", "index.html.j2")
_ALONE = (
    "/etc/passwd", "//etc/passwd", "%2fetc%2fpasswd", "file:///etc/passwd", "%00", "a%00b", "..",
    ".", "%ff%fe", "x" * 3000, "CON", "nul.js", "C:%5cwindows%5cwin.ini", "~root/.profile",
    "base.css%00.js", "base.css/", "base.css/../base.js", "%0d%0aSet-Cookie:%20a=b", "?", "#",
    "{{7*7}}", "%7b%7b7*7%7d%7d", "$%7bPATH%7d", "*.css", "[a-z]", "base.css::$DATA", "%", "%zz",
)  # fmt: skip
_LEAKS = ("root:", "rendered_cells", "{%", "get_ipython", "[tool.", "Traceback", "site-packages")


def _tricks() -> Iterator[str]:
    yield from (up * depth + target for up, depth, target in product(_UP, _DEPTHS, _TARGETS))
    yield from _ALONE


class _Wire:
    """One connection on which requests are written exactly as they are."""

    def __init__(self, server: Any) -> None:
        self._place = urlsplit(server.origin)
        self._cookie = server.cookie()
        self._socket: socket.socket | None = None

    def ask(self, path: str) -> tuple[int, str]:
        """Send one request; return its status and text (status 0: the line was cut)."""
        if self._socket is None:
            address = (self._place.hostname, self._place.port)
            self._socket = socket.create_connection(address, timeout=60)
        head = (
            f"GET {path} HTTP/1.1\r\nHost: {self._place.netloc}\r\nCookie: {self._cookie}\r\n\r\n"
        )
        self._socket.sendall(head.encode("latin-1"))
        answer = http.client.HTTPResponse(self._socket)
        try:
            answer.begin()
            text = answer.read().decode("utf-8", "replace")
        except (http.client.BadStatusLine, ConnectionError):
            self.close()
            return 0, ""
        if answer.will_close:
            self.close()
        return answer.status, text

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


@pytest.fixture(scope="module")
def wire(server) -> Iterator[_Wire]:
    """A line to the one server of this file, with the cookie."""
    made = _Wire(server)
    yield made
    made.close()


def test_r12_no_trick_in_a_path_leads_to_a_file_or_breaks_the_server(
    wire: _Wire, server, capsys
) -> None:
    """Whoever is let in must still read nothing but the pages."""
    asked, wrong = 0, []
    for prefix, trick in product(PREFIXES, _tricks()):
        status, text = wire.ask(prefix + trick.replace(" ", "%20"))
        asked += 1
        if status not in {0, 400, 403, 404, 405} and not _is_a_page_of_ours(prefix + trick, status):
            wrong.append((status, prefix + trick))
        wrong += [(leak, prefix + trick) for leak in _LEAKS if leak in text and status != 200]

    assert wrong == []
    assert server.log.read_text() == ""
    tell(capsys, "R12", "requests with tricks in their paths", asked)


def _is_a_page_of_ours(path: str, status: int) -> bool:
    """Tell whether a path that was taken as it is leads to what everybody may have."""
    plain = path.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]
    return status == 200 and (plain == "/" or plain.rstrip("/").endswith("/static/base.css"))


def test_r12_what_is_served_from_these_routes_is_still_served(wire: _Wire) -> None:
    """A server that answers nothing would pass every test of this kind."""
    good = (
        "/voila/static/voila.js",
        "/voila/templates/amparo/static/base.css",
        "/am/parts/common.js",
    )

    assert [wire.ask(path)[0] for path in good] == [200, 200, 200]
