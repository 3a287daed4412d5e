"""Steps 2 and 3 as people use them: with the keyboard, on a phone, from right to left."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
_PATIENCE_MS = 30_000


def _focused(page: Page, box: str) -> str:
    return page.evaluate(
        "box => document.activeElement.closest(box)"
        " ? document.activeElement.closest('[data-stop], [data-tab]')?.textContent ?? '' : ''",
        box,
    )


def _said(page: Page, part: str) -> Locator:
    return page.locator(f"{part} [role=status]").last


def _saved(page: Page) -> None:
    page.locator(".save-line[data-state=saved]").wait_for(timeout=_PATIENCE_MS)


def test_the_line_of_time_is_walked_by_arrows_and_opens_its_record(
    at, axe: Callable[[Page], list[str]]
) -> None:
    """One tab stop, arrow keys, and Enter leads to the form that says it."""
    with at("s2", "en", 1200) as page:
        stops = page.locator(".tl-box [data-stop]")
        stops.first.wait_for(timeout=_PATIENCE_MS)
        assert page.locator(".tl-box [tabindex='0']").count() == 1

        stops.first.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("End")
        assert "Local election" in _focused(page, ".tl-box")
        assert "in the next twelve months" in _said(page, ".pic-box:has(.tl-box)").inner_text()
        page.keyboard.press("Enter")

        title = page.locator(
            ".record-form [data-field=title] input:focus, details[open] [data-field=title] input"
        )
        assert title.last.input_value() == "Local election"
        assert page.locator(".tl-is-gone").count() == 1
        assert axe(page) == []


def test_a_new_cause_asks_for_a_path_and_a_lever_is_read_before_it_is_taken(at) -> None:
    """From a cause over four whys to the first stones; what can go wrong is read first."""
    with at("s2", "en", 1200) as page:
        page.get_by_role("button", name="Add a cause").click()
        cause = page.locator(".pic-pair:has(.ct-tree) .card[open]").last
        cause.get_by_label("Which cause?").select_option("rc_climate")
        cause.get_by_label("we ourselves").check()
        cause.get_by_label("Which rule or custom is behind it?").fill("nobody measures the river")
        _saved(page)
        branch = page.locator(".ct-branch").last
        assert "nobody measures the river" in branch.inner_text()
        assert branch.locator(".ct-cell.on").count() == 1

        notice = page.locator(".cp .pic-warn", has_text="within reach")
        notice.get_by_role("button").click()
        path = page.locator(".cp .card[open]").last
        path.get_by_label("What do we ask?").fill("Read the reports in the open")
        path.get_by_text("Look at known levers").click()
        path.get_by_label("A known lever").select_option("lv_loan_clauses")
        assert "Check before use" in path.inner_text()
        assert "Make your safety plan first" in path.inner_text()
        path.get_by_role("button", name="Write it into our line").click()
        path.locator(".tag", has_text="3 of 7 stones").wait_for(timeout=_PATIENCE_MS)
        lever = path.get_by_label("What gives us weight?")
        assert lever.input_value() == "Conditions in the loan contract"
        assert not notice.is_visible()


def test_stances_are_seen_in_three_ways_by_keyboard(at, axe) -> None:
    """The grid, the field of forces and the spectrum are the same people."""
    with at("s3", "en", 1200) as page:
        tabs = page.get_by_role("tab")
        tabs.first.wait_for(timeout=_PATIENCE_MS)
        everybody = page.locator(".amap-grid [data-stop]").count()
        assert everybody == 21
        assert page.locator(".amap-cell.apart [data-stop]").count() == 2

        tabs.first.focus()
        for view in ("field", "spectrum"):
            page.keyboard.press("ArrowRight")
            assert page.locator(f"#am-view-{view} [data-stop]:visible").count() == everybody
            assert page.locator(f"#am-view-{view} [tabindex='0']").count() == 1
        page.keyboard.press("Home")
        page.locator(".amap-grid [tabindex='0']").focus()
        page.keyboard.press("ArrowDown")
        assert re.match(r"\d+\. ", _said(page, ".amap-map .pic-box").inner_text())
        assert axe(page) == []


def test_a_guessed_place_is_confirmed_and_every_node_says_what_binds_it(at) -> None:
    """A guess is a question; the answer is stored with the actor."""
    with at("s3", "en", 1200) as page:
        guessed = page.locator(".mc-node.guessed")
        guessed.first.wait_for(timeout=_PATIENCE_MS)
        before = guessed.count()
        guessed.first.click()
        panel = page.locator(".mc-panel")
        assert "check before use" in panel.locator("details.card").first.text_content().lower()
        panel.get_by_role("button", name="Yes, put it here").click()
        _saved(page)

        page.wait_for_function(
            "count => document.querySelectorAll('.mc-node.guessed').length === count",
            arg=before - 1,
        )
        assert page.locator(".mc-arrow.mine").count() > 0
        assert not panel.locator("a").count()


@pytest.mark.parametrize("step", ["s2", "s3"])
def test_a_phone_reads_both_steps_from_right_to_left(at, axe, step: str) -> None:
    """Pictures mirror, nothing is cut off, and nobody is shut out."""
    with at(step, "ar", 360) as page:
        first = page.locator("[data-stop]").first
        first.wait_for(timeout=_PATIENCE_MS)

        assert page.locator(".amparo-part[dir=rtl]").count() > 2
        small = page.evaluate(
            "[...document.querySelectorAll('.am-body button, .am-body summary')]"
            ".filter(one => one.offsetParent && one.offsetHeight < 44).map(one => one.outerHTML.slice(0, 120))"
        )
        assert small == []
        assert axe(page) == []
