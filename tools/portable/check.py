"""Try the folder of a stick where there is no network: install, look, open, use it in a browser.

``python tools/portable/check.py FOLDER``. Everything runs in a network namespace without a route
(``unshare``), with a new home, a folder with spaces and accents in its name, and the stick once
writable and once read-only. Prints seconds and megabytes.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

_NAME = "Memoria ñandú de la reunión"
_INSIDE = "--inside"


def main(arguments: list[str]) -> int:
    """Try it; return the exit code."""
    if arguments[:1] == [_INSIDE]:
        return _inside(Path(arguments[1]))
    given = Path(arguments[0]).absolute()
    with tempfile.TemporaryDirectory() as folder:
        stick = Path(folder) / _NAME
        shutil.copytree(given, stick, ignore=shutil.ignore_patterns("installed", "data"))
        command = ["unshare", "--map-root-user", "--net", "--mount", sys.executable, __file__]
        return subprocess.run([*command, _INSIDE, str(stick)], check=False).returncode


def _inside(stick: Path) -> int:
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    route = subprocess.run(["ip", "route"], capture_output=True, text=True, check=True).stdout
    _hold("there is no route", lambda: not route.strip())
    _try(stick, "writable")
    subprocess.run(["mount", "--bind", str(stick), str(stick)], check=True)
    subprocess.run(["mount", "-o", "remount,bind,ro", str(stick)], check=True)
    shutil.rmtree(stick / "data", ignore_errors=True)
    _hold("the stick is read-only", lambda: not os.access(stick, os.W_OK))
    _try(stick, "read-only")
    return 0


def _try(stick: Path, kind: str) -> None:
    with _home() as environment:
        print(f"-- {kind}: {stick.name}")
        sums = ["sha256sum", "--quiet", "--check", "SHA256SUMS"]
        _hold("every file is whole", lambda: _code(sums, environment, stick) == 0)
        first = _timed(["sh", str(stick / "start.sh"), "--version"], environment)
        again = _timed(["sh", str(stick / "start.sh"), "--version"], environment)
        _hold("doctor", lambda: _code(["sh", str(stick / "start.sh"), "doctor"], environment) == 0)
        _drive(stick, environment)
        home = Path(environment["HOME"])
        left = [str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()]
        _hold(f"nothing is left in the home ({left})", lambda: not left)
        size = sum(one.stat().st_size for one in stick.rglob("*") if one.is_file()) // 1_000_000
        print(f"   first start {first:.0f} s, next {again:.1f} s, the stick holds {size} MB")


def _drive(stick: Path, environment: dict[str, str]) -> None:
    begun = time.monotonic()
    command = ["sh", str(stick / "start.sh"), "example", "--lang", "es", "--json", "--no-browser"]
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True, cwd="/"
    )
    assert server.stdout is not None  # noqa: S101 - of Popen with a pipe
    try:
        address = json.loads(server.stdout.readline())["address"]
        foreign = _used_in_browser(address)
        _hold(f"nothing was asked of others ({foreign})", lambda: not foreign)
        print(f"   a page was used after {time.monotonic() - begun:.0f} s")
    finally:
        os.killpg(server.pid, signal.SIGINT)
        server.wait(60)


def _used_in_browser(address: str) -> list[str]:
    from playwright.sync_api import sync_playwright

    asked: list[str] = []
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        path = os.environ.get("CHROME") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        page.locator(".amparo-part h1, .amparo-part h2").first.wait_for(timeout=120_000)
        page.goto(f"{urlsplit(address).scheme}://{urlsplit(address).netloc}/now?lang=es")
        page.locator("h1").first.wait_for(timeout=60_000)
        browser.close()
    ours = urlsplit(address).netloc
    return [url for url in asked if urlsplit(url).netloc not in {ours, ""}]


@contextmanager
def _home() -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        home, temporary = Path(folder) / "home", Path(folder) / "t"
        home.mkdir(mode=0o700)
        temporary.mkdir(mode=0o700)
        kept = {name: os.environ[name] for name in ("PATH", "CHROME") if name in os.environ}
        yield {**kept, "HOME": str(home), "TMPDIR": str(temporary), "LANG": "es_ES.UTF-8"}
        left = [path.name for path in temporary.iterdir() if not path.name.startswith("amparo-")]
        _hold(f"nothing is left in the temporary folder ({left})", lambda: not left)


def _code(command: list[str], environment: dict[str, str], cwd: Path | None = None) -> int:
    done = subprocess.run(
        command, env=environment, stdout=subprocess.DEVNULL, check=False, cwd=cwd or Path("/")
    )
    return done.returncode


def _timed(command: list[str], environment: dict[str, str]) -> float:
    begun = time.monotonic()
    _hold("it starts", lambda: _code(command, environment) == 0)
    return time.monotonic() - begun


def _hold(what: str, is_so: Callable[[], bool]) -> None:
    if not is_so():
        sys.exit(f"not so: {what}")
    print(f"   {what}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
