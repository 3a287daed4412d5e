"""Cut lines, dead kernels, two people, closed windows: what was said to be saved is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import psutil
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, WebSocketRoute

pytestmark = pytest.mark.browser
PATIENCE_MS = 60_000
_OPEN = "where => window.dispatchEvent(new CustomEvent('amparo-open', {detail: {where}}))"


class Tab:
    """One page at the list of places, with a line that can be cut."""

    def __init__(self, page: Page) -> None:
        self.page, self.is_cut = page, False
        self._sockets: list[WebSocketRoute] = []
        page.route_web_socket("**", self._through)

    def _through(self, socket: WebSocketRoute) -> None:
        if self.is_cut:
            socket.close()
            return
        self._sockets.append(socket)
        socket.connect_to_server()

    def cut(self) -> None:
        """Cut the line; nothing comes or goes until it is mended."""
        self.is_cut = True
        for socket in self._sockets:
            socket.close()
        self._sockets.clear()

    def open(self, address: str, step: str = "s4", lang: str = "en") -> Tab:
        """Open a step by its address, and wait until it is drawn."""
        self.page.goto(f"{address.partition('?')[0]}?lang={lang}&step={step}")
        self.arrived(step)
        return self

    def arrived(self, step: str) -> None:
        """Wait for a step."""
        self.page.locator(f"html[data-screen={step}] #am-head").wait_for(timeout=PATIENCE_MS)
        self.page.get_by_role("button", name="Add a place").wait_for(timeout=PATIENCE_MS)

    def add_place(self, name: str) -> Locator:
        """Add a place with all that it needs; return its card."""
        self.page.get_by_role("button", name="Add a place").click()
        card = self.page.locator("details.card[open]").last
        card.locator("[data-field=label] input").fill(name)
        card.locator("[data-field=rating] input").first.check()
        self.saved()
        card.locator("summary").get_by_text(name, exact=True).wait_for(timeout=PATIENCE_MS)
        return card

    def label_of(self, name: str) -> Locator:
        """Return the open label of the place with this name."""
        card = self.page.locator("details.card", has=self.page.get_by_text(name, exact=True)).first
        record = card.get_attribute("data-record")
        card = self.page.locator(f"[data-record='{record}']")
        card.evaluate("card => { card.open = true; }")
        return card.locator("[data-field=label] input")

    def saved(self) -> None:
        """Wait until the page says that all is saved."""
        self.page.wait_for_function("() => window.__amparo.open.size === 0", timeout=PATIENCE_MS)
        assert self.state() == "saved"

    def state(self) -> str | None:
        """Return what the page says of saving."""
        return self.page.locator(".save-line").get_attribute("data-state")

    def names(self) -> list[str]:
        """Return the first line of every record of this step."""
        return self.page.locator("details.card > summary .sentence").all_inner_texts()


@pytest.fixture
def tabs(browser: Browser, example_server: Any, signed_in: Any) -> Iterator[Callable[[], Tab]]:
    """Return what opens one more tab of the same browser."""
    context = browser.new_context(storage_state=signed_in)

    def one() -> Tab:
        return Tab(context.new_page()).open(example_server.address)

    yield one
    context.close()


@pytest.fixture(scope="module")
def signed_in(browser: Browser, example_server: Any) -> Any:
    """Return the cookie of a browser that opened the address once."""
    context = browser.new_context()
    context.new_page().goto(example_server.address)
    state = context.storage_state()
    context.close()
    return state


def test_a_cut_line_and_a_dead_kernel_are_said_and_lose_nothing_acknowledged(
    tabs: Callable[[], Tab], example_server: Any
) -> None:
    """The light goes off in the middle of a word: what was saved is saved, the rest is said."""
    tab = tabs()
    tab.add_place("the mill <img src=x onerror=alert(1)>")

    tab.cut()
    label = tab.label_of("the mill <img src=x onerror=alert(1)>")
    label.fill("the mill by the old river")
    tab.page.locator(".save-line[data-state=unsaved]").wait_for(timeout=PATIENCE_MS)
    assert tab.page.evaluate("window.__amparo.open.size") > 0
    tab.is_cut = False
    label.press_sequentially(" bend")
    tab.saved()

    for one in psutil.Process(example_server.process.pid).children(recursive=True):
        # Started the plain way, or a child of the process that kernels are forked from.
        parent = one.parent()
        above = parent.cmdline() if parent else []
        if "ipykernel_launcher" in one.cmdline() or "amparo.kernels" in above:
            one.kill()
    label.fill("never acknowledged")
    tab.page.locator(".save-line[data-state=unsaved]").wait_for(timeout=PATIENCE_MS)
    tab.page.close(run_before_unload=False)

    again = tabs().names()
    assert "the mill by the old river bend" in again
    assert "never acknowledged" not in again


def test_what_others_wrote_while_the_line_was_cut_is_there_when_it_comes_back(
    tabs: Callable[[], Tab],
) -> None:
    """Nobody decides on what was true before the light went off."""
    tab, other = tabs(), tabs()
    tab.cut()
    other.add_place("the new school")
    tab.is_cut = False

    named = tab.page.locator("details.card > summary .sentence", has_text="the new school")
    named.wait_for(timeout=PATIENCE_MS)
    assert named.count() == 1


def test_pages_stay_in_step_by_themselves_and_leave_what_is_being_typed(
    tabs: Callable[[], Tab],
) -> None:
    """Two at one table: each sees what the other wrote, and neither loses half a word."""
    first, second = tabs(), tabs()
    first.page.get_by_role("button", name="Add a place").click()
    half = first.page.locator("details.card[open]").last.locator("[data-field=label] input")
    half.fill("half a wor")

    second.add_place("the ferry")
    first.page.locator(".sentence", has_text="the ferry").wait_for(timeout=PATIENCE_MS)
    assert (half.input_value(), first.state()) == ("half a wor", "unsaved")

    # The cursor of one rests where the other writes: nothing moves under it, and who goes on
    # typing there is shown both.
    mine, theirs = first.label_of("the ferry"), second.label_of("the ferry")
    mine.focus()
    theirs.fill("the ferry at night")
    second.saved()
    note = first.page.locator("details.card[open] > summary .sentence", has_text="at night")
    note.wait_for(timeout=PATIENCE_MS)
    assert mine.input_value() == "the ferry"
    mine.press_sequentially(" by day")
    warning = first.page.locator("details.card[open] .notice", has_text="the ferry at night")
    warning.wait_for(timeout=PATIENCE_MS)
    assert "the ferry by day" in warning.inner_text()
    warning.get_by_role("button", name="Keep the other").click()
    assert mine.input_value() == "the ferry at night"

    # What only one page looks at comes in by itself.
    theirs.fill("the old ferry")
    first.page.locator("[data-field=label] input:focus").evaluate_all(
        "all => all.forEach(one => one.blur())"
    )
    first.page.wait_for_function(
        "() => [...document.querySelectorAll('[data-field=label] input')]"
        ".some(one => one.value === 'the old ferry')", timeout=PATIENCE_MS,
    )  # fmt: skip


def test_words_about_what_another_page_deleted_stay_on_the_screen(tabs: Callable[[], Tab]) -> None:
    """Nobody's half sentence goes because somebody else tidied up."""
    first, second = tabs(), tabs()
    first.add_place("the tower")
    label = second.label_of("the tower")
    second.cut()
    label.fill("the tower with")
    first.page.locator("details.card[open]").last.get_by_role("button", name="Remove").click()
    first.saved()
    second.is_cut = False

    warning = second.page.locator("details.card[open] .notice:not([hidden])")
    warning.wait_for(timeout=PATIENCE_MS)
    assert "deleted" in warning.inner_text()
    assert label.input_value() == "the tower with"
    assert second.page.evaluate("window.__amparo.open.size") > 0


