"""Frames as a hostile page builds them, and a line on which to send them to a real kernel."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Self

from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

V1 = "v1.kernel.websocket.jupyter.org"
CHANNELS = ("shell", "control", "stdin", "iopub")
_PATIENCE_S = 60
_numbers = count()


def message(kind: str, content: object, session: str = "hostile") -> dict[str, Any]:
    # A kernel passes over what it has seen already: no two may be the same.
    header = {"msg_id": f"{next(_numbers)}", "msg_type": kind, "session": session, "username": "x"}
    return {
        "header": {**header, "version": "5.3", "date": "2026-01-01T00:00:00Z"},
        "parent_header": {},
        "metadata": {},
        "content": content,
    }


def packed(whole: dict[str, Any], channel: str, *buffers: bytes) -> bytes:
    names = ("header", "parent_header", "metadata", "content")
    parts = [json.dumps(whole[name]).encode() for name in names]
    return serialize_msg_to_ws_v1([*parts, *buffers], channel)


def raw(header: bytes, content: bytes, *buffers: bytes) -> bytes:
    return serialize_msg_to_ws_v1([header, b"{}", b"{}", content, *buffers], "shell")


def question(session: str = "hostile") -> bytes:
    """Return what any page may ask."""
    return packed(message("kernel_info_request", {}, session), "shell")


@dataclass
class Line:
    """One socket to one kernel; what comes back is noted."""

    server: Any
    cookie: str
    kernel: str
    subprotocol: str | None = V1
    answers: list[str] = field(default_factory=list)
    socket: Any = None
    has_ended: bool = False

    async def __aenter__(self) -> Self:
        url = f"{self.server.origin.replace('http', 'ws')}/api/kernels/{self.kernel}/channels"
        headers = {"Cookie": self.cookie, "Origin": self.server.origin}
        self.socket = await websocket_connect(
            HTTPRequest(url, headers=headers, request_timeout=_PATIENCE_S),
            subprotocols=[self.subprotocol] if self.subprotocol else None,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        self.socket.close()
        await self.listen()

    async def send(self, frame: bytes | str) -> None:
        await self.socket.write_message(frame, binary=isinstance(frame, bytes))

    async def listen(self) -> None:
        """Hear all that still comes until the socket has ended."""
        while not self.has_ended:
            frame = await asyncio.wait_for(self.socket.read_message(), _PATIENCE_S)
            self.has_ended = frame is None
            if frame is not None:
                self.hear(frame)

    def hear(self, frame: bytes | str) -> str | None:
        """Note the kind of an answer to the hostile session; return the kind of one to us."""
        if isinstance(frame, bytes):
            _, parts = deserialize_msg_from_ws_v1(frame)
            header, parent = json.loads(parts[0]), json.loads(parts[1])
        else:
            whole = json.loads(frame)
            header, parent = whole["header"], whole["parent_header"]
        if parent.get("session") == "honest":
            return header["msg_type"]
        if parent.get("session") == "hostile":
            self.answers.append(header["msg_type"])
        return None

    async def ask(self) -> None:
        """Ask an honest question and wait until it is answered."""
        await self.send(question("honest"))
        while True:
            frame = await asyncio.wait_for(self.socket.read_message(), _PATIENCE_S)
            assert frame is not None, "the socket was closed"
            if self.hear(frame) == "kernel_info_reply":
                return
