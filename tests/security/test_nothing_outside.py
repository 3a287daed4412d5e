"""In a real browser: no page and no file asks elsewhere, and nothing that was typed ever runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from amparo.model.workspace import Workspace
from amparo.report.audiences import AUDIENCES_OF
from amparo.report.formats import format_of
from amparo.report.made import Made
from amparo.report.sections.material import Material
from amparo.resources import bundled
from amparo_widgets.screens import SCREENS

from .counts import tell
from .payloads import PAYLOADS, hostile_records, texts_in
from .widget_page import KINDS, LAST, widget_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
PATIENCE_MS = 120_000
TODAY = date(2026, 11, 24)
STILL = (
    "/now", "/words", "/am/readers", "/am/readers?report=sheet",
    "/am/preview/sheet?audience=group", "/am/preview/allies?audience=allies",
    "/am/preview/public?audience=public", "/no/such/page", "/am/preview/none", "/voila/static/x",
)  # fmt: skip
# Shown while nothing else is: with the act that brings it.
CALM = (("/am/hide", "/quiet"), ("/am/visitors", "/lesson"))
_OPEN = """where => dispatchEvent(new CustomEvent("amparo-open", { detail: { where } }))"""
_UNFOLD = "for (const one of document.querySelectorAll('details')) one.open = true"
_FOLLOW = """for (const link of document.querySelectorAll("a[href^='javascript']")) {
  link.removeAttribute("target");
  link.click();
}"""
_WRITE = """() => {
  document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.ran = 1'>");
  const script = document.createElement("script");
  script.textContent = "window.ran = 2";
  document.body.append(script);
  document.body.insertAdjacentHTML("beforeend", "<a id=j href='javascript:ran=3'>x</a>");
  document.getElementById("j").click();
  setTimeout("window.ran = 5");
}"""


@dataclass
class Eye:
    """One browser window, and all that it asked for, complained about and ran."""

    page: Page
    requests: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)

    def look(self, name: str) -> None:
        """Note whether anything that was typed has run on what is shown now."""
        if any(frame.evaluate("() => 'ran' in window") for frame in self.page.frames):
            self.ran.append(name)

    def strangers(self, own: str) -> set[str]:
        """Return the addresses of other places that were asked."""
        plain = {url for url in self.requests if urlsplit(url).scheme not in {"data", "blob"}}
        return {url for url in plain if urlsplit(url).netloc != own}


@contextmanager
def _eye(browser: Browser) -> Iterator[Eye]:
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    seen = Eye(context.new_page())
    context.on("request", lambda request: seen.requests.add(request.url))
    seen.page.on("websocket", lambda socket: seen.requests.add(socket.url))
    seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    seen.page.on(
        "console",
        lambda line: seen.complaints.append(line.text) if "Security Policy" in line.text else None,
    )
    yield seen
    context.close()


def _post(eye: Eye, own: str, path: str) -> int:
    """Post with the browser's own session, beside its page: that goes away by itself."""
    origin = f"http://{own}"
    asked = eye.page.context.request
    return asked.post(f"{origin}{path}", headers={"Origin": origin}).status


def _look_while_calm(eye: Eye, own: str) -> None:
    for act, path in CALM:
        eye.page.goto("about:blank")  # a page of ours would go to the calm one by itself
        assert _post(eye, own, act) == 200
        eye.page.goto(f"http://{own}{path}")
        eye.look(path)
        eye.page.goto("about:blank")
        assert _post(eye, own, "/am/show") == 200


@pytest.fixture(scope="module")
def records() -> list[Any]:
    """Three records of every kind with a program in every text."""
    return hostile_records()


@pytest.fixture(scope="module")
def hostile(serve_records, records: list[Any]) -> Any:
    """A workbook that shows those records."""
    return serve_records(records)


def test_r13_r14_no_page_asks_elsewhere_or_runs_what_was_typed(
    browser: Browser, hostile, records: list[Any], capsys
) -> None:
    """One font from elsewhere tells a stranger who opens this; one script that runs tells all."""
    own, shown = urlsplit(hostile.address).netloc, 0
    with _eye(browser) as eye:
        eye.page.goto(hostile.address)
        eye.page.locator("#am-head").wait_for(timeout=PATIENCE_MS)
        for screen in SCREENS:
            eye.page.evaluate(_OPEN, screen)
            there = eye.page.locator(f"html[data-screen={screen}] #am-head")
            there.wait_for(timeout=PATIENCE_MS)
            eye.page.evaluate(_UNFOLD)
            eye.look(screen)
            shown += eye.page.content().count("&lt;img src=x onerror=ran=1&gt;")
        eye.page.evaluate(_WRITE)
        eye.page.wait_for_function("() => document.readyState === 'complete'")
        eye.look("written into the page")
        refused = len(eye.complaints)
        for path in STILL:
            eye.page.goto(f"http://{own}{path}")
            eye.page.evaluate(_UNFOLD)
            eye.look(path)
        _look_while_calm(eye, own)

    assert shown > len(SCREENS), "too little that is hostile was shown"
    assert eye.ran == []
    assert eye.strangers(own) == set()
    assert refused >= 3, "the policy did not say what it refused"
    assert eye.complaints[refused:] == [], "a page of ours breaks its own policy"
    tell(capsys, "R13", "pages opened in a browser", len(SCREENS) + len(STILL) + len(CALM))
    tell(capsys, "R14", "texts of records with a program in them", texts_in(records))


def test_r13_r14_no_exported_page_asks_elsewhere_or_runs_what_was_typed(
    browser: Browser, records: list[Any], tmp_path: Path, capsys
) -> None:
    """A paper sent by e-mail must not tell when and where it was opened."""
    whole, made = Workspace.of(records), 0
    with _eye(browser) as eye:
        for report, audiences in AUDIENCES_OF.items():
            if not (bundled("workbooks") / "reports" / f"{report}.ipynb").is_file():
                continue
            for audience in audiences:
                data = Material(whole.for_audience(audience), report, audience, "en", None, TODAY)
                page = format_of("html").write(Made(report, "0" * 32, lambda _, data=data: data))
                path = tmp_path / f"{report}-{audience}.html"
                path.write_bytes(page)
                eye.page.goto(path.as_uri())
                eye.page.evaluate(_UNFOLD)
                eye.look(path.name)
                made += 1

    assert eye.ran == []
    assert {url for url in eye.requests if not url.startswith(tmp_path.as_uri())} <= {
        url for url in eye.requests if url.startswith("data:")
    }
    tell(capsys, "R13", "exported pages opened from the disk", made)


def test_r14_no_kind_of_widget_runs_what_was_typed(
    browser: Browser, start, tmp_path: Path, capsys
) -> None:
    """A workbook of somebody else may show any widget; the page's policy is the last door."""
    server = start(str(widget_page(tmp_path, PAYLOADS)))
    with _eye(browser) as eye:
        eye.page.goto(server.address)
        eye.page.get_by_text(LAST, exact=True).wait_for(timeout=PATIENCE_MS)
        eye.page.locator("#am-opening").wait_for(state="detached", timeout=PATIENCE_MS)
        eye.page.evaluate(_FOLLOW)
        eye.look("widgets")
        images = eye.page.locator("img[src=x]").count()

    assert images > 0, "no markup reached the page: the policy was not asked"
    assert eye.ran == []
    assert eye.strangers(urlsplit(server.origin).netloc) == set()
    tell(capsys, "R14", "programs in widgets of every kind", len(KINDS) * len(PAYLOADS))
