"""Simple view, reading aloud, hidden details and printed screens, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from amparo.content.examples import example
from amparo.model.base import Record
from amparo.model.fields import FieldSpec, form_of
from amparo.model.registry import read_record
from amparo_widgets.screens import SCREENS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
_TODAY = date(2026, 11, 24)
_MARKER = "zarigueya7419"
_PATIENCE_MS = 60_000
_TYPED = frozenset({"line", "text"})


def _marked(record: Record) -> Record:
    """Return *record* with the marker in every text that a person types."""
    fields = record.model_dump(mode="json")
    return read_record(record.kind, {**fields, **_typed(form_of(record.kind), fields)})


def _typed(specs: tuple[FieldSpec, ...], fields: dict[str, Any]) -> dict[str, Any]:
    return {spec.name: _said(spec, fields[spec.name]) for spec in specs if fields.get(spec.name)}


def _said(spec: FieldSpec, value: Any) -> Any:
    if isinstance(value, list):
        return [_said(spec, one) for one in value]
    if spec.fields:
        return {**value, **_typed(spec.fields, value)}
    return f"{value} {_MARKER}" if spec.control in _TYPED else value


@pytest.fixture(scope="module")
def marked(serve_records: Callable) -> Any:
    """The large example with a marker in all that was typed."""
    return serve_records([_marked(one) for one in example("large", "en", _TODAY)])


def _open(browser: Browser, address: str, lang: str = "en", width: int = 1200) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    page.goto(f"{address}&lang={lang}" if "?" in address else f"{address}?lang={lang}")
    page.locator("#am-head").wait_for(timeout=_PATIENCE_MS)
    return page


def _go(page: Page, screen: str) -> None:
    if page.evaluate("document.documentElement.dataset.screen") == screen:
        return
    before = page.query_selector("#am-head")
    page.evaluate(
        "where => window.dispatchEvent(new CustomEvent('amparo-open', {detail: {where}}))", screen
    )
    page.wait_for_function("where => document.documentElement.dataset.screen === where", arg=screen)
    if before:
        page.wait_for_function("head => !head.isConnected", arg=before)
    page.locator("#am-head").wait_for()


def _look(page: Page, name: str) -> None:
    page.locator("#am-more summary").click()
    page.get_by_role("button", name=name).click()


def _unfold(page: Page) -> None:
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


def _words_for_a_reader(page: Page) -> str:
    """Return every word that a screen reader could say."""
    inspector = page.context.new_cdp_session(page)
    nodes = inspector.send("Accessibility.getFullAXTree")["nodes"]
    inspector.detach()
    return json.dumps([[one.get(part) for part in ("name", "value", "description", "properties")]
                       for one in nodes if not one.get("ignored")])  # fmt: skip


def test_no_typed_word_can_be_read_or_heard_while_details_are_hidden(
    browser: Browser, marked: Any
) -> None:
    """A beamer, a visitor at the shoulder and a screen reader must all get three dots."""
    page = _open(browser, marked.address)
    read, heard = [], []

    _go(page, "s6")
    before = page.locator("body").inner_text()
    _look(page, "Hide details")
    for screen in SCREENS:
        _go(page, screen)
        _unfold(page)
        if _MARKER in page.locator("body").inner_text():
            read.append(screen)
        if _MARKER in _words_for_a_reader(page):
            heard.append(screen)

    assert _MARKER in before
    assert (read, heard) == ([], [])
