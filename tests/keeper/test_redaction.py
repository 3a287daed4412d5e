"""What crosses the socket for whom."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from amparo.keeper.client import Handle
from amparo.model.base import Record
from amparo.model.plan import PlanVersion
from amparo.model.registry import RECORD_TYPES
from amparo.session import Session

Fill = Callable[[type[Record], str], Record]


@pytest.fixture
def everything(full_record: Fill) -> tuple[Record, ...]:
    """One full record of every kind."""
    return tuple(full_record(model, f"{n:032x}") for n, model in enumerate(RECORD_TYPES, 1))


def test_r39_nothing_of_the_keepers_crosses_the_socket_for_the_group(
    kept: Handle,
    connect: Callable[[Handle], Session],
    raw: Callable[..., list[bytes]],
    everything: tuple[Record, ...],
) -> None:
    """What never leaves the keeper cannot be printed by mistake."""
    session = connect(kept)
    session.save_many([(record, None) for record in everything])
    ticket = session.ticket("plan", "group", "es")
    own = session.report_environment(ticket)["AMPARO_CAPABILITY"]

    _, body = raw(
        kept.address,
        {"capability": own},
        {"do": "report_data", "with": {"ticket": ticket}},
    )

    assert b"KEEPWORD" not in body
    assert b"keepword" not in body
    assert b"GROUPWORD" in body


def test_the_full_records_do_fill_the_fields_of_the_keepers(
    everything: tuple[Record, ...],
) -> None:
    """Without this the test above would pass on empty records."""
    texts = [json.dumps(record.model_dump(mode="json")) for record in everything]

    filled = [text for text in texts if "KEEPWORD" in text]
    assert len(filled) > 20


@pytest.mark.parametrize("audience", ["keepers", "personal", "group", "allies", "public"])
def test_report_data_is_what_the_cut_workspace_is(
    kept: Handle,
    connect: Callable[[Handle], Session],
    everything: tuple[Record, ...],
    audience: Any,
) -> None:
    """A report reads the same records whether they were cut here or in the keeper."""
    session = connect(kept)
    session.save_many([(record, None) for record in everything])

    data = session.report_data(session.ticket("plan", audience, "es", "a4"))

    expected = session.workspace().for_audience(audience)
    assert [vars(record) for record in data.workspace] == [vars(record) for record in expected]
    assert (data.audience, data.lang, data.paper, data.report) == (audience, "es", "a4", "plan")


def test_a_red_record_stays_with_the_keepers(
    kept: Handle, connect: Callable[[Handle], Session], everything: tuple[Record, ...]
) -> None:
    """The label of a record counts for all its fields."""
    session = connect(kept)
    session.save_many([(record.with_changes(sensitivity="red"), None) for record in everything])

    group = session.report_data(session.ticket("plan", "group", "es")).workspace
    keepers = session.report_data(session.ticket("analysis", "keepers", "es")).workspace

    assert len(group) == 0
    assert len(keepers) == len(everything)


def test_the_state_at_the_last_agreed_plan_comes_back_cut(
    kept: Handle,
    connect: Callable[[Handle], Session],
    full_record: Fill,
    threat: Callable[..., Record],
) -> None:
    """ "What changed since the last plan" must not become a way around the cut."""
    session = connect(kept)
    ack = session.save(threat(1, "KEEPWORD"), expected_version=None)
    agreed = full_record(PlanVersion, "9" * 32).with_changes(number=1, store_seq=ack.seq)
    session.save(agreed, expected_version=None)
    session.save(threat(2, "KEEPWORD"), expected_version=None)

    keepers = session.report_before(session.ticket("plan", "keepers", "es"))
    group = session.report_before(session.ticket("plan", "group", "es"))

    assert keepers is not None
    assert [record.id for record in keepers] == [threat(1).id]
    assert group is not None
    assert "KEEPWORD" not in str([vars(record) for record in group])


def test_without_an_agreed_plan_there_is_no_state_before(
    kept: Handle, connect: Callable[[Handle], Session]
) -> None:
    """The first plan has nothing to compare with."""
    session = connect(kept)

    assert session.report_before(session.ticket("plan", "keepers", "es")) is None


@pytest.mark.parametrize(
    "order",
    [
        {"report": "../plan"}, {"report": ""}, {"audience": "everybody"}, {"lang": "es/../en"},
        {"paper": "A4; rm"}, {"today": "2020-01-01"},
    ],
)  # fmt: skip
def test_an_odd_report_order_is_refused(
    lasting: Handle, raw: Callable[..., list[bytes]], order: dict[str, str]
) -> None:
    """A ticket carries only words we know."""
    good = {"report": "plan", "audience": "group", "lang": "es"}

    _, answer = raw(
        lasting.address,
        {"capability": lasting.capability},
        {"do": "ticket", "with": good | order},
    )

    assert json.loads(answer)["error"]["class"] == "KeeperError"
