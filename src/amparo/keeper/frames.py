"""Frames on the local socket: four bytes of length, then that much JSON, nothing else.

JSON and never pickle: what a client sends is only ever data.
"""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

from amparo.errors import KeeperError

MAX_GREETING_BYTES = 4 * 1024
MAX_REQUEST_BYTES = 8 * 1024 * 1024
# A client chose to trust this keeper, and a large workspace is longer than any one request.
MAX_ANSWER_BYTES = 256 * 1024 * 1024

_LENGTH = struct.Struct(">I")
HEAD_BYTES = _LENGTH.size


def encode(message: Any) -> bytes:
    """Return *message* as one frame.

    Plain ASCII, so that a broken character reaches the rules of the record and is named there.
    """
    body = json.dumps(message, separators=(",", ":")).encode("ascii")
    return _LENGTH.pack(len(body)) + body


def encode_request(message: Any) -> bytes:
    """Return *message* as one frame that the keeper accepts.

    Raises:
        KeeperError: it is longer than a request may be.
    """
    frame = encode(message)
    if len(frame) > MAX_REQUEST_BYTES:
        raise KeeperError("request is longer than 8 MiB")
    return frame


def decode(body: bytes) -> dict[str, Any]:
    """Read the JSON object of one frame.

    Raises:
        KeeperError: it is not JSON, not an object, or nested without end.
    """
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        raise KeeperError("frame is not JSON") from None
    if not isinstance(message, dict):
        raise KeeperError("frame is not a JSON object")
    return message


def receive(sock: socket.socket) -> dict[str, Any]:
    """Read one answer from a blocking socket.

    Raises:
        EOFError: the other side closed the line.
        KeeperError: what came is not a frame.
    """
    head = _exactly(sock, HEAD_BYTES)
    return decode(_exactly(sock, length_in(head, MAX_ANSWER_BYTES)))


def length_in(head: bytes, max_bytes: int) -> int:
    """Read the length a frame begins with.

    Raises:
        KeeperError: the frame is longer than *max_bytes*.
    """
    (length,) = _LENGTH.unpack(head)
    if length > max_bytes:
        raise KeeperError("frame is too long")
    return length


def _exactly(sock: socket.socket, length: int) -> bytes:
    body = bytearray()
    while len(body) < length:
        piece = sock.recv(min(length - len(body), 1 << 20))
        if not piece:
            raise EOFError("the keeper closed the line")
        body += piece
    return bytes(body)
