"""Every screen for everybody: barriers, narrow windows, big letters, the keyboard's place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from amparo.messages import messages
from amparo_widgets.screens import SCREENS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
PATIENCE_MS = 60_000
Axe = Callable[["Page"], list[str]]

# What is wider than the window, and what its own box cuts off.
_SIDEWAYS = """() => {
  const wide = document.documentElement.scrollWidth > innerWidth ? ["the page"] : [];
  const scrolls = (e) => {
    for (let up = e; up; up = up.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(up).overflowX)) return true;
    }
    return false;
  };
  const hidden = (e) => e.closest(".unseen, details:not([open]) > :not(summary)");
  for (const e of document.querySelectorAll(".amparo-page *")) {
    const box = e.getBoundingClientRect();
    if (!box.width || hidden(e) || scrolls(e)) continue;
    if (box.right > innerWidth + 1 || box.left < -1) wide.push(`${e.tagName}.${e.className} ${e.innerText?.slice(0, 30)}`);
  }
  for (const e of document.querySelectorAll(
    ".amparo-page :is(button, label, p, li, td, th, summary, h1, h2, h3, legend)")) {
    if (!e.clientWidth || hidden(e) || scrolls(e) || e.matches(".term, :has(.term)")) continue;
    if (e.scrollWidth > e.clientWidth + 1) wide.push(`cut ${e.tagName}.${e.className} ${e.innerText.slice(0, 30)}`);
  }
  return [...new Set(wide)].slice(0, 8);
}"""
# A tick is pressed on its label as well: then the label is the target. A word of the glossary in
# a sentence is pressed around it too. In a picture the list beside it does the same, and bigger.
_SMALL = """() => [...document.querySelectorAll(
    ".amparo-page :is(button, input, select, textarea, summary, a[href]):not(.term)")]
  .map((e) => (/checkbox|radio/.test(e.type ?? "") ? (e.closest("label, .level, .field") ?? e) : e))
  .filter((e) => e.checkVisibility({ visibilityProperty: true }))
  .map((e) => [e, e.getBoundingClientRect()])
  .filter(([e, box]) => box.width && (box.height < 43.5 || box.width < (e.dataset.stop ? 24 : 43.5)))
  .map(([e, box]) => `${e.tagName}.${e.className} ${Math.round(box.width)}x${Math.round(box.height)} `
    + e.innerText.slice(0, 30))
