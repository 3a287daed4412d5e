"""The paper beside the form, and readers side by side, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    FrameLocator,
    Locator,
    Page,
    ViewportSize,
    expect,
)

pytestmark = pytest.mark.browser

TYPED = "zarigueya at the gate"
PATIENCE_MS = 60_000
Axe = Callable[[Page], list[str]]


@pytest.fixture(scope="module")
def example(opened):
    """The small example in English, for this session only."""
    return opened("example", "--lang", "en")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A laptop without memory of earlier tests."""
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    yield context
    context.close()


def _come_in(context: BrowserContext, example) -> Page:
    # Only for the cookie: the first page would start a kernel of its own.
    context.request.get(f"{example.origin}/?token={example.token}", max_redirects=0)
    return context.new_page()


def _paper(page: Page) -> FrameLocator:
    return page.frame_locator("#am-beside-view iframe:not(.am-frame-next)")


def _place(page: Page) -> int:
    return page.evaluate("document.getElementById('am-beside-view').scrollTop")


def _writing(page: Page, example) -> Locator:
    """Open the step of the sheet, and its field of the signal."""
    page.goto(f"{example.origin}/?lang=en&step=s11")
    page.locator("summary", has_text="b. Signal").click(timeout=PATIENCE_MS)
    field = page.get_by_label("Signal", exact=True).first
    field.wait_for()
    return field


def _gone_and_back(page: Page, go: Callable[[], object], back: Callable[[], object]) -> None:
    go()
    expect(page.locator("iframe")).to_have_count(0)
    back()
    expect(_paper(page).get_by_text(TYPED)).to_be_visible(timeout=PATIENCE_MS)


def test_the_paper_beside_follows_every_save_and_goes_with_everything_else(
    context: BrowserContext, example, axe: Axe
) -> None:
    """The walk of somebody who looks at the paper while writing it, and is surprised."""
    page = _come_in(context, example)
    field = _writing(page, example)
    assert page.locator("iframe").count() == 0, "off until somebody asks for it"

    page.locator("#am-more summary").click()
    page.get_by_role("button", name="Show the paper beside").click()
    expect(_paper(page).get_by_text("Trucks at the bridge")).to_be_visible(timeout=PATIENCE_MS)
    page.evaluate("document.getElementById('am-beside-view').scrollTop = 40")
    steps = page.evaluate("history.length")
    field.fill(TYPED)
    expect(_paper(page).get_by_text(TYPED)).to_be_visible(timeout=PATIENCE_MS)

    expect(field).to_be_focused()
    assert (_place(page), page.evaluate("history.length")) == (40, steps)
    assert page.locator("iframe").get_attribute("sandbox") == "allow-same-origin"
    assert page.evaluate("document.documentElement.scrollWidth") == 1200
    assert axe(page) == []

    details = page.get_by_role("button", name="Hide details")
    _gone_and_back(page, details.click, details.click)
    narrow, wide = (ViewportSize(width=width, height=800) for width in (1000, 1200))
    _gone_and_back(
        page, lambda: page.set_viewport_size(narrow), lambda: page.set_viewport_size(wide)
    )

    page.get_by_role("button", name="Hide", exact=True).click()
    page.wait_for_url(re.compile(r"/quiet\?lang=en"), timeout=15_000)
    assert TYPED not in page.content()
    assert page.locator("iframe").count() == 0
    example.post("/am/show")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_readers_side_by_side_fit_a_phone_and_a_laptop_without_barriers(
    browser: Browser, example, axe: Axe, lang: str
) -> None:
    """What an ally would see is compared on whatever screen there is."""
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    page = _come_in(context, example)
    seen = {}

    for width in (1200, 360):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{example.origin}/am/readers?lang={lang}")
        frame = page.frame_locator("[data-am-preview] iframe").first
        expect(frame.get_by_text("Trucks at the bridge")).to_be_visible(timeout=PATIENCE_MS)
        seen[width] = (page.evaluate("document.documentElement.scrollWidth"), axe(page))
    context.close()

    assert seen == {1200: (1200, []), 360: (360, [])}
