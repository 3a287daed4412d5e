"""One organisation of the tests: its server, and a reader who asks servers as a browser does."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import psutil

from .fake_hub import FakeHub, callback

HOST = "hub.example"
ORIGIN = f"https://{HOST}"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    text: str

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def whole(self) -> str:
        """Everything that came over the line."""
        return self.text + "".join(f"{key}: {value}\n" for key, value in self.headers)


@dataclass
class Organisation:
    """An account, the port of its server, and the mark that stands in every field it wrote."""

    account: str
    port: int
    mark: str
    process: psutil.Process
    kernel: str = ""

    @property
    def base(self) -> str:
        return f"/user/{self.account}" if self.account else ""


@dataclass(frozen=True)
class Line:
    """One connection of a reader."""

    reader: Reader
    place: Organisation
    connection: http.client.HTTPConnection

    def ask(
        self, method: str, path: str, body: bytes | str | None = None, **headers: str
    ) -> Answer:  # fmt: skip
        """Send one request as the hub's proxy would pass it on."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.reader.cookies.items())
        sent = {"Host": HOST, "Cookie": cookies, **headers}
        self.connection.request(method, f"{self.place.base}{path}", body, sent)
        answer = self.connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        return Answer(answer.status, answer.getheaders(), text)


@dataclass
class Reader:
    """Somebody with a browser, signed in to the hub as one account."""

    hub: FakeHub
    account: str
    cookies: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def line(self, place: Organisation) -> Iterator[Line]:
        """Lend one line to a server, on which many requests follow each other."""
        connection = http.client.HTTPConnection("127.0.0.1", place.port, timeout=120)
        yield Line(self, place, connection)
        connection.close()

    def ask(
        self, place: Organisation, path: str, method: str = "GET", body: bytes | str | None = None,
        **headers: str,
    ) -> Answer:  # fmt: skip
        """Send one request, and keep the cookies that are given."""
        if method == "POST":
            headers = {"Origin": ORIGIN, **headers}
        with self.line(place) as line:
            found = line.ask(method, path, body, **headers)
        for name, value in found.headers:
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return found

    def enter(self, place: Organisation) -> Answer:
        """Go to a server without a cookie, over the hub, and come back."""
        sent = self.ask(place, "/?lang=en")
        assert sent.status == 303, sent.status
        client = parse_qs(urlsplit(sent.header("location")).query)["client_id"][0]
        code = self.hub.code(self.account, client)
        assert code is not None, "the hub does not let this account go there"
        back = callback(sent.header("location"), code)
        return self.ask(place, back.removeprefix(place.base))

    def post(self, place: Organisation, path: str, **values: object) -> Answer:
        return self.ask(place, path, "POST", json.dumps(values).encode())

    def kernel_of_a_page(self, place: Organisation) -> tuple[str, str]:
        """Open the workbook; return the id of its kernel and the whole page."""
        page = self.ask(place, "/?lang=en")
        found = re.search(r'"kernelId": "([^"]+)"', page.text)
        assert found, page.text[:500]
        return found[1], page.whole
