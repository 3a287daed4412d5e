"""JSON: what it holds, and that the published shape says the same as the models."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from amparo.model.registry import RECORD_TYPES
from amparo.report import blocks as b
from amparo.report.audiences import REPORTS
from amparo.report.formats.json_file import write
from amparo.report.formats.schema import as_text
from amparo.report.made import Made

Making = Callable[..., Made]
SCHEMA = Path(__file__).resolve().parents[3] / "docs/reference/records.schema.json"
READERS = [
    (name, reader) for name, one in REPORTS.items() if one.kinds != () for reader in one.audiences
]


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))


def test_the_published_shape_is_that_of_the_models() -> None:
    """Other programs are written by it; `python -m amparo.report.formats.schema` makes it."""
    assert SCHEMA.read_text("utf-8") == as_text()
    Draft202012Validator.check_schema(json.loads(as_text()))


@pytest.mark.parametrize(("report", "reader"), READERS)
def test_every_export_has_the_published_shape(
    made: Making, validator: Draft202012Validator, report: str, reader: Any
) -> None:
    """For every report and every reader."""
    validator.validate(json.loads(write(made(report, audience=reader))))


def test_the_shape_refuses_what_is_none(made: Making, validator: Draft202012Validator) -> None:
    """A schema that takes everything says nothing."""
    whole = json.loads(write(made("notes")))
    first: dict[str, Any] = whole["records"][0]
    missing = {**first, "values": {k: v for k, v in first["values"].items() if k != "track"}}
    added = {**first, "values": {**first["values"], "name": "x"}}

    for bad in (missing, added, {**first, "kind": "person"}):
        assert not validator.is_valid({**whole, "records": [bad]})
    assert validator.is_valid({**whole, "audience": "group", "records": [missing]})


def test_records_stand_by_kind_and_in_the_order_they_were_made(made: Making) -> None:
    """The letters of threats follow that order, also after an import."""
    source = made("notes", size="large")
    said = json.loads(write(source))
    kinds = [model.kind for model in RECORD_TYPES]

    found = [(one["kind"], one["values"]["id"]) for one in said["records"]]
    expected = [(r.kind, r.id) for kind in kinds for r in source.data.workspace if r.kind == kind]
    assert found == expected
    assert write(source) == write(made("notes", size="large"))


def test_a_report_without_records_gives_the_tables_of_its_paper(
    with_paper: Any, validator: Draft202012Validator
) -> None:
    """A budget has no records, and must not be an empty file."""
    table = b.Table((b.Column("What"),), (("Transport",),))

    said = json.loads(write(with_paper(b.Document("en", "T", (table,)), "donor")))

    validator.validate(said)
    assert said["records"] == []
    assert said["tables"] == [{"title": "T", "heads": ["What"], "rows": [["Transport"]]}]
