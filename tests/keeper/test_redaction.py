"""What crosses the socket for whom."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from amparo.errors import NoVersionError
from amparo.keeper.capabilities import RIGHTS
from amparo.keeper.client import Handle
from amparo.keeper.commands import Counter
from amparo.keeper.desk import Desk
from amparo.keeper.faults import rebuild
from amparo.model.base import Record
from amparo.model.plan import PlanVersion, Rule
from amparo.model.registry import RECORD_TYPES
from amparo.model.statements import Statement
from amparo.model.support import Consent, SupportRequest
from amparo.model.workspace import Workspace
from amparo.session import Session

Fill = Callable[[type[Record], str], Record]


@pytest.fixture
def everything(full_record: Fill) -> tuple[Record, ...]:
    """One full record of every kind."""
    return tuple(full_record(model, f"{n:032x}") for n, model in enumerate(RECORD_TYPES, 1))


@pytest.fixture
def crossing(kept: Handle, raw: Callable[..., list[bytes]]) -> Callable[[Session, str], bytes]:
    """Return what lets a report fetch its data, and hands over the bytes that crossed the socket."""

    def fetched(session: Session, ticket: str) -> bytes:
        own = session.report_environment(ticket)["AMPARO_CAPABILITY"]
        asked = {"do": "report_data", "with": {"ticket": ticket}}
        return raw(kept.address, {"capability": own}, asked)[1]

    return fetched


def test_r39_nothing_of_the_keepers_crosses_the_socket_for_the_group(
    kept: Handle,
    connect: Callable[[Handle], Session],
    crossing: Callable[[Session, str], bytes],
    everything: tuple[Record, ...],
) -> None:
    """What never leaves the keeper cannot be printed by mistake."""
    session = connect(kept)
    session.save_many([(record, None) for record in everything])

    body = crossing(session, session.ticket("plan", "group", "es"))

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


def test_help_whose_yes_was_taken_back_is_nothing_for_allies(
    kept: Handle, connect: Callable[[Handle], Session]
) -> None:
    """Withdrawal removes things here, also from papers that are made tomorrow."""
    session = connect(kept)
    common = {"created_on": "2026-03-01", "sensitivity": "amber"}
    consent = Consent.read(
        {**common, "id": "c" * 32, "level": "collective_consent", "purpose": "x",
         "given_on": "2026-03-01"}
    )  # fmt: skip
    request = SupportRequest.read(
        {**common, "id": "d" * 32, "request_type": "r_statement", "consent_id": consent.id,
         "consent": "collective_consent"}
    )  # fmt: skip
    session.save_many([(consent, None), (request, None)])

    def told(audience: Any) -> bool:
        data = session.report_data(session.ticket("allies", audience, "es"))
        return data.workspace.get(request.id) is not None

    before = told("allies")
    session.save(consent.with_changes(withdrawn_on="2026-03-02"), expected_version=1)

    assert (before, told("allies"), told("group")) == (True, False, True)


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


@pytest.fixture
def agree(full_record: Fill) -> Callable[[Session, int], None]:
    """Agree on a plan with this number, as it stands."""

    def one(session: Session, number: int, **fields: Any) -> None:
        made = full_record(PlanVersion, f"{9000 + number:032x}")
        agreed = {"number": number, "store_seq": session.status().seq, **fields}
        session.save(made.with_changes(**agreed), expected_version=None)

    return one


def _ids(workspace: Workspace | None) -> set[str]:
    assert workspace is not None
    return {record.id for record in workspace if record.kind != "plan_version"}


def test_a_review_brings_the_state_at_the_agreed_plan_that_is_asked_for(
    kept: Handle,
    connect: Callable[[Handle], Session],
    agree: Callable[..., None],
    threat: Callable[..., Record],
) -> None:
    """Compared with the wrong version, a plan changed in silence."""
    session = connect(kept)
    for number in (1, 2):
        session.save(threat(number), expected_version=None)
        agree(session, number)
    session.save(threat(3), expected_version=None)

    first, second, last = (
        session.report_data(session.ticket("review", "keepers", "es", parameters=asked)).before
        for asked in ({"version": 1}, {"version": 2}, {})
    )

    assert _ids(first) == {threat(1).id}
    assert _ids(second) == _ids(last) == {threat(1).id, threat(2).id}


def test_the_state_before_is_cut_as_the_state_now(
    kept: Handle,
    connect: Callable[[Handle], Session],
    raw: Callable[..., list[bytes]],
    agree: Callable[..., None],
    everything: tuple[Record, ...],
) -> None:
    """ "What changed since the last plan" must not become a way around the cut."""
    session = connect(kept)
    whole = [record for record in everything if record.kind != "plan_version"]
    session.save_many([(record, None) for record in whole])
    agree(session, 1)
    ticket = session.ticket("review", "group", "es")
    own = session.report_environment(ticket)["AMPARO_CAPABILITY"]

    _, body = raw(
        kept.address, {"capability": own}, {"do": "report_data", "with": {"ticket": ticket}}
    )

    before = session.report_data(ticket).before
    expected = Workspace.of(whole).for_audience("group")
    assert before is not None
    assert {r.id: vars(r) for r in before} == {r.id: vars(r) for r in expected}
    assert b"KEEPWORD" not in body
    assert b"keepword" not in body


def test_what_a_new_label_took_from_the_group_does_not_come_back_as_taken_away(
    kept: Handle,
    connect: Callable[[Handle], Session],
    agree: Callable[..., None],
    full_record: Fill,
) -> None:
    """The keepers hid it because it is dangerous; the old words are as dangerous as the new."""
    session = connect(kept)
    rules = [full_record(Rule, f"{number:032x}") for number in (1, 2, 3)]
    session.save_many([(rule, None) for rule in rules])
    agree(session, 1)
    session.save_many([(rule.with_changes(sensitivity="red"), 1) for rule in rules[:2]])
    session.delete(rules[1].id, expected_version=2)

    group, keepers = (
        session.report_data(session.ticket("review", audience, "es")).before
        for audience in ("group", "keepers")
    )

    assert _ids(group) == {rules[2].id}
    assert _ids(keepers) == {rule.id for rule in rules}


@pytest.fixture
def ask(desk: Desk) -> Callable[..., Any]:
    """Ask a desk in this process, as its keepers."""
    counter = Counter(desk)
    keepers = desk.ring.grant(RIGHTS, identity="keepers", role="K")

    def one(do: str, **arguments: Any) -> Any:
        return counter.answer(keepers, {"do": do, "with": arguments})

    return one


@pytest.fixture
def agreed(ask: Callable[..., Any], full_record: Fill) -> Callable[..., None]:
    """Save an agreed plan with this number."""

    def one(number: int, **fields: Any) -> None:
        made = full_record(PlanVersion, f"{9000 + number:032x}")
        values = made.with_changes(number=number, **fields).model_dump(mode="json")
        item = {"kind": "plan_version", "values": values, "expected_version": None}
        assert "ok" in ask("save", items=[item])

    return one


def _report(ask: Callable[..., Any], report: str, audience: str, **asked: int) -> Any:
    order = {"report": report, "audience": audience, "lang": "es", "parameters": asked}
    return ask("report_data", ticket=ask("ticket", **order)["ok"])


def test_a_version_that_there_is_not_is_one_clear_error(
    ask: Callable[..., Any], agreed: Callable[..., None]
) -> None:
    """Of a version whose label hides it, a group learns no more than that there is none."""
    agreed(1, store_seq=1)
    agreed(2, store_seq=1, sensitivity="red")

    for audience, number in (("keepers", 7), ("group", 2)):
        error = rebuild(_report(ask, "review", audience, version=number)["error"])
        assert type(error) is NoVersionError
        assert error.values == {"number": number}


def test_without_a_state_to_compare_with_there_is_no_before(
    ask: Callable[..., Any], agreed: Callable[..., None]
) -> None:
    """The first plan, one that came with an example, one from another file, another report."""
    found = [_report(ask, "review", "keepers")["ok"]["before"]]
    for number, seq in ((1, 0), (2, 10**6)):
        agreed(number, store_seq=seq)
        found.append(_report(ask, "review", "keepers")["ok"]["before"])
    agreed(3, store_seq=1)
    found.append(_report(ask, "plan", "keepers")["ok"]["before"])

    assert found == [None] * 4


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


def test_the_budget_is_for_the_donor_and_holds_no_measure(
    kept: Handle,
    connect: Callable[[Handle], Session],
    crossing: Callable[[Session, str], bytes],
    everything: tuple[Record, ...],
) -> None:
    """The counts are made in the keeper; what they count stays there."""
    session = connect(kept)
    session.save_many([(record, None) for record in everything])
    donor = session.ticket("donor", "allies", "es")

    body = crossing(session, donor)

    assert len(session.report_data(donor).budget) == 1
    assert session.report_data(session.ticket("allies", "allies", "es")).budget == ()
    assert b"WORD" not in body
    narrow = session.ticket("donor", "allies", "es", without=["measure.cost"])
    assert session.report_data(narrow).budget == ()


def test_what_a_kind_holds_back_does_not_cross_the_socket(
    kept: Handle, connect: Callable[[Handle], Session]
) -> None:
    """A label alone is one act; what was written for allies, or has no yes, needs more."""
    session = connect(kept)
    common = {"created_on": "2026-03-01", "sensitivity": "clear"}
    told = Statement.read({**common, "id": "c" * 32, "reader": "allies", "title": "x"})
    asked = SupportRequest.read({**common, "id": "d" * 32, "request_type": "r_statement"})
    session.save_many([(told, None), (asked, None)])

    def seen(audience: Any) -> set[str]:
        data = session.report_data(session.ticket("allies", audience, "es"))
        return {record.id for record in data.workspace}

    assert seen("group") == {told.id, asked.id}
    assert seen("allies") == {told.id}
    assert seen("public") == set()
