"""Steps 9, 10 and 11 as people use them: ways, the board, the sheet and what belongs to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
_PATIENCE_MS = 30_000

Axe = Callable[["Page"], list[str]]


def _saved(page: Page) -> None:
    page.locator(".save-line[data-state=saved]").wait_for(timeout=_PATIENCE_MS)


def test_a_way_that_harms_is_sent_back_and_stays_so_on_the_next_page(at, axe: Axe) -> None:
    """The answer about harm is big, is judged by the method, and is stored."""
    with at("s9", "en", 1200) as page:
        page.locator(".strategy-family").first.wait_for(timeout=_PATIENCE_MS)
        page.locator(".strategy-harm").get_by_text("no, it harms somebody").click()
        page.locator("[data-doubt=harms]").wait_for(timeout=_PATIENCE_MS)
        assert "Make it anew" in page.locator("[data-doubt=harms]").inner_text()
        _saved(page)
        page.locator(".letter-tab").nth(1).click()
        page.locator("[data-doubt=harms]").wait_for(state="detached", timeout=_PATIENCE_MS)
        assert axe(page) == []

    with at("s9", "ar", 360) as page:
        page.locator("[data-doubt=harms]").wait_for(timeout=_PATIENCE_MS)
        assert page.locator(".strategy-harm input[value='0']").is_checked()
        assert axe(page) == []


def test_an_empty_place_leads_to_ideas_and_an_idea_becomes_a_measure(at, axe: Axe) -> None:
    """By keyboard alone: from the hole in the plan to a first draft that fills it."""
    with at("s10", "en", 1200) as page:
        empty = page.locator(".board-empty .board-add")
        page.locator(".board-add").first.wait_for(timeout=_PATIENCE_MS)
        page.get_by_label("Show only what is against this threat").check()
        empty.first.wait_for(timeout=_PATIENCE_MS)
        assert page.locator(".board [tabindex='0']").count() == 1
        page.locator(".board [tabindex='0']").focus()
        page.keyboard.press("End")
        assert page.evaluate("document.activeElement.dataset.stop.startsWith('after')")
        for _ in range(30):
            page.keyboard.press("ArrowUp")
        assert page.evaluate("document.activeElement.dataset.stop.startsWith('before')")
        page.evaluate("document.querySelector('[data-stop=after-proactive_prevent]').focus()")
        page.keyboard.press("Enter")
        page.locator(".board-place").get_by_text("After").wait_for(timeout=_PATIENCE_MS)
        page.get_by_role("button", name="All places").click()
        page.locator(".board-place").wait_for(state="hidden", timeout=_PATIENCE_MS)

        idea = page.locator(".board-idea").first
        title = idea.locator("h4").inner_text()
        assert idea.locator(".board-caveat").first.is_visible()
        idea.get_by_role("button", name="Take it over").click()
        _saved(page)
        page.locator(".board-chip").get_by_text(title).first.wait_for(timeout=_PATIENCE_MS)
        card = page.locator("details.card[open]").get_by_label("What will we do?")
        assert card.input_value() == title
        assert title not in page.locator(".board-ideas").inner_text()
        assert axe(page) == []

    with at("s10", "ar", 360) as page:
        page.locator(".board-chip").first.wait_for(timeout=_PATIENCE_MS)
        assert axe(page) == []


def test_sheet_ladder_steps_and_wheel_are_written_and_seen(at, axe: Axe) -> None:
    """What is typed is counted and drawn at once, and the wheel is walked by keyboard."""
    with at("s11", "en", 1200) as page:
        count = page.locator(".sheet-count")
        count.wait_for(timeout=_PATIENCE_MS)
        before = count.inner_text()
        page.get_by_role("textbox", name="If we see or hear 1").fill(
            "Two cars that nobody knows wait at the bridge"
        )
        page.locator(".sheet-part-a").get_by_text("Two cars").wait_for(timeout=_PATIENCE_MS)
        assert count.inner_text() != before
        assert page.locator(".pic-warn").first.is_visible()

        page.locator("#protocol-event").select_option("death")
        step = page.locator(".protocol-idea li").first
        text = step.locator("span").inner_text()
        step.get_by_role("button").click()
        steps = page.locator("details.card[open] [data-field=steps] input")
        steps.first.wait_for(timeout=_PATIENCE_MS)
        _saved(page)
        assert text in [one.input_value() for one in steps.all()]

        wheel = page.locator(".wheel-drawing [data-stop]")
        assert page.locator(".wheel-drawing [tabindex='0']").count() == 1
        wheel.first.focus()
        page.keyboard.press("ArrowRight")
        assert page.locator(".wheel-box [role=status]").inner_text().startswith("2. Taking safety")
        assert page.locator(".ladder-rung").count() == 4
        assert axe(page) == []

    with at("s11", "ar", 360) as page:
        page.locator(".wheel-drawing").wait_for(timeout=_PATIENCE_MS)
        page.locator(".wheel-drawing [data-stop]").first.focus()
        page.keyboard.press("ArrowLeft")
        assert page.locator(".wheel-box [role=status]").inner_text().startswith("2.")
        assert axe(page) == []


def test_a_room_agrees_on_a_version_and_sees_what_changed_since(at) -> None:
    """The next review begins with what is not as it was, each a press away."""
    with at("s14", "en", 360) as page:
        page.locator("[data-field=agreed_how] :is(input, textarea)").last.fill("in the assembly")
        page.locator("[data-field=destroy_by] input").last.fill("2027-03-05")
        page.get_by_text("5 Mar 2027").wait_for(timeout=_PATIENCE_MS)
        agree = page.get_by_role("button", name="We agree on version").last
        number = int(agree.inner_text().split()[-1])
        agree.click()
        page.get_by_role("button", name=f"We agree on version {number + 1}").wait_for(
            timeout=_PATIENCE_MS
        )
        page.get_by_text("Nothing was changed since.").wait_for(timeout=_PATIENCE_MS)

        row = page.locator(".review-measures li").first
        row.locator("select").select_option("dropped")
        page.locator(".changed li").wait_for(timeout=_PATIENCE_MS)
        assert (
            row.locator(".am-words, bdi, span").first.inner_text()
            in page.locator(".changed").inner_text()
        )
        page.locator(".changed button").click()
        page.locator("html[data-screen=s10] #am-head").wait_for(timeout=_PATIENCE_MS)
