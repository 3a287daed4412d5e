"""The page in a real browser: no barrier, and never wider than the screen."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser


@pytest.mark.browser
def test_a_page_fits_a_telephone_and_a_screen_without_barriers(
    browser: Browser, axe: Any, written: Any
) -> None:
    """Most people will open it on a small telephone with a cracked screen."""
    found = []
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: found.append(message.text))
    for lang, looked_at in (("en", 360), ("ar", 1200)):
        page.set_content(written("html", "analysis", lang).decode())
        for width in (360, 1200):
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth")
            found += [f"{lang}: {wide} wide"] if wide > width else []
        page.set_viewport_size({"width": looked_at, "height": 800})
        found += [f"{lang} {looked_at}: {line}" for line in axe(page)]
    page.close()

    assert found == []
    assert asked == []
