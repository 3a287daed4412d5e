"""Whoever works by keyboard or by ear stays where they are, on a slow machine too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Route

pytestmark = pytest.mark.browser
_PATIENCE_MS = 60_000
# Longer than the frame once waited before it gave up.
_SLOW_MS = 4_000
# Not one of those that every step needs: they are there already.
_SCRIPT = "**/am/parts/threat_card.js*"


def test_a_heading_that_is_drawn_late_still_gets_the_focus(at) -> None:
    """An old laptop takes seconds; a screen reader must not be left in the middle of nowhere."""
    with at("start", "en", 1200) as page:
        held: list[Route] = []
        page.route(_SCRIPT, lambda route: held.append(route))  # noqa: PLW0108 - a bound method has no room for its mark
        page.evaluate("dispatchEvent(new CustomEvent('amparo-open', {detail: {where: 's6'}}))")
        page.locator("html[data-screen=s6]").wait_for(timeout=_PATIENCE_MS, state="attached")
        page.wait_for_timeout(_SLOW_MS)
        assert held
        for route in held:
            route.continue_()

        page.locator("#am-head:focus").wait_for(timeout=_PATIENCE_MS)
        page.unroute(_SCRIPT)
        # And what the keeper answers afterwards still reaches the page.
        page.get_by_role("button", name="Add a threat").click()
        target = page.locator("details.threat").last.locator("[data-field=target]")
        target.locator(":is(input, textarea)").fill("the radio")
        page.locator(".save-line[data-state=saved]").wait_for(timeout=_PATIENCE_MS)


def test_a_change_by_somebody_else_does_not_take_the_focus_away(at) -> None:
    """What another tab saves redraws the head; the reader must not be thrown to the top."""
    with at("s1", "en", 1200) as page:
        page.locator("#am-head").focus()
        with at("s1", "en", 1200) as other:
            other.locator("#am-finished").click()
            other.locator(".save-line[data-state=saved]").wait_for(timeout=_PATIENCE_MS)
        page.evaluate("dispatchEvent(new Event('focus'))")
        page.locator("#am-finished:checked").wait_for(timeout=_PATIENCE_MS, state="attached")

        assert page.evaluate("document.activeElement.id") == "am-head"
