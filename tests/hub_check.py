"""A real JupyterHub on this computer with ten organisations: what each can reach, and what it costs.

``make hub-check`` runs it with the configuration in ``deploy/``: the hub, its proxy, ten accounts
with a workspace each. Prints what was counted; ends with 1 if anybody reached another's server.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

import psutil

from amparo.serve.routes import KERNEL, RULES

ROOT = Path(__file__).resolve().parents[1]
TEN = 10
PATIENCE_S = 300.0
REFUSED = {302, 303, 401, 403, 404, 405, 423, 424, 503}


@dataclass
class Organisation:
    """A browser of one organisation: its cookies by path, and what it wrote."""

    account: str
    origin: str
    mark: str
    cookies: dict[tuple[str, str], str] = field(default_factory=dict)
    kernel: str = ""
    passphrase: str = ""

    @property
    def base(self) -> str:
        return f"/user/{self.account}"

    def ask(
        self, path: str, body: bytes | None = None, *, kind: str = "application/json",
        follow: bool = True,
    ) -> tuple[int, str, str]:  # fmt: skip
        """Ask as a browser does; return status, the address at the end, and the text."""
        for _ in range(20):
            status, headers, text = self._once(path, body, kind)
            place = next((v for k, v in headers if k.lower() == "location"), "")
            refresh = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', text)
            if not follow or not (place or refresh):
                return status, path, text
            found = urlsplit(urljoin(self.origin + path, place or (refresh[1] if refresh else "")))
            path, body = f"{found.path}?{found.query}".rstrip("?"), None
        raise RuntimeError("sent in a circle")

    def _once(
        self, path: str, body: bytes | None, kind: str
    ) -> tuple[int, list[tuple[str, str]], str]:
        connection = http.client.HTTPConnection(urlsplit(self.origin).netloc, timeout=PATIENCE_S)
        held = [
            f"{name}={v}" for (name, where), v in self.cookies.items() if path.startswith(where)
        ]
        headers = {"Cookie": "; ".join(held), "Sec-Fetch-Mode": "navigate"}
        if body is not None:
            headers |= {"Origin": self.origin, "Content-Type": kind}
        connection.request("GET" if body is None else "POST", path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                where = re.search(r"(?i)path=([^;]+)", rest)
                self.cookies[key, where[1] if where else "/"] = rest.partition(";")[0]
        return answer.status, answer.getheaders(), text

    def sign_in(self) -> None:
        """Sign in at the hub, wait for the server, and go in."""
        _, address, page = self.ask(f"{self.base}/?lang=en")
        xsrf = re.search(r'name="_xsrf" value="([^"]+)"', page)
        given = {"username": self.account, "password": "x", "_xsrf": xsrf[1] if xsrf else ""}
        self.ask(address, urlencode(given).encode(), kind="application/x-www-form-urlencoded")
        self.ask(f"/hub/spawn/{self.account}")
        self.until(lambda: self.ask(f"{self.base}/locked?lang=en")[1].startswith(f"{self.base}/"))

    def begin(self) -> None:
        """Make the workspace with six words, write the mark, and open a page."""
        self.passphrase = self.post("/am/begin", None)["words"]
        both = {"passphrase": self.passphrase, "again": self.passphrase}
        made = self.post("/am/begin", both)
        if not made["ok"]:
            raise RuntimeError(made["text"])
        _, _, page = self.ask(f"{self.base}/?lang=en")
        found = re.search(r'"kernelId": "([^"]+)"', page)
        self.kernel = found[1] if found else ""

    def post(self, path: str, values: object) -> dict:
        body = None if values is None else json.dumps(values).encode()
        return json.loads(self.ask(f"{self.base}{path}", body)[2])

    def until(self, is_so: Callable[[], bool]) -> None:
        last, nap = time.monotonic() + PATIENCE_S, threading.Event()
        while not is_so():
            if time.monotonic() > last:
                raise RuntimeError(f"{self.account}: waited too long")
            nap.wait(1)


def addresses(kernel: str) -> list[str]:
    """Return one address for every pattern that a server answers."""
    plain = {r"([a-z_]{1,32})": "sheet", r"(.*)": "base.css", r"(join\.js)": "join.js"}
    found = []
    for pattern in RULES:
        path = pattern.replace(KERNEL, kernel)
        for sign, example in plain.items():
            path = path.replace(sign, example)
        found.append(re.sub(r"\(.*", "common.js", path))
    return found


def attack(own: Organisation, others: list[Organisation]) -> tuple[int, list[str]]:
    """Ask every address of every other server through the proxy; return how many, and what came."""
    asked, wrong = 0, []
    for other in others:
        for path in addresses(other.kernel):
            for body in (None, b'{"passphrase": "x"}'):
                status, _, text = own.ask(f"{other.base}{path}", body, follow=False)
                asked += 1
                if status not in REFUSED or "rendered_cells" in text:
                    wrong.append(f"{own.account} {status} {path}")
        status, address, _ = own.ask(f"{other.base}/")
        asked += 1
        if status == 200 and address.startswith(other.base):
            wrong.append(f"{own.account} came in at {other.account}")
    return asked, wrong


def memory(hub: psutil.Process) -> dict[str, float]:
    """Return the proportional memory in MB of every kind of process below the hub."""
    found: dict[str, float] = {}
    for process in [hub, *hub.children(recursive=True)]:
        try:
            line, size = " ".join(process.cmdline()), process.memory_full_info().pss / 2**20
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        kinds = ("hub-page", "amparo.keeper", "amparo.kernels", "configurable-http-proxy", "cull")
        kind = next((one for one in kinds if one in line), "hub")
        found[kind] = found.get(kind, 0.0) + size
    return found


def free_port() -> int:
    """Return a port after which the next ones are probably free too."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def servers(found: dict[str, float]) -> float:
    """Return the memory of the organisations alone."""
    return sum(found.get(one, 0.0) for one in ("hub-page", "amparo.keeper", "amparo.kernels"))


