"""Somebody who never saw a risk matrix, with a keyboard or a finger."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Error as PlaywrightError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ElementHandle, Locator, Page

PATIENCE_MS = 60_000
_FAR = 150
_FIELDS = 9
# What a keyboard types into a control that takes no words.
_KEYS = {"select-one": ("End",), "radio": ("Space",), "date": tuple("12312026"), "number": ("2",)}
_ABOUT = """e => ({
  tag: e.tagName, type: e.type ?? "", short: e.matches(".short, [dir='ltr']"),
  field: `${document.documentElement.dataset.screen}.${e.closest("[data-field]")?.dataset.field}`, value: e.value ?? "",
  options: e.options?.length ?? 0, isChecked: Boolean(e.checked),
  isFirst: !e.closest("fieldset")?.querySelector(":checked"),
})"""
_FOCUS = f"""() => {{
  const e = document.activeElement;
  return {{
    ...({_ABOUT})(e),
    isSecret: e.matches(".am-secret"), inForm: Boolean(e.closest(".am-body :is(.record-form, .am-field)")),
    isAdd: e.matches(".am-body button.main:not(.next)"), isNext: e.matches("button.next"),
    isMore: e.matches(".rows + button.quiet"), rows: e.parentElement?.querySelectorAll(".row").length,
    waits: Boolean(document.querySelector(".am-body .waits:not([hidden])")),
  }};
}}"""
_QUIET = """() => window.__amparo.open.size === 0
  && document.querySelector(".save-line").dataset.state === "saved" """
_CONTROLS = "input:visible, textarea:visible, select:visible"
_UNFOLD = "form => { for (const one of form.querySelectorAll('details')) one.open = true; }"


class Newcomer:
    """Somebody who writes a word of their own into everything, and remembers what was saved."""

    def __init__(self, page: Page, mark: str) -> None:
        self.page, self.mark = page, mark
        self.words: list[tuple[str, str]] = []
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def word(self, field: str) -> str:
        """Return a word that stands nowhere else."""
        # Letters only: at the end of a word between Arabic ones a PDF reader moves a digit.
        high, low = divmod(len(self.words), 20)
        self.words.append((f"{self.mark}{chr(97 + high)}{chr(97 + low)}", field))
        return self.words[-1][0]

    def missing(self, text: str, fields: frozenset[str] | None = None) -> list[tuple[str, str]]:
        """Return the words that do not stand in a text, with the fields they were typed into."""
        return [
            (word, field)
            for word, field in self.words
            if (fields is None or fields & {field, field.rpartition(".")[2]})
            and not re.search(rf"\b{word}\b", text, re.IGNORECASE)
        ]

    def saved(self) -> None:
        """Wait until the page says that all of it is saved."""
        try:
            self.page.wait_for_function(_QUIET, timeout=PATIENCE_MS)
        except PlaywrightError:
            said = self.page.locator(".save-line, .notice:visible, .waits:visible")
            raise AssertionError(said.all_inner_texts()) from None

    def arrived(self, screen: str) -> None:
        """Wait until a screen is there and its heading has the focus."""
        self.page.locator(f"html[data-screen={screen}] #am-head:focus").wait_for(
            timeout=PATIENCE_MS
        )

    # By keyboard alone.

    def press(self, *keys: str) -> dict[str, Any]:
        """Press keys; return what has the focus now."""
        for key in keys:
            self.page.keyboard.press(key)
        return self.page.evaluate(_FOCUS)

    def tab_to(self, wanted: Callable[[dict[str, Any]], bool], far: int = _FAR) -> dict[str, Any]:
        """Press Tab until *wanted* has the focus."""
        for _ in range(far):
            found = self.press("Tab")
            if wanted(found):
                return found
        raise AssertionError("never reached by Tab")

    def fill_by_keyboard(self) -> None:
        """Fill in the first form of the step, field after field, as Tab comes to them."""
        found = self.tab_to(lambda one: one["isAdd"] or (one["inForm"] and one["tag"] != "SUMMARY"))
        if found["isAdd"]:
            found = self.press("Enter")
            if not found["inForm"]:
                found = self.tab_to(lambda one: one["inForm"])
        for number in range(_FAR):
            self._type(found)
            found = self.press("Tab")
            if not found["inForm"] or (number > _FIELDS and not found["waits"]):
                break
        self.saved()

    def _type(self, here: dict[str, Any]) -> None:
        keyboard, kind = self.page.keyboard, here["type"]
        if here["tag"] == "TEXTAREA" or (kind == "text" and not here["short"]):
            keyboard.press("End")
            keyboard.type(self.word(here["field"]) + " ")
        elif here["isMore"] and not here["rows"]:
            self._type(self.press("Enter"))
        elif kind in _KEYS and not here["isChecked"]:
            self.press(*_KEYS[kind])
        elif here["tag"] == "SUMMARY" and here["waits"]:
            keyboard.press("Enter")

    # By hand: a mouse or a finger.

    def fill(self, form: Locator) -> None:
        """Fill in every field of a form, also what is folded and what a list may hold."""
        form.evaluate(_UNFOLD)
        more = form.locator(".rows:empty + button.quiet:visible")
        while more.count():
            more.first.click()
        # All at once: a judgement opens further fields while it is filled in.
        for control in form.locator(_CONTROLS).element_handles():
            self._fill_one(control)
        self.saved()

    def _fill_one(self, control: ElementHandle) -> None:
        here = control.evaluate(_ABOUT)
        kind = here["type"]
        if here["tag"] == "SELECT":
            control.select_option(index=here["options"] - 1)
        elif kind in {"radio", "checkbox"}:
            if here["isFirst"]:
                control.check()
        elif kind in {"date", "number"} or here["short"]:
            control.fill({"date": "2026-12-31", "number": "2"}.get(kind, "B"))
        elif kind in {"text", "textarea"}:
            control.fill(self.word(here["field"]))


@pytest.fixture
def walk(
    browser: Browser, newcomer: Callable[..., Any]
) -> Iterator[Callable[[str, int], tuple[Newcomer, Any]]]:
    """Return what opens an empty workspace, for this session only, in a new browser."""
    contexts = []

    def begin(lang: str, width: int) -> tuple[Newcomer, Any]:
        running = newcomer("--lang", lang)
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}))
        page = contexts[-1].new_page()
        page.goto(running.address)
        page.locator("html[data-screen=start] #am-head").wait_for(timeout=PATIENCE_MS)
        return Newcomer(page, f"zq{lang}"), running

    yield begin
    for context in contexts:
        context.close()
