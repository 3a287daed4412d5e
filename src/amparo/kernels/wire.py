"""The line between an owner and its template: one JSON object a message, length first.

Both ends belong to the same owner: the template inherits its end, so there is no address that
anybody else could reach.
"""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

LARGEST = 1024 * 1024
_LENGTH = struct.Struct("!I")


def send(line: socket.socket, message: dict[str, Any], fds: tuple[int, ...] = ()) -> None:
    """Send one message, and open files with it.

    Raises:
        OSError: the other end has gone.
    """
    body = json.dumps(message).encode("utf-8")
    head = _LENGTH.pack(len(body))
    if fds:
        socket.send_fds(line, [head], fds)
        line.sendall(body)
    else:
        line.sendall(head + body)


def receive(line: socket.socket) -> tuple[dict[str, Any], tuple[int, ...]]:
    """Return the next message and the open files that came with it.

    Raises:
        EOFError: the other end has gone.
        ValueError: what came is no message.
    """
    head, fds, _, _ = socket.recv_fds(line, _LENGTH.size, 4)
    while len(head) < _LENGTH.size:
        head += _more(line, _LENGTH.size - len(head))
    (length,) = _LENGTH.unpack(head)
    if length > LARGEST:
        raise ValueError("the message is too long")
    body = b""
    while len(body) < length:
        body += _more(line, length - len(body))
    return json.loads(body), tuple(fds)


def _more(line: socket.socket, most: int) -> bytes:
    got = line.recv(most)
    if not got:
        raise EOFError("the other end has gone")
    return got
