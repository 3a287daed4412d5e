"""The house of a real workspace: what its page may read, and what the clock does to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from amparo.errors import ForbiddenError
from amparo.keeper.client import Handle
from amparo.model.contributions import Contribution
from amparo.model.plan import Sheet
from amparo.serve.house import CardOrder, Paper
from amparo.serve.keeper_house import KeeperHouse
from amparo.serve.people import Person
from amparo.serve.porter import Porter
from amparo.serve.screens import Screens
from amparo.session import Session

PASSPHRASE = "lantern copper meadow violin harbor ticket"


@pytest.fixture
def house(keep: Callable[..., Handle], tmp_path: Path) -> Iterator[KeeperHouse]:
    """A session-only workspace."""
    place = tmp_path / "once"
    made = KeeperHouse(
        place, keep(place, session_only=True), session_only=True, keep_in=tmp_path / "kept"
    )
    yield made
    made.close()


def _sheet(signal: str) -> Sheet:
    return Sheet(id="a" * 32, created_on=date(2026, 11, 1), signal=signal)


def test_the_emergency_page_reads_the_sheet_as_it_stands_and_nothing_else(
    house: KeeperHouse, threat
) -> None:
    """A bell changed this morning must not be the old bell tonight; threats stay inside."""
    session = house.session
    nothing = house.sheet("en")
    ack = session.save(_sheet("bell"), expected_version=None)
    first = house.sheet("en")
    session.save(_sheet("whistle"), expected_version=ack.version)
    for _ in range(300):  # the keeper remembers 256 tickets
        session.ticket("sheet", "group", "en")
    second = house.sheet("en")

    order = house.order(Paper("sheet", "group", "en"))
    with Session.connect(order.environment) as reader:
        reader.report_data(order.ticket)
        for forbidden in (
            reader.stored,
            reader.slots,
            lambda: reader.save(threat(1), expected_version=None),
        ):
            with pytest.raises(ForbiddenError):
                forbidden()

    assert nothing is None
    assert first is not None
    assert second is not None
    assert (first.sheet.signal, second.sheet.signal) == ("bell", "whistle")


def test_after_half_an_hour_a_session_stays_and_a_kept_workspace_is_locked(
    house: KeeperHouse, in_a_loop
) -> None:
    """Quick exit ends nothing that cannot be opened again; any other key goes."""
    now = [0.0]

    async def walk() -> list[tuple[bool, bool]]:
        screens = Screens(clock=lambda: now[0])

        async def end(_: object) -> None:
            """Have no kernels."""

        porter = Porter(house, screens, kernels=tuple, end=end)
        seen = []
        for kept in (False, True):
            if kept:
                await porter.keep(PASSPHRASE)
            porter.hide()
            now[0] += 31 * 60
            await porter.tick()
            seen.append((house.is_open(), screens.must_unlock))
            screens.show_again()
        await porter.unlock(PASSPHRASE)
        seen.append((house.is_open(), screens.must_unlock))
        return seen

    assert in_a_loop(walk()) == [(True, False), (False, True), (True, False)]
    assert house.whereabouts().place.endswith("notes.amparo")


def test_a_participants_own_cards_come_back_after_a_lock_and_end_with_the_workshop(
    house: KeeperHouse,
) -> None:
    """The laptop locks itself over lunch; what somebody wrote for herself must still be hers."""
    person, looker = Person(7, "participant"), Person(8, "group")
    card = CardOrder("b" * 32, "care", "we sleep in turns", "own", None)
    house.keep(PASSPHRASE)
    house.write_card(person, card)
    house.lock()
    house.unlock(PASSPHRASE)

    assert [one.text for one in house.wall(person).own] == [card.text]
    assert house.wall(looker).contributions == ()
    house.dismiss(person)
    with Session.connect(house.environment(looker)) as page:
        assert page.workspace().all(Contribution) == ()
    house.end_workshop()
    assert house.wall(person).own == ()


def test_each_role_gets_the_rights_of_that_role_and_no_kernel_it_may_not_have(
    house: KeeperHouse,
) -> None:
    """The server asks the keeper as the person, so that a slip in a page gives nobody more."""
    for role in ("participant", "observer", "facilitator"):
        with pytest.raises(ForbiddenError):
            house.environment(Person(1, role))
    for role in ("observer", "facilitator", "group", "laptop"):
        with pytest.raises(ForbiddenError):
            house.write_card(Person(2, role), CardOrder("c" * 32, "care", "x", "wall", None))
    with pytest.raises(ForbiddenError):
        house.wall(Person(3, "facilitator"))
    environment = house.environment(Person(4, "group"))
    with Session.connect(environment) as page, pytest.raises(ForbiddenError):
        page.lock()
