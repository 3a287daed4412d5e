"""Simple view, reading aloud, hidden details and printed screens, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
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


# Three voices of a browser, as far as a test may know them: only the last lives on this computer.
_VOICES = """
  window.spoken = [];
  const voices = [{lang: "en-US", localService: false, name: "far"},
    {lang: "fr-FR", localService: true, name: "other"}];
  const engine = Object.assign(new EventTarget(), {getVoices: () => voices,
    cancel: () => window.spoken.push(["stop", ""]),
    speak: (said) => window.spoken.push([said.voice.name, said.text])});
  Object.defineProperty(window, "speechSynthesis", {value: engine});
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
  window.voiceCame = () => {
    voices.push({lang: "en-GB", localService: true, name: "near"});
    engine.dispatchEvent(new Event("voiceschanged"));
  };
"""


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
    page.add_init_script(_VOICES)
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
    # The frame gives the heading the focus when all parts are drawn.
    page.locator("#am-head:focus").wait_for()


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


def test_only_a_voice_of_this_computer_reads_and_never_what_was_typed(
    browser: Browser, marked: Any
) -> None:
    """A voice from the internet would carry the words away."""
    page = _open(browser, marked.address)
    _look(page, "Simple view")
    buttons = page.locator("button.speak")

    _go(page, "s6")
    without = (buttons.locator("visible=true").count(), page.get_by_text("no voice").is_visible())
    page.evaluate("voiceCame()")
    page.locator(".threat summary").first.click()
    page.evaluate("for (const one of document.querySelectorAll('button.speak')) one.click()")
    spoken = [one for one in page.evaluate("spoken") if one[0] != "stop"]
    page.evaluate("window.dispatchEvent(new Event('amparo-before-leave'))")

    assert without == (0, True)
    assert not page.get_by_text("no voice").is_visible()
    assert len(spoken) > 10
    assert {voice for voice, _ in spoken} == {"near"}
    assert not [text for _, text in spoken if _MARKER in text]
    assert page.evaluate("spoken.at(-1)")[0] == "stop"
    assert page.locator(".speak[aria-pressed=true]").count() == 0


def test_simple_view_asks_one_thing_at_a_time_by_keyboard_and_hides_nothing_afterwards(
    browser: Browser, marked: Any, axe: Callable
) -> None:
    """Who reads little gets one question, one card, one field; nobody loses one."""
    page = _open(browser, marked.address, width=360)
    _go(page, "s8")
    shown = page.locator(".questions > li").filter(visible=True)
    everything = shown.count()

    _look(page, "Simple view")
    one = (shown.count(), page.locator(".step-head .pager-count").inner_text())
    page.locator(".step-head .pager-next").press("Enter")
    moved = page.locator(".step-head .pager-count").inner_text()
    fields = page.locator(".am-paged").first.locator(".am-field").filter(visible=True).count()
    pictures = page.locator(".scale-picture").filter(visible=True).count()
    page.locator("button.term").filter(visible=True).or_(
        page.locator(".step-words summary")
    ).first.click()
    found = axe(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    _look(page, "Simple view")

    assert one == (1, f"Question 1 of {page.locator('.questions > li').count()}")
    assert moved.startswith("Question 2 of")
    assert (fields, pictures) == (1, 5)
    assert (found, width) == ([], 360)
    assert shown.count() == everything


def test_a_term_opens_its_meaning_and_leaves_the_way_out_in_reach(
    browser: Browser, marked: Any
) -> None:
    """A sheet over Quick exit could cost somebody the seconds that matter."""
    page = _open(browser, marked.address)
    _go(page, "s8")
    term = page.locator("button.term").first

    term.press("Enter")
    sheet = page.locator(".term-sheet")
    meaning = sheet.locator("p").inner_text()
    reach = page.get_by_role("button", name="Quick exit").is_enabled()
    page.keyboard.press("Escape")

    assert len(meaning) > 20
    assert reach
    assert sheet.count() == 0
    assert page.evaluate("document.activeElement.className") == "term"


def test_a_printed_step_shows_all_that_was_typed_and_forms_for_the_rest(
    browser: Browser, marked: Any, serve_records: Callable, tmp_path: Path
) -> None:
    """Where there is no electricity the paper is the workbook."""
    page = _open(browser, marked.address)
    _go(page, "s13")
    folds = "document.querySelectorAll('.amparo-part details[open]').length"
    before = page.evaluate(folds)
    written = _printed(page, tmp_path / "full.pdf")
    after = page.evaluate(folds)
    empty = _open(browser, serve_records([]).address)
    _go(empty, "s5")
    blank = _printed(empty, tmp_path / "blank.pdf")

    assert written.count(_MARKER) > 10
    assert after == before
    assert "5.1.1" in blank
    assert "5.2.1" in blank
    assert not [word for word in ("Quick exit", "Undo", "http", "Add ") if word in written + blank]


def _printed(page: Page, path: Path) -> str:
    page.pdf(path=path, format="A4", prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(path)
    return " ".join(sheet.get_textpage().get_text_range() for sheet in document)
