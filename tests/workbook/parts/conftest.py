"""One served example a module: the parts of one or two steps, looked at in a real browser."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from playwright.sync_api import Browser, Page

PATIENCE_MS = 60_000
_CLI = (sys.executable, "-c", "from amparo.cli import main; main()")

# step, language, width -> a page that is open at that step; page errors fail the test.
At = Callable[[str, str, int], "AbstractContextManager[Page]"]


@pytest.fixture(scope="module")
def example_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the large example for this session only; it is forgotten at the end."""
    home = tmp_path_factory.mktemp("home")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AMPARO")}
    process = subprocess.Popen(
        [*_CLI, "example", "--open", "--large", "--no-browser", "--port", "0", "--json",
         "--lang", "en"],
        env={**kept, "HOME": str(home)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    with process.stdout:
        yield json.loads(process.stdout.readline())["address"]
        process.send_signal(signal.SIGINT)
        process.wait(30)


@pytest.fixture(scope="module")
def at(browser: Browser, example_address: str) -> Iterator[At]:
    """Return what opens the example at a step, in a language, at a width."""
    context = browser.new_context()
    opened = context.new_page()
    opened.goto(example_address)
    found = urlsplit(opened.url)
    opened.close()

    @contextmanager
    def open_at(step: str, lang: str, width: int) -> Iterator[Page]:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{found.scheme}://{found.netloc}{found.path}?lang={lang}&step={step}")
        page.locator("#am-head").wait_for(timeout=PATIENCE_MS)
        yield page
        assert errors == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert "⟦" not in page.locator("body").inner_text()
        page.close()

    yield open_at
    context.close()
