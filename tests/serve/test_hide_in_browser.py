"""The bar in a real browser: two pages of one person, blanked and brought back together."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

import psutil
import pypdfium2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser

TYPED = "zarigueya in the field"
PATIENCE_MS = 60_000
Axe = Callable[[Page], list[str]]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone without memory of earlier tests."""
    context = browser.new_context(viewport={"width": 360, "height": 780})
    yield context
    context.close()


def _open(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".counter")).to_be_visible(timeout=PATIENCE_MS)
    return page


def _all_at(pages: list[Page], place: str) -> None:
    for page in pages:
        page.wait_for_url(re.compile(rf"{place}\?lang=en"), timeout=15_000)
        assert TYPED not in page.content()


def _all_back(pages: list[Page]) -> None:
    for page in pages:
        expect(page.locator(".counter")).to_be_visible(timeout=PATIENCE_MS)


def _set_pin(page: Page, pin: str) -> None:
    page.locator("#am-more summary").click()
    page.get_by_role("button", name="PIN to come back").click()
    page.get_by_label("New PIN").fill(pin)
    page.get_by_role("button", name="Set PIN").click()
    expect(page.get_by_text("The PIN is set")).to_be_visible()


def _come_back(page: Page, pin: str) -> None:
    page.get_by_label("Page").fill(pin)
    page.get_by_role("button", name="Go").click()


def test_one_press_blanks_every_page_and_the_pin_brings_all_back(
    context: BrowserContext, start, axe: Axe
) -> None:
    """The whole walk of a raid, of visitors and of a hand that presses Esc in fear."""
    server = start()
    pages = [_open(context, server.address) for _ in range(2)]
    first, second = pages
    _set_pin(first, "4271")
    assert axe(first) == []
    first.keyboard.press("Escape")
    first.locator("#rendered_cells").get_by_role("textbox").fill(TYPED)

    first.get_by_role("button", name="Hide", exact=True).click()
    _all_at(pages, "/quiet")
    assert (first.title(), axe(first)) == ("Keeping seeds dry", [])
    began = time.monotonic()
    _come_back(second, "1111")
    expect(second.get_by_text("There is no such page")).to_be_visible(timeout=10_000)
    assert time.monotonic() - began >= 1
    _come_back(second, "4271")
    _all_back(pages)

    second.locator("#am-more summary").click()
    second.get_by_role("button", name="Visitors arrive").click()
    _all_at(pages, "/lesson")
    assert (first.title(), axe(first)) == ("Good minutes of a meeting", [])
    _come_back(first, "4271")
    _all_back(pages)

    kernels = server.until(lambda found: len(found) == len(pages))
    for _ in range(3):
        second.keyboard.press("Escape")
    _all_at(pages, "/quiet")
    assert psutil.wait_procs(kernels, timeout=10)[1] == []


def test_what_was_typed_just_before_hiding_is_there_afterwards(
    context: BrowserContext, opened
) -> None:
    """The hand that presses Hide in fear does not wait for "saved"."""
    page = context.new_page()
    page.goto(f"{opened('example', '--lang', 'en').address}&step=s1")
    field = page.locator(".amparo-part textarea:visible, .amparo-part input[type=text]:visible")
    field.first.wait_for(timeout=PATIENCE_MS)

    field.first.fill(TYPED)
    page.get_by_role("button", name="Hide", exact=True).click()
    _all_at([page], "/quiet")
    page.get_by_role("button", name="Back").click()
    field.first.wait_for(timeout=PATIENCE_MS)

    values = page.evaluate(
        "[...document.querySelectorAll('textarea, input')].map((one) => one.value)"
    )
    assert TYPED in values


def test_the_language_changes_only_when_all_that_was_typed_is_safe(
    context: BrowserContext, start
) -> None:
    """A letter typed before the switch must be there after it."""
    server = start()
    page = _open(context, f"{server.address}&step=S6")
    page.evaluate(
        """() => addEventListener("amparo-before-leave", (event) => {
          window.asked = true;
          event.waitUntil(new Promise((done) => { window.release = done; }));
        })"""
    )

    page.locator("#am-more summary").click()
    page.locator("#am-more select").select_option("ar")
    page.wait_for_function("window.asked")
    before = page.locator("html").get_attribute("lang")
    page.evaluate("window.release()")
    page.wait_for_url("**/?lang=ar*")

    assert before == "en"
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