def test_two_people_on_one_record_see_both_versions_and_choose(tabs: Callable[[], Tab]) -> None:
    """Neither may write over the other without knowing it."""
    first = tabs()
    first.add_place("the school")
    second = tabs()
    mine, theirs = second.label_of("the school"), first.label_of("the school")
    warning = second.page.locator("details.card[open] .notice")

    for number, choice, kept in ((1, "Use mine", "mine 1"), (2, "Keep the other", "theirs 2")):
        second.cut()
        theirs.fill(f"theirs {number}")
        first.saved()
        theirs.blur()  # what comes in next is not kept out by a cursor
        mine.fill(f"mine {number}")
        second.is_cut = False
        warning.get_by_text(f"theirs {number}").wait_for(timeout=PATIENCE_MS)
        assert f"mine {number}" in warning.inner_text()
        assert f"theirs {number}" in warning.inner_text()
        assert second.state() != "saved"
        warning.get_by_role("button", name=choice).click()
        second.saved()
        assert mine.input_value() == kept
        first.page.evaluate("window.dispatchEvent(new Event('focus'))")
        first.page.get_by_text(kept, exact=True).first.wait_for(timeout=PATIENCE_MS)
    # What was chosen waits for no choice any more.
    first.page.evaluate(_OPEN, "checkup")
    first.page.locator("html[data-screen=checkup] .check-tally").wait_for(timeout=PATIENCE_MS)
    assert first.page.get_by_role("region", name="Came too late").count() == 0


