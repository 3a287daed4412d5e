"""What the group decided to say leaves it by two acts, and help by a yes that covers the reader."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest

from amparo.errors import RecordError
from amparo.model.base import Record
from amparo.model.reach import AUDIENCES
from amparo.model.registry import read_record
from amparo.model.vocabularies import ConsentLevel

TODAY = date(2026, 11, 24)


def _record(kind: str, **fields: Any) -> Record:
    return read_record(kind, {"id": "a" * 32, "created_on": TODAY, **fields})


def _statement(**fields: Any) -> Record:
    return _record("statement", **{"reader": "public", "title": "We ask", **fields})


def _readers(record: Record) -> list[str]:
    return [name for name in AUDIENCES if record.for_audience(name) is not None]


@pytest.mark.parametrize(
    ("reader", "label", "expected"),
    [
        ("allies", "amber_strict", 3), ("public", "amber_strict", 3),
        ("allies", "amber", 4), ("public", "amber", 4), ("public", "green", 4),
        ("public", "clear", 5),
        # Written for allies is never public, however it is labelled.
        ("allies", "clear", 4),
        ("public", "red", 1),
    ],
)  # fmt: skip
def test_a_statement_leaves_the_group_by_two_acts(reader: str, label: str, expected: int) -> None:
    """One wrong click must not publish what was meant for friends."""
    statement = _statement(reader=reader, sensitivity=label)

    assert _readers(statement) == list(AUDIENCES[:expected])


def test_a_statement_stays_with_the_group_unless_somebody_labels_it() -> None:
    """Whoever only writes has sent nothing."""
    assert _statement().sensitivity == "amber_strict"


@pytest.mark.parametrize(
    ("field", "most"), [("what_we_ask", 7), ("how_to_help", 7), ("please_do_not", 5)]
)
def test_a_statement_is_short_enough_to_be_read(field: str, most: int) -> None:
    """Twenty demands are none."""
    assert _statement(**{field: ["x"] * most})
    with pytest.raises(RecordError):
        _statement(**{field: ["x"] * (most + 1)})


@pytest.mark.parametrize("level", get_args(ConsentLevel))
def test_allies_learn_of_a_request_only_with_a_yes_that_covers_them(level: str) -> None:
    """A yes to one lawyer is no yes to everybody who stands with us."""
    request = _record(
        "support_request", request_type="r_statement", consent=level, sensitivity="clear"
    )
    covers = level in {
        "share_deidentified", "public_deidentified", "public_named", "collective_consent",
    }  # fmt: skip

    assert ("allies" in _readers(request)) is covers
    assert ("public" in _readers(request)) is covers
    assert "group" in _readers(request)


@pytest.mark.parametrize("asked", ["r_referral_relocation", "r_referral_medical"])
def test_nobody_outside_learns_that_somebody_moves_away_or_is_ill(asked: str) -> None:
    """Who is gone, or hurt, is what a follower wants to know; no label and no yes lets it out."""
    request = _record(
        "support_request", request_type=asked, consent="public_named", sensitivity="clear"
    )
    assert _readers(request) == ["keepers", "personal", "group"]


def test_what_allies_see_of_a_request_says_neither_from_whom_nor_why() -> None:
    """The name of one helper endangers all of them."""
    request = _record(
        "support_request", request_type="r_statement", consent="collective_consent",
        sensitivity="amber", to_whom="SECRET", redlines="SECRET", info_shared=["SECRET"],
        who_asks="D", outcome="SECRET",
    ).for_audience("allies")  # fmt: skip

    assert request is not None
    assert request.model_fields_set == {
        "id", "sensitivity", "request_type", "urgency", "followup_on",
    }  # fmt: skip
    assert "SECRET" not in repr(vars(request))