def test_a_look_is_remembered_without_a_word_of_content(
    context: BrowserContext, start, axe: Axe
) -> None:
    """Words stay covered on the big screen when the page is opened again."""
    page = _open(context, start().address)
    page.evaluate(
        """() => {
          window.heard = [];
          addEventListener("amparo-simple", (event) => window.heard.push(event.detail.on));
          const words = document.createElement("p");
          words.className = "am-words";
          words.textContent = "zarigueya";
          document.getElementById("rendered_cells").append(words);
        }"""
    )

    page.locator("#am-more summary").click()
    page.get_by_role("button", name="Hide details").click()
    page.get_by_role("button", name="Simple view").click()
    covered = page.evaluate(
        """() => {
          const words = document.querySelector("p.am-words");
          return [getComputedStyle(words).fontSize, getComputedStyle(words, "::after").content];
        }"""
    )
    heard = page.evaluate("window.heard")
    seen = page.evaluate("document.cookie").split("; ")
    cookies = {name[-1]: value for name, _, value in (one.partition("=") for one in seen)}
    page.goto(page.url.replace("/?", "/now?"))

    assert covered == ["0px", '"•••"']
    assert (heard, cookies) == ([True], {"v": "1", "s": "1"})
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    expect(page.locator("html")).to_have_class("am-veiled am-simple")
    assert axe(page) == []


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_still_page_is_free_of_barriers_and_fits_a_small_phone(
    browser: Browser, start, axe: Axe, lang: str
) -> None:
    """The bar holds on 320 pixels, by thumb, from both sides."""
    server = start()
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{server.origin}/?token={server.token}")
    seen = {}

    for path in ("/now", "/words"):
        page.goto(f"{server.origin}{path}?lang={lang}")
        small = page.evaluate(
            """() => [...document.querySelectorAll("#am-top .am-tool")]
              .map((tool) => tool.getBoundingClientRect())
              .filter((box) => box.width && (box.height < 44 || box.width < 44
                || box.left < 0 || box.right > innerWidth || box.bottom > innerHeight)).length"""
        )
        wide = page.evaluate("document.documentElement.scrollWidth")
        seen[path] = (small, wide, axe(page))
    context.close()

    assert seen == {"/now": (0, 320, []), "/words": (0, 320, [])}


def test_a_locked_workspace_opens_in_the_page_and_now_stays_general(
    context: BrowserContext, opened, axe: Axe, kept_example
) -> None:
    """The key is gone, the emergency page is not; the passphrase brings the work back."""
    server = opened(
        "open", kept_example.place, "--passphrase-file", kept_example.secret, "--lang", "es"
    )
    keepers = server.keepers()
    now, words = context.new_page(), context.new_page()
    now.goto(server.address)
    now.goto(f"{server.origin}/now?lang=es")
    words.goto(f"{server.origin}/words?lang=es")
    expect(now.get_by_text("Campana: tres")).to_be_visible()

    assert len(pypdfium2.PdfDocument(now.pdf())) == 1
    words.locator("#am-more summary").click()
    words.get_by_role("button", name="Bloquear").click()
    for page in (now, words):
        page.wait_for_url("**/locked?lang=es", timeout=15_000)
        assert "Campana" not in page.content()
    assert psutil.wait_procs(keepers, timeout=10)[1] == []
    assert axe(words) == []
    now.go_back()
    now.wait_for_url("**/locked?lang=es", timeout=15_000)
    now.get_by_role("link", name="Qué hacer primero").click()
    expect(now.get_by_text("Pasos generales")).to_be_visible()
    assert axe(now) == []

    words.get_by_label("Frase de paso").fill(kept_example.passphrase)
    words.get_by_role("button", name="Abrir").click()
    words.wait_for_url("**/?lang=es", timeout=30_000)
    now.goto(f"{server.origin}/now?lang=es")
    expect(now.get_by_text("Campana: tres")).to_be_visible()