def test_a_choice_that_nobody_made_waits_in_the_check_of_the_plan(tabs: Callable[[], Tab]) -> None:
    """The page said that both versions are kept; then somebody closed the window."""
    first = tabs()
    first.add_place("the well")
    second = tabs()
    mine, theirs = second.label_of("the well"), first.label_of("the well")
    second.cut()
    theirs.fill("the dry well")
    first.saved()
    mine.fill("the deep well")
    second.is_cut = False
    second.page.locator("details.card[open] .notice").get_by_text("the deep well").wait_for()
    second.page.close()

    page = first.page
    page.evaluate(_OPEN, "checkup")
    waiting = page.get_by_role("region", name="Came too late")
    waiting.wait_for(timeout=PATIENCE_MS)
    assert all(text in waiting.inner_text() for text in ("the deep well", "the dry well"))
    waiting.get_by_role("button", name="Use the late one").click()
    waiting.wait_for(state="detached", timeout=PATIENCE_MS)
    first.open(page.url)
    assert "the deep well" in first.names()
    assert "the dry well" not in first.names()


def test_what_waits_for_its_pause_is_not_shown_as_saved(tabs: Callable[[], Tab]) -> None:
    """Somebody shuts the lid in the middle of a word."""
    tab = tabs()
    tab.add_place("the chapel")

    tab.label_of("the chapel").fill("the chapel and the")
    said = tab.state()
    tab.page.close(run_before_unload=False)

    assert said == "saving"
    assert {"the chapel", "the chapel and the"} & set(tabs().names())


def test_other_steps_languages_and_tracks_lose_no_letter(tabs: Callable[[], Tab]) -> None:
    """People wander while they think."""
    tab = tabs()
    page = tab.page
    tab.add_place("the well")

    label = tab.label_of("the well")
    label.fill("the well behind the church")
    page.evaluate(_OPEN, "s6")
    page.locator("html[data-screen=s6] #threats").wait_for(timeout=PATIENCE_MS)
    page.go_back()
    tab.arrived("s4")
    assert "the well behind the church" in tab.names()

    tab.label_of("the well behind the church").fill("the well of the nuns")
    page.locator("[data-am-lang]").first.select_option("ar")
    page.locator("html[lang=ar][data-screen=s4] details.card").first.wait_for(timeout=PATIENCE_MS)
    assert "the well of the nuns" in tab.names()
    page.locator("[data-am-lang]").first.select_option("en")
    page.locator("html[lang=en][data-screen=s4] details.card").first.wait_for(timeout=PATIENCE_MS)

    _half_a_record_is_asked_about(tab)

    before = tab.names()
    box = page.locator(".track select")
    for track in ("five_day", "two_day", "quick", "self_paced"):
        box.select_option(track)
        tab.saved()
        assert box.input_value() == track
    # By keyboard each press chooses, and none waits for the one before.
    box.focus()
    for key in ("ArrowUp", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
    tab.saved()
    assert box.input_value() == "quick"
    assert box.evaluate("box => box === document.activeElement")
    assert page.locator(".stage-count").all_inner_texts()
    assert tab.names() == before


def _half_a_record_is_asked_about(tab: Tab) -> None:
    page = tab.page
    page.get_by_role("button", name="Add a place").click()
    card = page.locator("details.card[open]").last
    card.locator("[data-field=label] input").fill("half a place")

    page.get_by_role("button", name="Next", exact=True).click()
    page.get_by_role("button", name="Stay and finish it").click()
    assert tab.state() == "unsaved"
    assert card.locator("[data-field=label] input").input_value() == "half a place"
    card.locator("[data-field=rating] input").first.check()
    tab.saved()
    card.locator("summary").get_by_text("half a place", exact=True).wait_for(timeout=PATIENCE_MS)


def test_a_word_and_a_choice_of_one_person_are_no_conflict(tabs: Callable[[], Tab]) -> None:
    """The form and the frame both write the process; nobody quarrels with herself."""
    page = tabs().page
    page.evaluate(_OPEN, "s0")
    name = page.locator("[data-field=code_name] input")
    name.wait_for(timeout=PATIENCE_MS)
    track = page.get_by_label("How much time we have", exact=True)
    name.fill("the two rivers")
    track.select_option("five_day")
    page.locator("#am-finished").click()
    page.wait_for_function("() => window.__amparo.open.size === 0", timeout=PATIENCE_MS)

    assert page.locator(".save-line").get_attribute("data-state") == "saved"
    assert page.locator(".notice:visible").count() == 0
    page.reload()
    name.wait_for(timeout=PATIENCE_MS)
    assert name.input_value() == "the two rivers"
    assert track.input_value() == "five_day"
