"""The path under which everything of this server lies: none, or the organisation's own on a hub.

One variable says it to every process that makes an address: the server, its kernels and what
they are forked from. This module stays light: kernels ask it too.
"""

from __future__ import annotations

import os
import re

from tornado.httputil import HTTPServerRequest

from amparo.errors import AmparoError

# Without a slash at the end; empty on a computer of one's own.
BASE = "AMPARO_BASE"
# It travels into policies, cookies and scripts: nothing in it may mean something there.
_PLAIN = re.compile(r"(?:/[A-Za-z0-9_.~%@-]+)*")


class BasePathError(AmparoError):
    """The path under which the server is to lie holds characters that no address of ours has."""

    key = "hub.error.base"


def base() -> str:
    """Return the path in front of every address of ours, without a slash at its end."""
    return os.environ.get(BASE, "")


def checked(given: str) -> str:
    """Return a path as ``base`` would, from how others write it (``/user/a/``).

    Raises:
        BasePathError: it is no plain path.
    """
    path = given.rstrip("/")
    if not _PLAIN.fullmatch(path) or "/.." in path:
        raise BasePathError("no plain path")
    return path


def step_inside(request: HTTPServerRequest) -> bool:
    """Take the base off the path of *request*; tell whether it was there at all."""
    start = f"{base()}/"
    if not request.path.startswith(start):
        return False
    request.path = request.path[len(start) - 1 :]
    return True
