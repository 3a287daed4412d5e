"""A keeper that is killed behind open pages: said, nothing acknowledged lost, nothing hidden."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from amparo.errors import WorkspaceMissingError
from amparo.keeper.client import Handle
from amparo.serve.keeper_house import KeeperHouse
from amparo.serve.porter import Porter
from amparo.serve.screens import Mode, Screens
from amparo.store import Identity

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATIENCE_MS = 60_000
_OPEN = "where => window.dispatchEvent(new CustomEvent('amparo-open', {detail: {where}}))"


async def _no_kernels(_: object) -> None:
    """Have none to end."""


@pytest.fixture
def house() -> Iterator[Callable[..., KeeperHouse]]:
    """Make houses; what they hold is let go of at the end."""
    made: list[KeeperHouse] = []

    def one(place: Path, handle: Handle, *, session_only: bool) -> KeeperHouse:
        made.append(KeeperHouse(place, handle, session_only=session_only, keep_in=place.parent))
        return made[-1]

    yield one
    for held in made:
        held.close()


@pytest.mark.parametrize("before", ["open", "hidden", "visitors"])
def test_r32_a_killed_keeper_asks_for_the_passphrase_and_the_server_goes_on(
    keep: Callable[..., Handle], house: Callable[..., KeeperHouse], tmp_path: Path,
    identity: Identity, in_a_loop: Any, before: Mode,
) -> None:  # fmt: skip
    """One crash must not throw everybody out, nor show anything behind the calm page."""
    place = tmp_path / "w"
    handle = keep(place, identity, create=True)
    home = house(place, handle, session_only=False)

    async def walk() -> tuple[Any, ...]:
        screens = Screens()
        porter = Porter(home, screens, kernels=tuple, end=_no_kernels)
        if before != "open":
            porter.hide(before)
        os.kill(handle.pid, signal.SIGKILL)
        assert handle.wait(20)
        for _ in range(2):
            await porter.tick()
        shown = screens.mode
        if before != "open":
            screens.show_again()
        return shown, screens.mode, screens.lost, porter.is_done, home.has_ended()

    shown: Mode = "locked" if before == "open" else before
    assert in_a_loop(walk()) == (shown, "locked", True, False, False)


def test_r32_a_session_whose_keeper_was_killed_is_over_and_says_so(
    keep: Callable[..., Handle], house: Callable[..., KeeperHouse], tmp_path: Path, in_a_loop: Any
) -> None:
    """Its key was in that memory alone; a page that goes on would only pretend."""
    place = tmp_path / "once"
    handle = keep(place, session_only=True)
    home = house(place, handle, session_only=True)
    heard: list[Mode] = []

    async def walk() -> tuple[Any, ...]:
        screens = Screens()
        screens.holders.add(heard.append)
        porter = Porter(home, screens, kernels=tuple, end=_no_kernels)
        os.kill(handle.pid, signal.SIGKILL)
        assert handle.wait(20)
        for _ in range(2):
            await porter.tick()
        tasks = tuple(porter._tasks)
        for task in tasks:
            await task
        return len(tasks), screens.lost, porter.is_done

    assert in_a_loop(walk()) == (1, True, True)
    assert heard == ["ended"]


def test_r32_a_folder_that_vanished_is_said_at_the_door(
    keep: Callable[..., Handle], house: Callable[..., KeeperHouse], tmp_path: Path,
    identity: Identity,
) -> None:  # fmt: skip
    """The stick was pulled out, and the keeper died of it."""
    place = tmp_path / "w"
    handle = keep(place, identity, create=True)
    home = house(place, handle, session_only=False)
    os.kill(handle.pid, signal.SIGKILL)
    assert handle.wait(20)
    place.rename(tmp_path / "pulled out")

    home.let_go()

    assert not home.is_open()
    with pytest.raises(WorkspaceMissingError):
        home.unlock("six words that once opened it all")


@pytest.mark.browser
def test_r32_after_a_kill_the_page_shows_what_was_not_saved_and_the_passphrase_brings_the_rest(
    opened: Any, kept_example: Any, browser: Browser
) -> None:
    """What somebody just wrote is on no disk and in no keeper: it must not go without a word."""
    server = opened(
        "open", kept_example.place, "--passphrase-file", kept_example.secret, "--lang", "en"
    )
    context = browser.new_context(viewport={"width": 360, "height": 780})
    page, other = context.new_page(), context.new_page()
    for one in (page, other):
        one.goto(server.address if one is page else f"{server.origin}/?lang=en&step=s4")
        one.locator("#am-head").wait_for(timeout=PATIENCE_MS)
    page.evaluate(_OPEN, "s4")
    _add_place(page, "the mill")
    page.wait_for_function("() => window.__amparo.open.size === 0", timeout=PATIENCE_MS)

    (keeper,) = server.keepers()
    keeper.kill()
    page.locator("details.card[open] [data-field=label] input").last.fill("the mill at nigh")

    page.get_by_text("the mill at nigh").wait_for(timeout=PATIENCE_MS)
    other.wait_for_url(re.compile("/locked"), timeout=PATIENCE_MS)
    assert page.locator("details, input").count() == 0
    assert "everything that was shown as saved" in other.content().lower()
    page.screenshot(path=os.environ.get("AMPARO_LOOK", os.devnull), type="png")
    other.get_by_label("Passphrase").fill(kept_example.passphrase)
    other.get_by_role("button", name="Open").click()
    other.locator("html[data-screen=s4] #am-head").wait_for(timeout=PATIENCE_MS)
    other.get_by_text("the mill", exact=True).first.wait_for(timeout=PATIENCE_MS)
    for _ in range(3):
        page.keyboard.press("Escape")
    page.get_by_text("the mill at nigh").wait_for(state="detached", timeout=PATIENCE_MS)
    context.close()


def _add_place(page: Page, name: str) -> None:
    page.get_by_role("button", name="Add a place").click(timeout=PATIENCE_MS)
    card = page.locator("details.card[open]").last
    card.locator("[data-field=label] input").fill(name)
    card.locator("[data-field=rating] input").first.check()
