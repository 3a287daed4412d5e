"""What the keeper lets into the store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, get_args

import pytest

from amparo.keeper.capabilities import RIGHTS
from amparo.keeper.commands import Counter
from amparo.keeper.desk import Desk
from amparo.messages import messages
from amparo.model.base import Record
from amparo.model.incidents import Incident
from amparo.model.plan import Sheet
from amparo.model.threats import Threat
from amparo.model.vocabularies import Certainty

DAY = date(2026, 3, 1)


@pytest.fixture
def save(desk: Desk) -> Callable[..., dict[str, Any]]:
    """Save plain values as a client would."""
    counter = Counter(desk)
    caller = desk.ring.grant(RIGHTS, identity="keepers", role="K")

    def one(record: Record, version: int | None = None, **changed: Any) -> dict[str, Any]:
        values = record.model_dump(mode="json") | changed
        item = {"kind": record.kind, "values": values, "expected_version": version}
        return counter.answer(caller, {"do": "save", "with": {"items": [item]}})

    return one


def test_a_value_that_breaks_a_rule_is_refused(
    desk: Desk, save: Callable[..., dict[str, Any]], threat: Callable[..., Threat]
) -> None:
    """A page that was tampered with must not put nonsense into the plan."""
    answer = save(threat(), imminence="yesterday")

    assert answer["error"]["class"] == "RecordError"
    assert answer["error"]["fields"] == [["imminence", "literal_error"]]
    assert desk.store.list() == ()


def test_the_refusal_does_not_repeat_what_was_typed(
    save: Callable[..., dict[str, Any]], threat: Callable[..., Threat]
) -> None:
    """An error may end in a log or on a projector."""
    answer = save(threat(), imminence="a secret")

    assert "a secret" not in str(answer)


def test_label_and_day_to_delete_come_from_the_checked_record(
    desk: Desk, save: Callable[..., dict[str, Any]], threat: Callable[..., Threat]
) -> None:
    """What decides who sees a record must be what the record itself says."""
    save(threat(), sensitivity="red", delete_by="2026-12-31")

    (found,) = desk.store.list()
    assert (found.sensitivity, found.delete_by) == ("red", date(2026, 12, 31))


def test_an_act_of_sexual_violence_is_not_logged(
    desk: Desk, save: Callable[..., dict[str, Any]]
) -> None:
    """In a shared list it would expose the person who lived through it."""
    certainty = get_args(Certainty)[0]
    incident = Incident(
        id="1" * 32,
        created_on=DAY,
        on=DAY,
        incident_kind="i_sexual",
        severity=3,
        certainty=certainty,
    )

    answer = save(incident)

    assert answer["error"]["class"] == "SexualIncidentError"
    assert desk.store.list() == ()


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
@pytest.mark.parametrize(
    "key", ["error.keeper", "error.locked", "error.forbidden", "error.sexual_incident"]
)
def test_every_refusal_has_its_sentence(lang: str, key: str) -> None:
    """People get a sentence in their language, never a key."""
    assert messages(lang).has(key)


def test_a_second_sheet_is_a_conflict(save: Callable[..., dict[str, Any]]) -> None:
    """Two tabs that both start the sheet must not make two sheets."""
    first, second = (Sheet(id=digit * 32, created_on=DAY) for digit in "12")
    save(first)

    answer = save(second)

    assert answer["error"]["class"] == "ConflictError"
    assert first.id in answer["error"]["theirs"]["json"]


def test_a_record_keeps_its_kind(
    save: Callable[..., dict[str, Any]], threat: Callable[..., Threat]
) -> None:
    """A sheet saved over a threat would lose the threat."""
    save(threat(1))

    answer = save(Sheet(id=threat(1).id, created_on=DAY), 1)

    assert answer["error"]["class"] == "RecordError"
