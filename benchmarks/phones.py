"""Somebody at the wall without a browser: a line to hear on, and one to ask on."""

from __future__ import annotations

import contextlib
import http.client
import json
import secrets
import threading
import time
from typing import Any
from urllib.parse import urlsplit

import websocket

PATIENCE_S = 60


class Phone:
    """One participant without a browser: a line to hear on, and one to ask on."""

    def __init__(self, origin: str, code: str) -> None:
        answer, _ = asked(origin, "/am/join", "", {"code": code})
        self._origin = origin
        self.cookie = answer["set-cookie"].split(";")[0]
        self.took_ms: list[float] = []
        self.wanted: dict[str, str] = {}
        self._writes, self._reads = line_to(origin), line_to(origin)
        self._is_done = False
        self._stirred = threading.Event()
        self._socket = websocket.create_connection(
            f"{origin.replace('http', 'ws')}/am/watch",
            cookie=self.cookie, origin=origin, timeout=PATIENCE_S,
        )  # fmt: skip
        self._threads = [threading.Thread(target=one) for one in (self._hear, self._look)]
        for one in self._threads:
            one.start()

    def write(self, saves: int, pause_s: float, offset_s: float) -> None:
        """Write lines, every other of them a change of the one before."""
        time.sleep(offset_s)
        card, version = "", None
        for number in range(saves):
            if number % 2 == 0:
                card, version = secrets.token_hex(16), None
            else:
                version = 1
            text = f"line {number} {secrets.token_hex(6)}"
            order = {"once": secrets.token_hex(16), "id": card, "version": version,
                     "prompt": "sign", "text": text, "place": "own" if number % 4 else "wall"}  # fmt: skip
            began = time.perf_counter()
            said = asked(self._origin, "/am/card", self.cookie, order, self._writes)[1]
            took = time.perf_counter() - began
            if said["ok"]:
                self.took_ms.append(took * 1000)
                self.wanted[card] = text
            time.sleep(max(0.0, pause_s - took))

    def change(self, number: int) -> None:
        """Say that somebody is there, and change the last card once more."""
        own = self.wall()["own"][-1]
        order = {"once": secrets.token_hex(16), "id": own["id"], "version": own["version"],
                 "prompt": "sign", "text": f"round {number}", "place": "wall"}  # fmt: skip
        assert asked(self._origin, "/am/card", self.cookie, order, self._writes)[1]["ok"]
        self._socket.send("i")

    def wall(self) -> Any:
        """Read the wall and one's own cards."""
        return asked(self._origin, "/am/wall", self.cookie, None, self._reads)[1]

    def lost(self) -> int:
        """Return how many acknowledged texts are not what is stored."""
        held = {one["id"]: one["text"] for one in self.wall()["own"]}
        return sum(held.get(card) != text for card, text in self.wanted.items())

    def end(self) -> None:
        """Leave."""
        self._is_done = True
        self._stirred.set()
        self._socket.close()
        for one in self._threads:
            one.join()

    def _hear(self) -> None:
        with contextlib.suppress(Exception):  # the line ends when somebody leaves
            while True:
                try:
                    if json.loads(self._socket.recv()).get("wall"):
                        self._stirred.set()
                except websocket.WebSocketTimeoutException:
                    continue

    def _look(self) -> None:
        line = line_to(self._origin)
        while self._stirred.wait() and not self._is_done:
            self._stirred.clear()
            asked(self._origin, "/am/wall", self.cookie, None, line)


def line_to(origin: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(origin).netloc, timeout=PATIENCE_S)


def asked(
    origin: str,
    path: str,
    cookie: str,
    values: object = None,
    line: http.client.HTTPConnection | None = None,
) -> tuple[dict[str, str], Any]:
    """Return headers and answer of one request, as a page of this origin sends it."""
    line = line or line_to(origin)
    headers = {"Cookie": cookie} if cookie else {}
    if values is not None:
        headers["Origin"] = origin
    body = json.dumps(values) if values is not None else None
    line.request("GET" if values is None else "POST", path, body, headers)
    answer = line.getresponse()
    text = answer.read().decode("utf-8")
    if answer.status >= 500:
        raise SystemExit(f"the server answered {answer.status}")
    return (
        {name.lower(): value for name, value in answer.getheaders()},
        json.loads(text) if text.startswith("{") else text,
    )
