"""Logs that say where something went wrong and never what was in it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

_ACCESS = "tornado.access"


class PlaceOnly(logging.Formatter):
    """Writes level, module, line and the class of an error; never the message itself.

    Messages of the libraries below hold addresses, kernel ids, cell sources and values.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return one line without content."""
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        return f"{record.levelname} {record.module}:{record.lineno} {error}".rstrip()


@contextmanager
def quiet_logs() -> Iterator[None]:
    """Let every logger of this process speak through one handler without content."""
    root, access = logging.getLogger(), logging.getLogger(_ACCESS)
    old = (root.handlers, root.level, access.disabled)
    handler = logging.StreamHandler()
    handler.setFormatter(PlaceOnly())
    root.handlers, access.disabled = [handler], True
    root.setLevel(logging.ERROR)
    try:
        yield
    finally:
        root.handlers, access.disabled = old[0], old[2]
        root.setLevel(old[1])
