"""The client's side of a line that listens: one thread that reads numbers, and nothing else."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable

from amparo.errors import LockedError
from amparo.keeper.frames import encode_request, receive
from amparo.keeper.line import greeted, result_of

Heard = Callable[[int | None], None]


class Hearing:
    """Hears of changes on a line of its own.

    Args:
        address: of the keeper.
        capability: the secret of whoever listens.
        heard: called in a thread of its own with the newest number after changes, and with None
            when the keeper has ended the line.

    Raises:
        LockedError: there is no keeper any more.
        ForbiddenError: this capability may not listen, or is not known any more.
    """

    def __init__(self, address: str, capability: str, heard: Heard) -> None:
        self._heard = heard
        self._closed = threading.Event()
        try:
            self._socket = greeted(address, capability)
        except (OSError, EOFError):
            raise LockedError("no keeper answers") from None
        try:
            self._socket.sendall(encode_request({"do": "listen", "with": {}}))
            self.first: int = result_of(receive(self._socket))["seq"]
        except BaseException as error:
            self._socket.close()
            if isinstance(error, (OSError, EOFError)):
                raise LockedError("the keeper is gone") from None
            raise
        self._socket.settimeout(None)
        threading.Thread(target=self._hear, daemon=True, name="amparo-listens").start()

    def close(self) -> None:
        """Stop listening; nothing is heard any more, not even the end. Twice is fine."""
        self._closed.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def _hear(self) -> None:
        with self._socket, contextlib.suppress(OSError, EOFError):
            while True:
                told = receive(self._socket)["seq"]
                if self._closed.is_set():
                    return
                self._heard(told)
        if not self._closed.is_set():
            self._heard(None)
