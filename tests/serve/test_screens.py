"""What the screens show, when they hide by themselves, and what a PIN costs."""

from __future__ import annotations

import asyncio
import time

import pytest

from amparo.serve.pin import Pin, Tries
from amparo.serve.screens import Mode, Screens, Waits


class _Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


def test_an_untouched_page_hides_after_twenty_minutes_and_locks_half_an_hour_later(clock) -> None:
    """A laptop left on a table must not show the plan all night, nor keep its key."""
    screens = Screens(clock=clock)
    seen = []

    for minute in (0, 19, 20):
        clock.now = minute * 60
        seen.append(screens.is_time_to_hide())
    screens.turn("hidden")
    for minute in (49, 50):
        clock.now = minute * 60
        seen.append(screens.is_time_to_lock())

    assert seen == [False, False, True, False, True]


def test_a_touch_puts_off_hiding_and_nought_means_never(clock) -> None:
    """Nobody is hidden from while they type; a teacher at a big screen may switch it off."""
    touched, never = Screens(clock=clock), Screens(Waits(0, 0), clock=clock)
    clock.now = 19 * 60
    touched.touch()
    clock.now = 38 * 60

    assert not touched.is_time_to_hide()
    clock.now = 10_000_000
    assert touched.is_time_to_hide()
    assert not never.is_time_to_hide()
    never.turn("hidden")
    assert not never.is_time_to_lock()


def test_every_page_hears_at_once_and_a_lost_key_asks_for_the_passphrase() -> None:
    """One act, all pages; who comes back after half an hour meets the lock."""
    heard: list[Mode] = []
    others: list[Mode] = []
    screens = Screens()
    screens.listeners |= {heard.append, others.append}

    screens.turn("visitors")
    screens.must_unlock = True
    screens.show_again()

    assert heard == others == ["visitors", "locked"]


@pytest.mark.parametrize("mode", ["hidden", "visitors", "locked", "ended"])
def test_only_the_calm_pages_are_answered_while_nothing_is_shown(mode: Mode) -> None:
    """A forgotten route would show to visitors what was hidden from them."""
    screens = Screens()
    screens.turn(mode)

    shut = ["/", "/words", "/am/kept", "/am/paper/sheet", "/am/preview/plan", "/am/readers", "/am/hide", "/am/pin", "/am/forget", "/am/keep",
            "/am/suggest", "/am/lock", "/am/visitors", "/api/kernels/x", "/api/kernels/x/channels"]  # fmt: skip
    assert [path for path in shut if screens.answers(path)] == []
    assert screens.answers("/now")
    assert screens.answers(screens.place)


@pytest.mark.parametrize("text", ["1", "123", "123456789", "12 34", "abcd", "", None, 1234, ["1"]])
def test_a_pin_has_four_to_eight_digits(text: object) -> None:
    """Shorter ones are guessed, and letters are not on every keyboard."""
    assert Pin.of(text) is None


def test_a_pin_typed_in_arabic_digits_is_the_same_pin() -> None:
    """A phone keyboard decides which digits come out."""
    pin = Pin.of("٤٢٧١")

    assert pin is not None
    assert pin.fits("4271")
    assert not pin.fits("4272")
    assert b"4271" not in pin.digest + pin.salt


def test_wrong_pins_cost_ever_more_time_and_never_more_than_that(in_a_loop) -> None:
    """Trying all must take days; a mistaken friend must not lose the work."""
    pin, tries = Pin.of("4271"), Tries()
    assert pin is not None

    async def judged() -> list[tuple[bool | None, float]]:
        seen = []
        for text in ("1111", "2222", "4271"):
            began = time.monotonic()
            first = asyncio.ensure_future(tries.judge(pin, text))
            await asyncio.sleep(0)
            assert await tries.judge(pin, "4271") is None, "two at once"
            seen.append((await first, time.monotonic() - began))
        return seen

    (one, one_s), (two, two_s), (right, right_s) = in_a_loop(judged())

    assert (one, two, right) == (False, False, True)
    assert one_s >= 1
    assert two_s >= 2
    assert right_s < 1