def main() -> int:
    """Run the hub, let ten organisations in, let each try all others, count."""
    origin = f"http://127.0.0.1:{min(free_port(), 60000)}"
    with tempfile.TemporaryDirectory() as data:
        environment = {
            **os.environ,
            "AMPARO_HUB_TRY": "1",
            "AMPARO_HUB_ADDRESS": origin,
            "AMPARO_HUB_DATA": data,
        }
        command = [
            sys.executable,
            "-m",
            "jupyterhub",
            "-f",
            str(ROOT / "deploy/jupyterhub_config.py"),
        ]
        hub = psutil.Popen(command, env=environment, cwd=data, stdout=subprocess.DEVNULL)
        try:
            return walk(hub, origin)
        finally:
            hub.terminate()
            hub.wait(120)


def walk(hub: psutil.Process, origin: str) -> int:
    """Do it, and print what was found."""
    ten = [Organisation(f"org-{number}", origin, f"zq{number}x") for number in range(TEN)]
    wait = threading.Event()
    while True:
        try:
            if "username" in ten[0].ask("/hub/login")[2]:
                break
        except OSError:
            if hub.status() == psutil.STATUS_ZOMBIE:
                print("the hub ended; is configurable-http-proxy there, and the machine idle?")
                return 1
            wait.wait(0.5)
    began = time.monotonic()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(Organisation.sign_in, ten))
        print(f"{TEN} organisations signed in after {time.monotonic() - began:.0f} s, all locked")
        locked = memory(hub)
        list(pool.map(Organisation.begin, ten))
        print(f"{TEN} workspaces open, a page each, after {time.monotonic() - began:.0f} s")
        opened = memory(hub)
        others = [[one for one in ten if one is not own] for own in ten]
        found = list(pool.map(attack, ten, others))
    wrong = [line for _, lines in found for line in lines]
    print(
        f"requests to others' servers: {sum(number for number, _ in found)}, answered: {len(wrong)}"
    )
    for line in wrong[:20]:
        print("  ", line)
    for name, each in (("locked", locked), ("open", opened)):
        print(f"memory {name}:", {kind: round(size) for kind, size in sorted(each.items())})
        print(f"  for one organisation: {servers(each) / TEN:.0f} MB")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
