"""Read by every Python process of a test: makes it tell what it else keeps to itself.

``TELL_TO`` names a folder: asked by a signal, each tells there whether it can be dumped.
``TELL_ALL`` lets every logger and handler speak from DEBUG on, whatever they are told.
``TELL_CONNECTS`` names a file in which every process writes whom else than itself it calls.
``FAIL_IN`` names functions (``module:name``) that fail with the text of ``FAIL_WITH``.
"""

import ctypes
import importlib.abc
import importlib.util
import logging
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

_PR_GET_DUMPABLE = 3


def look() -> str:
    """Return ``1`` or ``0`` for this process, and the limits of its core dumps."""
    dumpable = ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0)
    return f"{dumpable} {resource.getrlimit(resource.RLIMIT_CORE)}"


def _tell(*_: Any) -> None:
    place = Path(os.environ["TELL_TO"])
    fresh = place / f".{os.getpid()}"
    fresh.write_text(look(), "utf-8")
    fresh.rename(place / str(os.getpid()))


if "TELL_TO" in os.environ:
    signal.signal(signal.SIGUSR1, _tell)

if "TELL_ALL" in os.environ:

    def _speak(self: Any, level: Any) -> None:
        self.level = logging.DEBUG
        cache = getattr(getattr(self, "manager", None), "_clear_cache", None)
        if cache is not None:
            cache()

    logging.Logger.setLevel = _speak
    logging.Handler.setLevel = _speak
    logging.root.setLevel(logging.DEBUG)


class _Failing(importlib.abc.MetaPathFinder):
    """Spoils the functions of ``FAIL_IN`` right after their module was read."""

    def __init__(self, names: dict[str, list[str]]) -> None:
        self._names = names

    def find_spec(self, fullname: str, *_: Any) -> Any:
        names = self._names.pop(fullname, None)
        if names is None:
            return None
        spec = importlib.util.find_spec(fullname)
        if spec is None or spec.loader is None:
            return None
        run = spec.loader.exec_module

        def spoiled(module: Any) -> None:
            run(module)
            for name in names:
                owner, _, last = name.rpartition(".")
                setattr(getattr(module, owner) if owner else module, last, _fail)

        spec.loader.exec_module = spoiled  # type: ignore[method-assign]
        return spec


def _fail(*_: Any, **__: Any) -> Any:
    raise ValueError(os.environ["FAIL_WITH"])


if "FAIL_IN" in os.environ:
    _wanted: dict[str, list[str]] = {}
    for _one in os.environ["FAIL_IN"].split():
        _wanted.setdefault(_one.split(":")[0], []).append(_one.split(":")[1])
    sys.meta_path.insert(0, _Failing(_wanted))

_OURS = ("127.", "::1", "localhost")


def _note(event: str, given: tuple[Any, ...]) -> None:
    if event not in {
        "socket.connect",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.sendto",
    }:
        return
    address = given[1] if event in {"socket.connect", "socket.sendto"} else given[0]
    host = address[0] if isinstance(address, tuple) else address
    # A path is a socket of this computer; no host at all is asked for what to listen on.
    is_path = event == "socket.connect" and not isinstance(address, tuple)
    if host and not is_path and not str(host).startswith(_OURS):
        with Path(os.environ["TELL_CONNECTS"]).open("a") as file:
            file.write(f"{event} {host!r}\n")


if "TELL_CONNECTS" in os.environ:
    sys.addaudithook(_note)