"""

_BARE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

_LEAVE = """where => {
  window.left = document.getElementById("am-head");
  window.dispatchEvent(new CustomEvent("amparo-open", { detail: { where } }));
}"""
_THERE = """where => document.documentElement.dataset.screen === where
  && document.activeElement.id === "am-head" && document.activeElement !== window.left"""


class Reader:
    """One person's browser: it opens screens, and remembers where its requests went."""

    def __init__(self, page: Page, lang: str) -> None:
        self.page, self.requests, self.errors = page, set[str](), list[str]()
        page.context.on("request", lambda request: self.requests.add(request.url))
        page.on("websocket", lambda socket: self.requests.add(socket.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        self._base = page.url.partition("?")[0]
        page.goto(f"{self._base}?lang={lang}&step=s0")
        self.arrived("s0")

    def arrived(self, screen: str) -> None:
        """Wait until a screen is drawn."""
        self.page.locator(f"html[data-screen={screen}] #am-head").wait_for(timeout=PATIENCE_MS)
        self.page.wait_for_function("() => window.__amparo.open.size === 0")

    def go(self, screen: str) -> None:
        """Open a screen as a link of another part does; its heading gets the focus."""
        self.page.evaluate(_LEAVE, screen)
        self.page.wait_for_function(_THERE, arg=screen, timeout=PATIENCE_MS)

    def unfold(self) -> None:
        """Open every card and every "more": what is folded must be as good."""
        self.page.evaluate(
            "for (const one of document.querySelectorAll('.am-body details')) one.open = true"
        )

    def strangers(self) -> list[str]:
        """Return every request that went to another host."""
        own = urlsplit(self._base).netloc
        places = {(urlsplit(url).scheme, urlsplit(url).netloc) for url in self.requests}
        return [
            f"{scheme}://{host}"
            for scheme, host in sorted(places)
            if scheme not in {"data", "blob"} and host != own
        ]


@pytest.fixture(scope="module")
def reader(browser: Browser, example_server: Any) -> Iterator[Callable[..., Reader]]:
    """Return what opens the example in a language, in a new window of a signed-in browser."""
    first = browser.new_context()
    page = first.new_page()
    page.goto(example_server.address)
    state, base = first.storage_state(), page.url
    first.close()
    opened = []

    def one(lang: str, **options: Any) -> Reader:
        context = browser.new_context(storage_state=state, **options)
        opened.append(context)
        page = context.new_page()
        page.goto(base)
        return Reader(page, lang)

    yield one
    for context in opened:
        context.close()


@pytest.mark.parametrize(("lang", "width"), [("en", 1200), ("ar", 360)])
def test_no_screen_has_a_barrier_and_none_calls_out(
    reader: Callable[..., Reader], axe: Axe, lang: str, width: int
) -> None:
    """Whoever reads with ears, fingers or big letters is in danger too; and nobody may listen."""
    here = reader(lang, viewport={"width": width, "height": 900})
    found = []

    for screen in sorted(SCREENS):
        here.go(screen)
        here.unfold()
        found += [f"{screen}: {line}" for line in axe(here.page)]

    assert found == [], "\n".join(found)
    assert here.strangers() == []
    assert here.errors == []
    assert here.page.evaluate("document.documentElement.dir") == ("rtl" if lang == "ar" else "ltr")


# French has the longest words and Arabic the other direction; words are looked for without a browser.
@pytest.mark.parametrize("lang", ["fr", "ar"])
def test_every_screen_fits_a_small_phone_and_letters_of_twice_the_size(
    reader: Callable[..., Reader], lang: str
) -> None:
    """What is cut off, too small to touch, or said as a key or a number of days, is not there."""
    here = reader(lang, viewport={"width": 320, "height": 640}, device_scale_factor=2)
    wrong = []

    for screen in sorted(SCREENS):
        here.go(screen)
        here.unfold()
        words = here.page.locator("body").inner_text().split()
        found = [*here.page.evaluate(_SIDEWAYS), *here.page.evaluate(_SMALL)]
        found += [word for word in words if "⟦" in word or _BARE_DAY.search(word)]
        wrong += [f"{screen}: {one}" for one in found]

    assert wrong == [], "\n".join(wrong)
    assert here.errors == []


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_on_a_phone_one_low_line_stays_and_says_that_it_is_saved(
    reader: Callable[..., Reader], lang: str
) -> None:
    """Four rows of ways to elsewhere would leave no room for the plan."""
    here = reader(lang, viewport={"width": 360, "height": 740})
    here.go("s14")
    box = "e => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; }"
    left, _, right, _ = here.page.locator(".stages [aria-current]").evaluate(box)
    assert left >= 0
    assert right <= here.page.evaluate("innerWidth")

    here.page.evaluate("scrollTo(0, 1500)")
    here.page.wait_for_timeout(200)

    _, top, _, bottom = here.page.locator(".save-line").evaluate(box)
    _, _, _, lowest = here.page.locator(".am-shell").evaluate(box)
    assert top >= 0
    assert bottom <= lowest <= 74  # a tenth of the window

    told = {"state": "unsaved", "text": messages(lang).text("ui.save.not_saved")}
    here.page.evaluate(
        "detail => window.dispatchEvent(new CustomEvent('amparo-status', { detail }))", told
    )
    left, _, right, _ = here.page.locator(".save-line").evaluate(box)
    assert right - left > 250  # a whole sentence, not a column one word wide


def test_back_forward_and_a_reload_come_to_the_same_screen(reader: Callable[..., Reader]) -> None:
    """The buttons of the browser are the ones that everybody knows."""
    here = reader("en")
    for screen in ("s1", "s6", "papers"):
        here.go(screen)

    for move, expected in (
        (here.page.go_back, "s6"), (here.page.go_back, "s1"), (here.page.go_forward, "s6"),
    ):  # fmt: skip
        move()
        here.arrived(expected)
    here.page.reload()

    here.arrived("s6")
    assert "step=s6" in here.page.url
