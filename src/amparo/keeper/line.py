"""One client's line to the keeper: ask, get an answer or the error it raised there."""

from __future__ import annotations

import contextlib
import secrets
import socket
import threading
from typing import Any

from amparo.errors import KeeperError, LockedError
from amparo.keeper.address import dial
from amparo.keeper.faults import rebuild
from amparo.keeper.frames import encode_request, receive

ADDRESS = "AMPARO_KEEPER"
CAPABILITY = "AMPARO_CAPABILITY"

# Adding a passphrase costs a second by design, and a backup of a big workspace a few.
_PATIENCE_S = 120.0


class Line:
    """A line that several threads may share; it reconnects once when the socket breaks."""

    def __init__(self, address: str, capability: str) -> None:
        self._address = address
        self._capability = capability
        self._socket: socket.socket | None = None
        self._one_at_a_time = threading.Lock()

    def ask(self, do: str, /, **arguments: Any) -> Any:
        """Send one command and return its result.

        Each request carries a random mark, so a request repeated after a broken line is
        answered again and not carried out twice.

        Raises:
            LockedError: there is no keeper any more.
            AmparoError: whatever the keeper refused, as the class it has there.
        """
        frame = encode_request({"do": do, "with": arguments, "once": secrets.token_hex(16)})
        with self._one_at_a_time:
            try:
                answer = self._exchange(frame)
            except (OSError, EOFError):
                answer = self._exchange_again(frame)
        return result_of(answer)

    def connect(self) -> None:
        """Connect and show the capability now rather than at the first question.

        Raises:
            LockedError: there is no keeper there.
            ForbiddenError: it does not know this capability.
        """
        with self._one_at_a_time:
            try:
                self._open()
            except (OSError, EOFError):
                raise LockedError("no keeper answers") from None

    def wait_until_closed(self) -> None:
        """Return once the keeper has closed this line."""
        with self._one_at_a_time:
            if self._socket is not None:
                with contextlib.suppress(OSError, EOFError):
                    receive(self._socket)
            self._close()

    def close(self) -> None:
        """Hang up; the keeper goes on."""
        with self._one_at_a_time:
            self._close()

    def _exchange_again(self, frame: bytes) -> dict[str, Any]:
        try:
            return self._exchange(frame)
        except TimeoutError:
            raise KeeperError("the keeper did not answer in time") from None
        except (OSError, EOFError):
            raise LockedError("the keeper is gone") from None

    def _exchange(self, frame: bytes) -> dict[str, Any]:
        line = self._open()
        try:
            line.sendall(frame)
            return receive(line)
        except BaseException:
            # Half an answer may still be on its way: this line can never be trusted again.
            self._close()
            raise

    def _open(self) -> socket.socket:
        if self._socket is None:
            self._socket = greeted(self._address, self._capability)
        return self._socket

    def _close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def greeted(address: str, capability: str) -> socket.socket:
    """Connect to a keeper and show it a capability.

    Raises:
        OSError: nobody listens there.
        EOFError: it hung up.
        ForbiddenError: it does not know this capability.
    """
    line = dial(address, timeout_s=_PATIENCE_S)
    try:
        line.sendall(encode_request({"capability": capability}))
        result_of(receive(line))
    except BaseException:
        line.close()
        raise
    return line


def result_of(answer: dict[str, Any]) -> Any:
    """Return what the keeper answered.

    Raises:
        AmparoError: whatever it refused, as the class it has there.
    """
    if "error" in answer:
        raise rebuild(answer["error"])
    if "ok" not in answer:
        raise KeeperError("answer without a result")
    return answer["ok"]
