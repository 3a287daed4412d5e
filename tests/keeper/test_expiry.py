"""What is past its day goes at the opening, unless the clock of the computer looks wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from amparo.keeper.capabilities import RIGHTS
from amparo.keeper.commands import Counter
from amparo.keeper.desk import Desk
from amparo.keeper.expiry import MANY_EXPIRED, expire
from amparo.messages import messages
from amparo.model.registry import to_json
from amparo.model.threats import Threat
from amparo.store import Envelope

DAY = timedelta(days=1)


@pytest.fixture
def fill(desk: Desk, threat: Callable[..., Threat]) -> Callable[..., None]:
    """Save records, the first of which are to be deleted after tomorrow."""

    def some(total: int, dated: int) -> None:
        tomorrow = desk.now().date() + DAY
        for number in range(1, total + 1):
            day = tomorrow if number <= dated else None
            text = to_json(threat(number).with_changes(delete_by=day))
            desk.store.put(Envelope(f"{number:032x}", "threat", text, delete_by=day), role="K")

    return some


def opened_at(desk: Desk, instant: datetime) -> Desk:
    """Return the desk as it would be after an opening at this instant."""
    later = replace(desk, now=lambda: instant)
    expire(later)
    return later


def ask(desk: Desk, do: str) -> Any:
    page = desk.ring.grant({"read", "write"}, identity="page", role="B")
    return Counter(desk).answer(page, {"do": do, "with": {}})["ok"]


@pytest.mark.parametrize(("total", "dated"), [(3, 1), (60, 20), (9, 3)])
def test_a_few_that_are_past_their_day_go_without_a_word(
    desk: Desk, fill: Callable[..., None], total: int, dated: int
) -> None:
    """A day to delete is a promise to the people written about."""
    fill(total, dated)

    later = opened_at(desk, desk.now() + 3 * DAY)

    assert len(later.store.list()) == total - dated
    assert ask(later, "status")["notices"] == ask(later, "expired") == []


@pytest.mark.parametrize(("total", "dated"), [(2, 1), (60, 21), (9, 4)])
def test_r32_a_clock_that_jumped_ahead_deletes_nothing_until_somebody_says_so(
    desk: Desk, fill: Callable[..., None], total: int, dated: int
) -> None:
    """An empty battery sets the clock to another year: that must not cost the plan."""
    fill(total, dated)
    desk.store.put(Envelope("f" * 32, "threat", "{}"), role="K")
    desk.store.delete("f" * 32, role="K")

    later = opened_at(desk, desk.now() + 3650 * DAY)

    assert len(later.store.list()) == total
    assert len(later.store.history("f" * 32)) == 2
    assert ask(later, "status")["notices"] == [MANY_EXPIRED]
    assert len(ask(later, "expired")) == dated
    assert all(messages(lang).has(MANY_EXPIRED) for lang in ("en", "es", "fr", "ar"))

    assert ask(later, "confirm_expired") == dated
    assert len(later.store.list()) == total - dated
    assert ask(later, "status")["notices"] == ask(later, "expired") == []


def test_r32_a_clock_put_right_asks_no_more(desk: Desk, fill: Callable[..., None]) -> None:
    """The question is asked anew at each opening, of the clock as it is then."""
    fill(2, 2)
    opened_at(desk, desk.now() + 3650 * DAY)

    again = opened_at(desk, desk.now())

    assert ask(again, "expired") == []
    assert len(again.store.list()) == 2


def test_confirming_erases_nothing_that_was_not_past_its_day_at_the_opening(
    desk: Desk, fill: Callable[..., None], threat: Callable[..., Threat]
) -> None:
    """A page may write: it must not be able to erase for good whatever it gives a past day."""
    fill(3, 3)
    later = opened_at(desk, desk.now() + 30 * DAY)
    past = desk.now().date()
    kept = threat(1).with_changes(delete_by=None)
    later.store.put(Envelope(kept.id, "threat", to_json(kept), 1), role="K")
    later.store.put(Envelope("e" * 32, "threat", "{}", delete_by=past), role="K")

    erased = ask(later, "confirm_expired")

    assert erased == 2
    assert {item.id for item in later.store.list()} == {kept.id, "e" * 32}


@pytest.mark.parametrize("do", ["expired", "confirm_expired"])
def test_nothing_waits_when_nothing_is_past_its_day(desk: Desk, do: str) -> None:
    """The usual opening has nothing to ask."""
    keepers = desk.ring.grant(RIGHTS, identity="keepers", role="K")

    assert Counter(desk).answer(keepers, {"do": do, "with": {}})["ok"] in ([], 0)
