"""A page of our own parts is shown without Voilà's program: less to fetch, sooner there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

pytestmark = pytest.mark.browser
PATIENCE_MS = 60_000
MOST_BYTES = 500_000
_COST = """() => {
  const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  return [all.reduce((sum, one) => sum + one.transferSize, 0), all.map((one) => one.name)];
}"""


def test_a_workbook_is_shown_by_the_light_program_and_leaving_it_ends_its_kernel(
    browser: Browser, example_server: Any
) -> None:
    """A third of the limit of a first visit; and no kernel stays behind."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(example_server.address)
    page.locator("#am-head").wait_for(timeout=PATIENCE_MS)

    size, names = page.evaluate(_COST)
    assert 0 < size < MOST_BYTES
    assert [name for name in names if "/voila/static/" in name] == []
    socket = page.evaluate("document.getElementById('jupyter-config-data').textContent")
    found = re.search(r'"kernelId": "([^"]+)"', socket)
    assert found
    state = urljoin(page.url, f"/api/kernels/{found[1]}")
    assert context.request.get(state).status == 200

    page.goto("about:blank")

    for _ in range(100):
        if context.request.get(state).status == 404:
            break
        page.wait_for_timeout(100)
    assert context.request.get(state).status == 404
    context.close()


def test_a_script_that_fails_to_come_is_asked_for_again(
    browser: Browser, example_server: Any
) -> None:
    """The line is cut for a moment while the page begins: no place may stay empty."""
    context = browser.new_context()
    page = context.new_page()
    failed: list[str] = []

    def fail_twice(route: Route) -> None:
        failed.append(route.request.url)
        if len(failed) > 2:
            route.continue_()
        else:
            route.abort()

    page.route("**/am/parts/start.js*", fail_twice)
    page.goto(example_server.address)

    page.locator("html[data-screen=s0] #am-head, html[data-screen=start] #am-head").wait_for(
        timeout=PATIENCE_MS
    )
    page.evaluate("dispatchEvent(new CustomEvent('amparo-open', {detail: {where: 'start'}}))")
    page.locator("html[data-screen=start] .start-go button").first.wait_for(timeout=PATIENCE_MS)
    assert len(failed) > 2
    context.close()
