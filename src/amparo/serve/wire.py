"""The only messages a page may send to its kernel.

A kernel protocol client can run code, read history and inspect objects. A page needs none of
that: it moves widget values. So everything but widget messages is dropped here, and what goes
on is rebuilt from the fields that were looked at, so that no second reading can differ.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

from amparo.serve.rate import Rate

LARGEST_FRAME = 1024 * 1024
PROTOCOL = "v1.kernel.websocket.jupyter.org"

_TARGET = "jupyter.widget.control"
_CONTROL = {"version": "1.0.0"}  # of the protocol in which a page asks for all states at once
_HEADER_FIELDS = ("msg_id", "msg_type", "session", "username", "version", "date")
_CONTENT_FIELDS = {
    "comm_open": ("comm_id", "target_name", "data"),
    "comm_msg": ("comm_id", "data"),
    "comm_close": ("comm_id", "data"),
    "comm_info_request": ("target_name",),
    "kernel_info_request": (),
}
_CLOSED_FOR_A_FLOOD = 1008  # "policy violation" in the language of sockets
_PARTS = 4  # header, parent header, metadata, content; buffers follow


def accepted(frame: object) -> list[bytes] | None:
    """Return the parts of *frame* to pass on to the shell channel, or nothing to drop it.

    Args:
        frame: what the browser sent: one binary frame of the v1 protocol, at most 1 MiB.

    Returns:
        header, parent header, metadata, content (rebuilt JSON) and the raw buffers.
    """
    if not isinstance(frame, bytes) or len(frame) > LARGEST_FRAME:
        return None
    parts = _split(frame)
    if parts is None or parts[0] != b"shell" or len(parts) <= _PARTS:
        return None
    fields = [_object(part) for part in parts[1 : _PARTS + 1]]
    if any(field is None for field in fields):
        return None
    header, content = _header(fields[0] or {}), None
    if header is not None:
        content = _content(header["msg_type"], fields[3] or {})
    if header is None or content is None:
        return None
    metadata = _CONTROL if header["msg_type"] == "comm_open" else {}
    try:
        return [_pack(header), b"{}", _pack(metadata), _pack(content), *parts[_PARTS + 1 :]]
    except RecursionError:  # it could just be read, but not be written again
        return None


def _split(frame: bytes) -> list[bytes] | None:
    count = int.from_bytes(frame[:8], "little")
    if not _PARTS + 1 < count <= 1024 or len(frame) < 8 * (count + 1):  # noqa: PLR2004
        return None
    ends = [int.from_bytes(frame[8 * i : 8 * i + 8], "little") for i in range(1, count + 1)]
    if ends != sorted(ends) or ends[0] < 8 * (count + 1) or ends[-1] != len(frame):
        return None
    return [frame[start:end] for start, end in pairwise(ends)]


def _object(part: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(part)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _header(header: dict[str, Any]) -> dict[str, str] | None:
    kept = {name: header[name] for name in _HEADER_FIELDS if name in header}
    if not {"msg_id", "msg_type", "session"} <= kept.keys():
        return None
    if not all(isinstance(value, str) for value in kept.values()):
        return None
    return kept if kept["msg_type"] in _CONTENT_FIELDS else None


def _content(kind: str, content: dict[str, Any]) -> dict[str, Any] | None:
    kept = {name: content[name] for name in _CONTENT_FIELDS[kind] if name in content}
    if not isinstance(kept.get("comm_id", ""), str) or not isinstance(kept.get("data", {}), dict):
        return None
    if kind == "comm_open" and kept.get("target_name") != _TARGET:
        return None
    return kept


def _pack(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()


class CommOnlyConnection(ZMQChannelsWebsocketConnection):
    """The kernel socket of a page: widget messages pass, everything else is dropped."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._rate = Rate()

    def handle_incoming_message(self, incoming_msg: str) -> None:
        """Pass a widget message on to the kernel; drop anything else without a word."""
        if not self._rate.allows():
            if self._rate.is_flood:
                self.websocket_handler.close(_CLOSED_FOR_A_FLOOD)
            return
        if not self.channels or self.subprotocol != PROTOCOL:
            return
        parts = accepted(incoming_msg)
        if parts is not None:
            self.session.send_raw(self.channels["shell"], parts)
