"""A newcomer walks each track from an empty workspace to paper in the hand."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pypdfium2
import pytest

from amparo.board.parts.step_head import depth
from amparo.keeper import client
from amparo.messages import messages
from amparo.model.registry import BY_KIND, to_json
from amparo.session import Session
from amparo.store import Passphrase
from amparo.wording.choices import pack_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
# A language and a width -> a newcomer at an empty workspace, and its server.
Walk = Callable[[str, int], tuple[Any, Any]]
PATIENCE_MS = 60_000
PASSPHRASE = "maiz lluvia piedra camino luna rio"
ON_THE_SHEET = frozenset({
    "signs", "signal", "second_signal", "all_clear", "first_five", "do_not", "go_to", "if_taken",
    "afterwards", "meet_at",
})  # fmt: skip


def _steps(track: str) -> list[str]:
    pack = pack_of("steps")
    return [step for step in pack.steps if depth(pack, step, track) != "none"]


def _text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    return " ".join(page.get_textpage().get_text_range() for page in document)


def _paper(page: Page, name: str) -> str:
    """Fetch a paper as its button does."""
    return _fetched(page, f"/am/paper/{name}?audience=group&paper=a4&lang=en")


def _notes(page: Page) -> str:
    """Fetch the notes of the keepers, with the word that a ticked box sends."""
    asked = "/am/paper/notes?audience=keepers&paper=a4&lang=en"
    return _fetched(page, page.evaluate(_POST, [asked, {"word": "keepers"}])["address"])


def _fetched(page: Page, address: str) -> str:
    answer = page.context.request.get(urljoin(page.url, address), timeout=2 * PATIENCE_MS)
    assert answer.ok, answer.status
    return _text_of(answer.body())


_POST = """async ([address, body]) => (await fetch(address, {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
})).json()"""


def _kept(page: Page, running: Any) -> str:
    """Keep what was written, close everything, and return all that the file holds."""
    kept = page.evaluate("async () => (await fetch('/am/kept')).json()")
    if kept["session_only"]:
        kept = page.evaluate(_POST, ["/am/keep", {"passphrase": PASSPHRASE, "again": PASSPHRASE}])
    assert kept["ok"]
    running.stop()
    handle = client.start(Path(kept["place"]), Passphrase(PASSPHRASE))
    with Session.connect(handle.environment()) as session:
        held = "\n".join(to_json(one.record) for one in session.stored())
        session.lock()
    assert handle.wait(30)
    return held


@pytest.mark.parametrize(("lang", "width"), [("ar", 360)])
def test_quick_ends_with_the_sheet(walk: Walk, lang: str, width: int) -> None:
    """Danger today: six questions, one page, and nothing was kept anywhere before."""
    here, running = walk(lang, width)
    page = here.page
    page.locator("input[value=yes]").check()
    page.locator(".start-go button.main").click()
    here.arrived("quick")
    page.locator(".quick progress[max='6']").wait_for(timeout=PATIENCE_MS)

    for number in range(6):
        page.locator(f".quick progress[value='{number + 1}']").wait_for(timeout=PATIENCE_MS)
        for form in page.locator(".quick .record-form").all():
            here.fill(form)
        page.locator(".quick .foot button.main").click()
    page.locator(".quick .foot button.main").click()
    here.arrived("papers")
    with page.context.expect_event("request", lambda one: "/am/paper/sheet" in one.url) as asked:
        page.locator(".paper button.main").click()

    assert here.missing(_fetched(page, asked.value.url), ON_THE_SHEET) == []
    assert here.missing(_notes(page)) == []
    assert here.missing(_kept(page, running)) == []
    assert here.errors == []


@pytest.mark.long
@pytest.mark.parametrize(("lang", "width"), [("en", 1200)])
def test_two_days_by_keyboard_alone_into_one_encrypted_workspace(
    walk: Walk, lang: str, width: int
) -> None:
    """No mouse, no example, no trainer; and what is kept is what was written."""
    here, running = walk(lang, width)
    page = here.page
    here.tab_to(lambda one: one["value"] == "session_only")
    page.keyboard.press("ArrowDown")
    for _ in range(2):
        here.tab_to(lambda one: one["isSecret"])
        page.keyboard.type(PASSPHRASE)
    here.tab_to(lambda one: one["isAdd"])
    page.keyboard.press("Enter")
    page.locator("html[data-screen=s0] #am-head").wait_for(timeout=PATIENCE_MS)
    here.tab_to(lambda one: one["tag"] == "SELECT" and one["value"] == "quick")
    page.keyboard.press("ArrowDown")
    here.saved()

    for step in _steps("two_day"):
        page.locator(f"html[data-screen={step}] #am-head").wait_for(timeout=PATIENCE_MS)
        here.fill_by_keyboard()
        if step != "s14":
            here.tab_to(lambda one: one["isNext"])
            page.keyboard.press("Enter")
            here.arrived(_after("two_day", step))

    assert here.missing(_paper(page, "plan"), frozenset({"s10.title"})) == []
    assert here.missing(_notes(page)) == []
    assert here.missing(_kept(page, running)) == []
    assert here.errors == []


@pytest.mark.parametrize("lang", ["ar"])
def test_five_days_with_every_field_of_every_step_half_of_it_on_a_phone(
    walk: Walk, lang: str
) -> None:
    """Whoever writes everything finds everything again, on paper and in the store."""
    here, running = walk(lang, 1200)
    page = here.page
    page.locator(".start-go button.main").click()
    page.locator("html[data-screen=s0] #am-head").wait_for(timeout=PATIENCE_MS)
    page.locator(".track select").select_option("five_day")
    here.saved()

    for step in _steps("five_day"):
        page.locator(f"html[data-screen={step}] #am-head").wait_for(timeout=PATIENCE_MS)
        if step == "s8":
            page.set_viewport_size({"width": 360, "height": 780})
        _write_everything(here, lang)
        if step != "s14":
            page.locator("button.next").click()
            here.arrived(_after("five_day", step))

    assert here.missing(_paper(page, "sheet"), ON_THE_SHEET) == []
    assert here.missing(_notes(page)) == []
    assert here.missing(_kept(page, running)) == []
    assert here.errors == []


def _write_everything(here: Any, lang: str) -> None:
    """Fill in the open form of a step, then one new record of each kind that it asks for."""
    adds = {messages(lang).text(f"kind.{kind}.add") for kind in BY_KIND}
    body = here.page.locator(".am-body")
    for form in body.locator(".card.alone > .record-form:visible").all():
        here.fill(form)
    for label in body.locator("button.main:not(.next):visible").all_inner_texts():
        if label in adds:
            body.get_by_role("button", name=label, exact=True).click()
            card = body.locator("details.card[open]:has(.record-form)").last
            here.fill(card.locator(".record-form"))
            card.evaluate("card => { card.open = false; }")


def _after(track: str, step: str) -> str:
    order = _steps(track)
    return order[order.index(step) + 1]
