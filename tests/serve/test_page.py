"""The workbook's page in a real browser."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from amparo.messages import messages

pytestmark = pytest.mark.browser

FIRST_VISIT_BYTES = 1_500_000
OUTSIDE = """() => [...document.querySelectorAll("#rendered_cells *")]
  .map((element) => [element.className, element.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.left < -0.5 || box.right > innerWidth + 0.5))
  .map(([name]) => name)"""


@dataclass
class Visit:
    """One page and what it cost."""

    page: Page

    def first_visit(self) -> dict[str, int]:
        """Return what the first visit cost: requests, bytes, ms to first paint and to the end."""
        return self.page.evaluate(
            """() => {
              const of = (kind) => performance.getEntriesByType(kind);
              const all = [...of("navigation"), ...of("resource")];
              return {
                requests: all.length,
                bytes: all.reduce((sum, entry) => sum + entry.transferSize, 0),
                paint_ms: Math.round(of("paint")[0].startTime),
                done_ms: Math.round(Math.max(...all.map((entry) => entry.responseEnd))),
              };
            }"""
        )


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without memory of earlier tests."""
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    yield context
    context.close()


def visit(context: BrowserContext, address: str) -> Visit:
    """Open *address* and wait until its parts are alive."""
    seen = Visit(context.new_page())
    seen.page.goto(address)
    expect(seen.page.locator(".counter")).to_be_visible(timeout=60_000)
    return seen


@pytest.fixture(scope="module")
def seen(browser: Browser, server) -> Iterator[Visit]:
    """One open page for all tests that only look."""
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    yield visit(context, server.address)
    context.close()


@pytest.fixture(scope="module")
def pages(browser: Browser, server, seen) -> Iterator[list[Page]]:
    """The same page from left to right and from right to left."""
    context = browser.new_context()
    yield [seen.page, visit(context, f"{server.address}&lang=ar").page]
    context.close()


def test_a_word_and_a_click_reach_the_kernel_and_come_back(context, server) -> None:
    """The one thing the page is for."""
    page = visit(context, server.address).page

    page.get_by_role("textbox").fill("we saw a car")
    page.locator(".counter").click()

    expect(page.get_by_text("heard: we saw a car")).to_be_visible()
    expect(page.get_by_text("kernel has 1")).to_be_visible()


def test_r10_the_token_is_gone_from_the_address_and_the_page(seen, server) -> None:
    """A photo of the screen must not be a key."""
    page = seen.page

    assert server.token not in page.url
    assert server.token not in page.content()
    assert page.evaluate("document.cookie") == ""
    assert page.evaluate("document.referrer") == ""


def test_the_title_and_the_icon_say_nothing(seen) -> None:
    """Whoever glances at the window bar sees an ordinary page of notes."""
    page = seen.page

    assert page.title() == "Notes"
    assert page.locator("link[rel=icon]").get_attribute("href", timeout=1000).startswith("data:")
    assert "amparo" not in page.inner_text("body").lower()


@pytest.mark.parametrize(
    ("lang", "direction", "title"),
    [("en", "ltr", "Notes"), ("es", "ltr", "Notas"), ("ar", "rtl", "ملاحظات")],
)
def test_language_and_direction_are_set_before_the_first_paint(
    context, server, lang: str, direction: str, title: str
) -> None:
    """A page that flips while it loads cannot be read; the kernel must speak the same language."""
    page = visit(context, f"{server.address}&lang={lang}").page

    root = page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == (lang, direction)
    assert page.title() == title
    expect(page.get_by_text(f"{lang} capability-of-the-test")).to_be_visible()
    foot = page.locator(".am-cell ~ .am-review")
    expect(foot).to_have_text(messages(lang).text("ui.not_reviewed"))


@pytest.mark.parametrize("width", [320, 360, 1200])
def test_nothing_is_wider_than_the_screen(pages, width: int) -> None:
    """People read this on one cracked phone for four."""
    for page in pages:
        page.set_viewport_size({"width": width, "height": 800})

    assert [page.evaluate(OUTSIDE) for page in pages] == [[], []]
    assert [page.evaluate("document.documentElement.scrollWidth") for page in pages] == [width] * 2


def test_a_long_page_can_be_scrolled(seen) -> None:
    """Voilà puts the page into a box of fixed height; ours flows."""
    page = seen.page
    page.evaluate("document.querySelector('.am-cell').style.height = '3000px'")

    page.locator(".counter").click()

    assert page.evaluate("document.documentElement.scrollHeight") > 3000
    assert page.evaluate("scrollY") > 0


def test_leaving_the_page_ends_its_kernel(browser, start) -> None:
    """A person who closes the tab takes the text out of memory."""
    server = start()
    context = browser.new_context()
    seen = visit(context, server.address)
    kernels = server.kernels()

    seen.page.goto("about:blank")

    assert len(kernels) == 1
    assert psutil.wait_procs(kernels, timeout=20)[1] == []
    context.close()


def test_a_page_whose_kernel_died_says_so_and_opens_again(context, start) -> None:
    """A page that looks alive but saves nothing would lose an hour of a group's work."""
    server = start(lang="es")
    page = visit(context, server.address).page
    server.kernels()[0].kill()

    expect(page.get_by_text("Esta página se detuvo")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Abrir otra vez").click()

    expect(page.get_by_text("kernel has 0")).to_be_visible(timeout=60_000)


def test_a_page_whose_server_ended_says_so(context, start) -> None:
    """Somebody closed the program; the page must not pretend."""
    server = start()
    page = visit(context, server.address).page

    server.stop()

    expect(page.get_by_text("The program on this computer was closed")).to_be_visible(
        timeout=30_000
    )


def test_without_scripts_the_page_says_what_is_missing(server) -> None:
    """A careful person has switched scripts off."""
    text = server.ask("/?lang=es", Cookie=server.cookie()).text

    sentence = text.partition("<noscript>")[2].partition("</noscript>")[0]
    assert "necesita JavaScript" in sentence
    assert "#am-opening { display: none; }" in sentence


def test_the_first_visit_is_small(seen, capsys) -> None:
    """An old computer and a shared phone both wait for every byte."""
    cost = seen.first_visit()

    with capsys.disabled():
        sys.stdout.write(f"\nfirst visit: {cost}\n")
    assert cost["bytes"] <= FIRST_VISIT_BYTES


def test_the_second_visit_asks_for_almost_nothing(context, server) -> None:
    """Changing the language reloads the page; that must be quick."""
    visit(context, server.address).page.close()

    cost = visit(context, server.address).first_visit()

    assert cost["bytes"] <= 100_000
