"""How much a reader does not get: numbers for those who may read all, and never a word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from amparo.content.examples import example
from amparo.keeper.capabilities import RIGHTS
from amparo.keeper.client import Handle
from amparo.keeper.commands import Counter
from amparo.keeper.desk import Desk
from amparo.model.base import Record
from amparo.model.registry import RECORD_TYPES
from amparo.session import LeftOut, Session

TODAY = date(2026, 11, 24)


@pytest.fixture
def small(kept: Handle, connect: Callable[[Handle], Session]) -> Session:
    """The small example, in a keeper of its own."""
    session = connect(kept)
    session.save_many([(record, None) for record in example("small", "en", TODAY)])
    return session


def test_the_group_is_told_of_as_many_threats_as_there_are_and_of_every_cut_field(
    small: Session,
) -> None:
    """Keepers decide on these numbers whether a paper says too much: they must be exact."""
    before = small.workspace()
    left = small.report_left_out(small.ticket("plan", "group", "en", without=["threat"]))
    red = next(record for record in before if record.kind == "measure")
    small.save(red.with_changes(sensitivity="red"), expected_version=1)
    after = small.report_left_out(small.ticket("plan", "group", "en", without=["threat"]))

    threats = [record for record in before if record.kind == "threat"]
    assert left["threat"] == LeftOut(len(threats), 0)
    assert left["measure"].records == 0
    assert left["measure"].fields > 0
    assert after["measure"].records == 1
    assert after["measure"].fields < left["measure"].fields


def test_nothing_is_left_out_for_those_who_keep_the_file(small: Session) -> None:
    """A number here would say that the keepers' own paper hides something from them."""
    assert small.report_left_out(small.ticket("analysis", "keepers", "en")) == {}


@pytest.mark.parametrize("audience", ["group", "allies", "public"])
def test_no_word_of_a_record_is_in_the_numbers(
    desk: Desk, full_record: Callable[[type[Record], str], Record], audience: str
) -> None:
    """The page with these numbers is looked at while others are in the room."""
    counter = Counter(desk)
    caller = desk.ring.grant(RIGHTS, identity="keepers", role="K")
    items = [
        {"kind": model.kind, "values": record.model_dump(mode="json"), "expected_version": None}
        for number, model in enumerate(RECORD_TYPES, 1)
        for record in [full_record(model, f"{number:032x}")]
    ]
    counter.answer(caller, {"do": "save", "with": {"items": items}})
    order = {"report": "plan", "audience": audience, "lang": "es"}
    ticket = counter.answer(caller, {"do": "ticket", "with": order})["ok"]

    said = counter.answer(caller, {"do": "report_left_out", "with": {"ticket": ticket}})["ok"]

    kinds = {model.kind for model in RECORD_TYPES}
    assert len(said) > 10
    assert said.keys() <= kinds
    assert {type(number) for numbers in said.values() for number in numbers.values()} == {int}
    assert {frozenset(numbers) for numbers in said.values()} == {frozenset({"records", "fields"})}


def test_a_reports_own_process_learns_no_number_of_what_was_kept_from_it(desk: Desk) -> None:
    """A notebook for outsiders that somebody has changed must not print "12 incidents"."""
    counter = Counter(desk)
    keepers = desk.ring.grant(RIGHTS, identity="keepers", role="K")
    order: dict[str, Any] = {"report": "public", "audience": "public", "lang": "es"}
    ticket = counter.answer(keepers, {"do": "ticket", "with": order})["ok"]
    secret = counter.answer(keepers, {"do": "grant_report", "with": {"ticket": ticket}})["ok"]

    answer = counter.answer(
        desk.ring.find(secret), {"do": "report_left_out", "with": {"ticket": ticket}}
    )

    assert answer["error"]["class"] == "ForbiddenError"
