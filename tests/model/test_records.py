"""Every kind of record: what it takes, what it refuses, how it is written."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from amparo.errors import RecordError
from amparo.model.ranges import Range
from amparo.model.registry import BY_KIND, RECORD_TYPES, read_record, record_type, to_json

KINDS = sorted(BY_KIND)
SECRET = "Rosalinda"


def test_every_kind_has_its_own_name() -> None:
    """Two classes with one name would read each other's records."""
    assert len(BY_KIND) == len(RECORD_TYPES)


@pytest.mark.parametrize("kind", KINDS)
def test_a_full_record_survives_the_way_to_json_and_back(kind, full_record) -> None:
    """What was saved must come back as it was."""
    record = full_record(kind)

    again = read_record(kind, json.loads(to_json(record)))

    assert again == record


@pytest.mark.parametrize("kind", KINDS)
def test_json_of_a_record_is_written_in_one_way_only(kind, full_fields) -> None:
    """Digests and backups compare bytes."""
    fields = full_fields(kind)
    turned = dict(reversed(fields.items()))

    assert to_json(read_record(kind, fields)) == to_json(read_record(kind, turned))


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_nobody_named_is_refused(kind, full_fields) -> None:
    """A hidden extra field could carry a name out of the file."""
    with pytest.raises(RecordError):
        read_record(kind, {**full_fields(kind), "person_name": SECRET})


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_never_repeats_what_was_typed(kind, full_fields) -> None:
    """Error texts reach logs and screens."""
    fields = dict.fromkeys(full_fields(kind), f"{SECRET}\u202e")

    with pytest.raises(RecordError) as caught:
        read_record(kind, fields)

    told = f"{caught.value!s} {caught.value!r} {caught.value.fields} {caught.value.values}"
    assert SECRET not in told
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_cannot_be_changed_in_place(kind, full_record) -> None:
    """A judgement that changes under a reader cannot be trusted."""
    with pytest.raises(ValidationError):
        full_record(kind).id = "cd" * 16


def test_a_changed_copy_is_checked_again(full_record) -> None:
    """An edit must pass the same rules as a new record."""
    threat = full_record("threat")

    assert threat.with_changes(declared=False).declared is False
    with pytest.raises(RecordError):
        threat.with_changes(imminence="someday")


def test_an_unknown_kind_is_refused() -> None:
    """A file from a newer version must not be half read."""
    with pytest.raises(RecordError):
        record_type("person")


@pytest.mark.parametrize("bad", ["", "AB" * 16, "ab" * 15, "ab" * 17, "../../etc/passwd"])
def test_an_id_is_32_hexadecimal_digits(bad, full_fields) -> None:
    """Ids become parts of queries and file names."""
    with pytest.raises(RecordError):
        read_record("activity", {**full_fields("activity"), "id": bad})


def test_a_factor_is_either_a_vulnerability_or_a_capacity(full_fields) -> None:
    """Both at once would count on both sides."""
    fields = full_fields("factor")

    with pytest.raises(RecordError):
        read_record("factor", {**fields, "capacity": "c_unity"})
    with pytest.raises(RecordError):
        read_record("factor", {**fields, "vulnerability": None})


@pytest.mark.parametrize(("low", "best", "high"), [(3, 2, 4), (1, 4, 3), (5, 1, 1)])
def test_a_range_runs_from_low_to_high(low, best, high) -> None:
    """A rectangle with its corners swapped shows the wrong bands."""
    with pytest.raises(ValidationError):
        Range(low=low, best=best, high=high)


@pytest.mark.parametrize("bad", [0, 6, 2.0, "2", True])
def test_a_range_takes_whole_numbers_from_1_to_5_only(bad) -> None:
    """A typo must not silently become a low risk."""
    with pytest.raises(ValidationError):
        Range.model_validate({"low": 1, "best": bad, "high": 5})
