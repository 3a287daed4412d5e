"""What several parts of the tests share: the browser, a threat, sessions that always end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import struct
import typing
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from amparo.keeper.address import dial
from amparo.keeper.capabilities import Ring
from amparo.keeper.client import Handle, start
from amparo.keeper.desk import Desk
from amparo.keeper.frames import encode
from amparo.model.threats import Threat
from amparo.report.lean import load_jsonschema
from amparo.session import Session
from amparo.store import Identity, create_session

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
# A busy machine is no defect: no example has a deadline.
settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")

# Each process that shares the tests would build grammars for seconds that no test asks for.
load_jsonschema()

_AXE = Path(__file__).parent / "vendor" / "axe" / "axe.min.js"
_NAMES = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome",
    "google-chrome-stable", "chrome",
)  # fmt: skip
_QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first: two processes share the tests, and none should wait for a last long one."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Find the browser: the one named by CHROME, else an installed Chromium."""
    candidates = (os.environ.get("CHROME"), *map(shutil.which, _NAMES))
    found = next((Path(path) for path in candidates if path and Path(path).is_file()), None)
    assert found is not None, "no Chromium: install it or name it in the variable CHROME"
    return found


@pytest.fixture
def in_a_loop() -> Callable[[Coroutine[Any, Any, Any]], Any]:
    """Run a coroutine in a thread: the browser of other tests keeps a loop in this one."""

    def run(work: Coroutine[Any, Any, Any]) -> Any:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, work).result()

    return run


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """Start one browser for all tests; each test opens a context of its own."""
    from playwright.sync_api import sync_playwright

    arguments: list[str] = list(_QUIET)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield instance
        instance.close()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Return a check of one page for barriers: a line for each, none when there is nothing."""
    script = _AXE.read_text("utf-8")

    def violations(page: Page) -> list[str]:
        # Through the inspector, not as an element: the page's own policy stays as it is.
        page.evaluate(f"() => {{ {script} }}")
        found = page.evaluate("async () => (await axe.run(document)).violations")
        return [
            f"{one['id']}: {node['html'][:160]} {node['failureSummary']}"
            for one in found
            for node in one["nodes"]
        ]

    return violations


@pytest.fixture
def threat() -> Callable[..., Threat]:
    """Make a threat; the number gives it its id."""

    def one(number: int = 1, sentence: str = "Somebody could follow us") -> Threat:
        return Threat(
            id=f"{number:032x}",
            created_on=date(2026, 3, 1),
            sentence=sentence,
            threat_type="physical_surveillance",
        )

    return one


@pytest.fixture
def connect() -> Iterator[Callable[[Handle], Session]]:
    """Open sessions; all are closed at the end."""
    opened: list[Session] = []

    def one(handle: Handle) -> Session:
        opened.append(Session.connect(handle.environment()))
        return opened[-1]

    yield one
    for session in opened:
        session.close()


@pytest.fixture
def identity() -> Identity:
    """A key that costs no second to open with, unlike a passphrase."""
    return Identity.generate()


@pytest.fixture
def keep() -> Iterator[Callable[..., Handle]]:
    """Start keepers as the product does; none outlives the test."""
    started: list[Handle] = []

    def one(folder: Path, opener: Any = None, **options: Any) -> Handle:
        started.append(start(folder, opener, **options))
        return started[-1]

    yield one
    for handle in started:
        if not handle.wait(0):
            with contextlib.suppress(ProcessLookupError):  # it may end at this moment
                os.kill(handle.pid, signal.SIGTERM)
            assert handle.wait(30)


@pytest.fixture
def kept(keep: Callable[..., Handle], tmp_path: Path) -> Handle:
    """A keeper of an empty session-only workspace."""
    return keep(tmp_path / "once", session_only=True)


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handle]:
    """One empty keeper for all tests of a file that change nothing in it."""
    handle = start(tmp_path_factory.mktemp("lasting") / "once", session_only=True)
    yield handle
    os.kill(handle.pid, signal.SIGTERM)
    assert handle.wait(30)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with a real store in this process, for what needs no process."""
    store = create_session(tmp_path / "desk", now=lambda: NOW)
    stops: list[bool] = []
    yield Desk(store, Ring(), session_only=True, now=lambda: NOW, stop=lambda: stops.append(True))
    store.destroy()


@pytest.fixture
def raw() -> Callable[..., list[bytes]]:
    """Send messages and return the bytes of every answer until the keeper hangs up."""

    def talk(address: str, *messages: Any) -> list[bytes]:
        with dial(address, timeout_s=20) as line:
            # The keeper may hang up after the first: what it said until then is the answer.
            with contextlib.suppress(OSError):
                for message in messages:
                    line.sendall(message if isinstance(message, bytes) else encode(message))
                line.shutdown(1)
            with line.makefile("rb") as stream:
                return _bodies(stream)

    return talk


def _bodies(stream: typing.IO[bytes]) -> list[bytes]:
    bodies: list[bytes] = []
    # A keeper that hangs up on what it did not read resets the line after its last answer.
    with contextlib.suppress(ConnectionResetError):
        while head := stream.read(4):
            (length,) = struct.unpack(">I", head)
            bodies.append(stream.read(length))
    return bodies
