"""The check-up as people meet it: what is open, why, and one press to where it is mended."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
_PATIENCE_MS = 60_000


def test_the_check_up_says_what_is_open_and_opens_what_mends_it(
    browser: Browser, shown, axe: Callable
) -> None:
    """By keyboard, on a phone, without a barrier, and never by colour alone."""
    page = browser.new_context(viewport={"width": 320, "height": 700}).new_page()
    page.goto(shown.address)
    page.get_by_role("button", name="Revisar el plan").click(timeout=_PATIENCE_MS)
    page.get_by_role("heading", name="Revisar el plan").wait_for(timeout=_PATIENCE_MS)

    tally = page.locator(".check-tally").inner_text()
    assert tally.startswith("Ahora: ")
    assert "Pronto: " in tally
    assert page.get_by_role("heading", name="Para pensar").is_visible()
    assert "⟦" not in page.locator(".amparo-page").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert axe(page) == []

    first = page.locator(".check-item").filter(has_text="represalias").first
    first.get_by_text("Por qué importa").focus()
    page.keyboard.press("Enter")
    assert first.get_by_text("venganza").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.locator("html[data-screen=s12]").wait_for(state="attached", timeout=_PATIENCE_MS)
    page.locator("details.card[open]").first.wait_for(timeout=_PATIENCE_MS)
    page.context.close()
