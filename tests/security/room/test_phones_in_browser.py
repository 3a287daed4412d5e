"""Two phones and a laptop in real browsers: in, written, seen, blanked, sent away."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

FRENCH, ARABIC = "la cloche sonne trois fois", "من يعتني بالأطفال؟"
OTHER = "un camion inconnu"
PATIENCE_MS = 20_000
SEEN_MS = 5_000  # on a machine where much else runs; it takes a tenth of a second


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[[int], Page]]:
    """Open pages that know nothing of each other."""
    contexts = []

    def one(width: int) -> Page:
        contexts.append(browser.new_context(viewport={"width": width, "height": 740}))
        return contexts[-1].new_page()

    yield one
    for context in contexts:
        context.close()


def _come_in(page: Page, door: str, code: str, language: str) -> None:
    """Follow the picture on the screen: choose a language, and be in."""
    page.goto(f"{door}/join#{code.replace(' ', '')}")
    page.get_by_role("link", name=language).click()
    page.wait_for_url(re.compile(r"/wall\?lang="), timeout=PATIENCE_MS)
    page.wait_for_function("document.getElementById('am-away').hidden")


def _see_each_other(french: Page, arabic: Page) -> None:
    """Write on both phones; what is on the wall is there for both, what is one's own is not."""
    french.locator("#am-text").fill(FRENCH)
    french.get_by_role("button", name="Mettre au mur").click()
    expect(french.locator("#am-state")).to_have_text(re.compile(r"^Enregistré à \d\d:\d\d$"))
    saved = time.monotonic()
    expect(arabic.locator("#am-all")).to_contain_text(FRENCH, timeout=SEEN_MS)
    print(f"seen {time.monotonic() - saved:.2f} s after it was saved")  # noqa: T201 - measured
    arabic.locator("#am-text").fill(ARABIC)
    arabic.get_by_role("button", name="احفظوها لي").click()
    expect(arabic.locator("#am-mine")).to_contain_text(ARABIC)
    assert ARABIC not in french.content()
    hang = arabic.locator("#am-mine").get_by_role("button", name="ضعوها على الحائط")
    hang.focus()
    french.locator("#am-text").fill(OTHER)
    french.get_by_role("button", name="Mettre au mur").click()
    expect(arabic.locator("#am-all")).to_contain_text(OTHER, timeout=SEEN_MS)
    expect(hang).to_be_focused()  # what others write takes nobody away from what they do
    hang.click()
    # The card is drawn anew with other buttons; whoever goes by keyboard is still on it.
    expect(arabic.get_by_role("button", name="استعيدوها")).to_be_focused()
    expect(french.locator("#am-all")).to_contain_text(ARABIC, timeout=SEEN_MS)


def _leave_alone(french: Page, arabic: Page) -> None:
    """A quick exit of one's own, and back."""
    french.locator("[data-am-quick]").click()
    french.wait_for_url("**/quiet?lang=fr")
    assert FRENCH not in french.content()
    expect(arabic.locator("#am-all")).to_contain_text(FRENCH)
    french.get_by_role("button", name="Retour").click()
    french.wait_for_url("**/wall?lang=fr")
    expect(french.locator("#am-all")).to_contain_text(FRENCH)


def _visitors(laptop: Page, phones: tuple[Page, ...]) -> None:
    """One press on the laptop blanks all; one press brings all back."""
    laptop.locator("button.am-act.am-danger").click()
    for page in (*phones, laptop):
        page.wait_for_url("**/lesson?*", timeout=PATIENCE_MS)
        assert FRENCH not in page.content()
        assert ARABIC not in page.content()
    assert [page.get_by_role("button").count() for page in phones] == [0, 0]
    laptop.get_by_role("button", name="Back").click()
    laptop.wait_for_url("**/room?*")
    for page in phones:
        page.wait_for_url("**/wall?*", timeout=PATIENCE_MS)
        expect(page.locator("#am-all")).to_contain_text(FRENCH)


def _overheard(pages: tuple[Page, ...]) -> list[str]:
    """Return a list that grows with every request and every error of the pages."""
    heard: list[str] = []
    for page in pages:
        page.on("request", lambda request: heard.append(request.url))
        page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    return heard


def test_two_phones_come_in_write_are_blanked_and_one_is_sent_away(
    room, new_page: Callable[[int], Page], axe: Callable[[Page], list[str]]
) -> None:
    """The whole walk of a workshop with phones, as people go it."""
    pages = laptop, french, arabic = new_page(1200), new_page(360), new_page(360)
    heard = _overheard(pages)
    laptop.goto(room.address)
    code = laptop.locator("#am-said-code")
    expect(code).to_have_text(re.compile(r"\d{4} \d{4} \d{4}"), timeout=PATIENCE_MS)
    door = laptop.locator("#am-address").text_content() or ""
    for path in ("", "/join?lang=fr"):
        french.goto(door + path)
        assert axe(french) == []

    _come_in(french, door, code.text_content() or "", "Français")
    _come_in(arabic, door, code.text_content() or "", "العربية")
    assert "#" not in french.url
    expect(laptop.locator("#am-people").get_by_text("· connected")).to_have_count(2)
    _see_each_other(french, arabic)
    for page in pages:
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert FRENCH not in laptop.content()
    _leave_alone(french, arabic)
    _visitors(laptop, (french, arabic))

    laptop.get_by_role("button", name="Send away P1").click()
    expect(french.get_by_text("Vous pouvez fermer cette page")).to_be_visible()
    assert FRENCH not in french.content()
    french.goto(f"{door}/wall?lang=fr")
    expect(french.get_by_text("Vous n'êtes pas dans cette salle")).to_be_visible()
    expect(arabic.locator("#am-all")).to_contain_text(ARABIC)

    ours = (room.laptop.origin, room.phones.origin, "data:")
    strange = [one for one in heard if not one.startswith(ours)]
    # The browser itself notes what somebody who was sent away, or sees the calm page, was answered.
    assert [one for one in strange if not re.search(r"\b(401|423)\b", one)] == []


def test_nothing_is_called_saved_before_the_laptop_has_said_so(
    room, new_page: Callable[[int], Page]
) -> None:
    """The link breaks while somebody writes: it says so, tries again, and keeps one card."""
    phone = new_page(360)
    _come_in(phone, room.phones.origin, room.screen_code(), "English")
    broken = [True]
    phone.route("**/am/card?*", lambda route: route.abort() if broken[0] else route.continue_())

    phone.locator("#am-text").fill("light at the gate")
    phone.get_by_role("button", name="Save for me").click()
    expect(phone.locator("#am-state")).to_contain_text("Not saved. Trying again")
    assert phone.locator("#am-text").input_value() == "light at the gate"
    broken[0] = False

    expect(phone.locator("#am-state")).to_have_text(re.compile(r"^Saved"), timeout=PATIENCE_MS)
    expect(phone.locator("#am-mine li")).to_have_count(1)
    assert phone.locator("#am-text").input_value() == ""
