"""What leaves the group, on the page: read by two, ticked by two, fetched once."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
_PATIENCE_MS = 60_000

Axe = Callable[["Page"], list[str]]


def _read_first(page: Page, title: str) -> None:
    card = page.locator(".paper", has_text=title)
    card.wait_for(timeout=_PATIENCE_MS)
    card.locator("button").first.click()
    card.locator(".read-list li").first.wait_for(timeout=_PATIENCE_MS)


def test_two_people_tick_every_sentence_before_the_paper_can_be_made(at, axe: Axe) -> None:
    """One box left out, or one letter twice, and there is no paper."""
    with at("papers", "en", 1200) as page:
        sent: list[dict] = []
        page.on("request", lambda one: sent.append(json.loads(one.post_data or "{}"))
                if one.method == "POST" and "/am/paper/" in one.url else None)  # fmt: skip
        _read_first(page, "Brief for allies")
        make = page.locator(".read-first .main")
        boxes = page.locator(".read-tick input")
        number = boxes.count()
        for box in boxes.all():
            box.check()
        page.locator(".read-letter").nth(0).fill("a")
        page.locator(".read-letter").nth(1).fill("A")
        assert make.is_disabled()
        page.locator(".read-letter").nth(1).fill("C")
        assert make.is_enabled()
        boxes.last.uncheck()
        assert make.is_disabled()
        assert axe(page) == []
        boxes.last.check()
        with page.context.expect_page(timeout=_PATIENCE_MS):
            make.click()

        (asked,) = sent
        assert asked["ticks"]["letters"] == ["A", "C"]
        assert asked["ticks"]["sentences"] * 2 == number > 0

    with at("papers", "ar", 360) as page:
        _read_first(page, "موجز للحلفاء")
        assert page.locator(".read-first .main").is_disabled()
        assert axe(page) == []
