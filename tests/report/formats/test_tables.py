"""What stands in the tables of a report, and what must not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from amparo.content.examples import example
from amparo.model.fields import every_field_of
from amparo.model.registry import BY_KIND
from amparo.model.text import Line, Prose
from amparo.model.workspace import Workspace
from amparo.report import blocks as b
from amparo.report.audiences import REPORTS
from amparo.report.blocks_charts import BalanceGrid
from amparo.report.formats.cells import MOST_CHARACTERS, LongCellError, read, written
from amparo.report.formats.columns import columns_of, lists_of
from amparo.report.formats.csv_files import write as write_csv
from amparo.report.formats.tables import LEGEND, tables_of
from amparo.report.made import Made

Making = Callable[..., Made]
WITH_RECORDS = [name for name, report in REPORTS.items() if report.kinds != ()]
READERS = [(name, reader) for name in WITH_RECORDS for reader in REPORTS[name].audiences]


@pytest.mark.parametrize("kind", sorted(BY_KIND))
def test_every_field_has_a_column_or_a_table_of_its_own(kind: str) -> None:
    """A field without a place is lost when a workspace goes through a table."""
    columns = {column.path[0] for column in columns_of(kind)}

    assert columns | set(lists_of(kind)) == set(BY_KIND[kind].model_fields)
    assert {spec.name for spec in every_field_of(kind)} == set(BY_KIND[kind].model_fields)
    assert columns_of(kind)[0].name == "id"


@pytest.mark.parametrize("kind", sorted(BY_KIND))
def test_no_list_needs_more_than_a_line_for_one_value(kind: str) -> None:
    """A list is one value a line, and a list of lists has no table."""
    several = [column for column in columns_of(kind) if column.spec.many]

    assert all(column.spec.control != "text" for column in several)
    for columns in lists_of(kind).values():
        assert all(column.spec.control != "group" and not column.spec.many for column in columns)


@pytest.mark.parametrize(("report", "reader"), READERS)
def test_r39_a_field_that_was_cut_is_no_column(made: Making, report: str, reader: Any) -> None:
    """An empty column tells that there is something, and that this reader may not see it."""
    for table in tables_of(made(report, size="large", audience=reader)):
        if table.name == LEGEND:
            continue
        kind, _, field = table.name.partition(".")
        heads = [head.name for head in table.heads]
        fields = {field} if field else {name.partition(".")[0] for name in heads[1:]} | {"id"}
        assert REPORTS[report].speaks_of(kind)
        assert all(BY_KIND[kind].shows(name, reader) for name in fields), (kind, fields)


@pytest.mark.parametrize(("report", "reader"), [("plan", "group"), ("public", "public")])
def test_r39_no_sentence_of_the_keepers_is_in_a_file_for_others(
    made: Making, report: str, reader: Any
) -> None:
    """One line too many in a table is found by whoever opens it."""
    whole = Workspace.of(example("large", "en", made("plan").data.today))
    hidden, seen = set[str](), set[str]()
    for record in whole:
        for name, value in record.model_dump(mode="json").items():
            is_shown = record.shows(name, reader) and REPORTS[report].speaks_of(record.kind)
            texts = {text for text in _texts(value) if len(text) > 25}
            (seen if is_shown else hidden).update(texts)
    made_tables = tables_of(made(report, size="large", audience=reader))
    told = "\n".join(cell for table in made_tables for row in table.rows for cell in row)

    assert len(hidden) > 100
    assert [text for text in hidden - seen if text in told] == []


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [value] if isinstance(value, str) else []


def test_what_was_asked_for_is_all_that_is_told(made: Making) -> None:
    """Somebody who asks for one month does not want the others in the file."""
    period = {"since": "2026-10-01", "until": "2026-11-01"}

    (_, incidents, *_) = tables_of(made("incidents", size="large", parameters=period))
    steps = tables_of(made("notes", size="large", parameters={"step": "s6"}))

    on = [head.name for head in incidents.heads].index("on")
    days = [row[on] for row in incidents.rows]
    assert days
    assert all("2026-10-01" <= day <= "2026-11-01" for day in days)
    assert {table.name.partition(".")[0] for table in steps} == {
        "threat", "declared_analysis", LEGEND,
    }  # fmt: skip


@pytest.mark.parametrize("lang", ["ar", "en", "es", "fr"])
def test_every_head_and_every_id_has_words(made: Making, lang: str) -> None:
    """A key between brackets on a sheet helps nobody."""
    tables = tables_of(made("notes", lang))

    said = [table.title for table in tables]
    said += [head.words for table in tables for head in table.heads]
    said += [cell for table in tables if table.name == LEGEND for row in table.rows for cell in row]
    assert all(said)
    assert not any("⟦" in text for text in said)


def test_the_legend_names_every_choice_and_every_record_that_is_pointed_at(made: Making) -> None:
    """An id alone can neither be read nor changed by hand."""
    tables = tables_of(made("notes", size="large"))
    (legend,) = [table for table in tables if table.name == LEGEND]
    ids = {row[1] for row in legend.rows}

    (factors,) = [table for table in tables if table.name == "factor"]
    threats = factors.heads.index(next(h for h in factors.heads if h.name == "threat_id"))
    assert {row[threats] for row in factors.rows} <= ids
    assert {"in_progress", "dropped", "amber_strict", "3"} <= ids
    assert "i_sexual" not in ids


def test_a_report_without_records_gives_the_tables_of_its_paper(with_paper: Any) -> None:
    """A budget for a donor is no record of anybody."""
    table = b.Table((b.Column("What"), b.Column("How many")), (("Transport", b.code("3")),))
    document = b.Document("en", "T", (
        b.Heading("Budget"),
        b.Columns(((b.Box("Inside", (table,)),), (b.Bullets(((b.KeyValues((("A", "1"),)),),)),))),
        BalanceGrid("alt", ("Before",), ("Roots", "Prevent"), ((2, 0),)),
    ))  # fmt: skip

    found = tables_of(with_paper(document, "donor"))

    assert [one.title for one in found] == ["Inside", "Inside", "Inside"]
    assert [one.rows for one in found] == [
        (("Transport", "3"),),
        (("A", "1"),),
        (("Before", "2", "0"),),
    ]
    assert found[0].head_rows == (("What", "How many"),)


def test_what_a_cell_would_cut_is_refused(made: Making) -> None:
    """A spreadsheet cuts a long cell without a word."""
    threat = next(one for one in made("notes").data.workspace if one.kind == "threat")
    long = threat.with_changes(signs_to_watch=["x" * 300] * (MOST_CHARACTERS // 300 + 1))

    with pytest.raises(LongCellError):
        write_csv(made("notes", of=Workspace.of([long])))


@settings(max_examples=50)
@given(lines=st.lists(st.text(max_size=30), max_size=4))
def test_any_list_of_lines_is_read_as_it_was(lines: list[str]) -> None:
    """Also one that holds nothing but an empty line."""
    spec = next(column.spec for column in columns_of("threat") if column.name == "signs_to_watch")
    reader = TypeAdapter(tuple[Line, ...])
    try:
        kept = reader.validate_python(lines)
    except ValidationError:
        return

    assert reader.validate_python(read(spec, written(spec, list(kept)))) == kept


@settings(max_examples=50)
@given(text=st.text(max_size=60))
def test_any_text_is_read_as_it_was(text: str) -> None:
    """Every sign that a record takes comes back."""
    spec = next(column.spec for column in columns_of("threat") if column.name == "sentence")
    reader = TypeAdapter(Prose)
    try:
        kept = reader.validate_python(text)
    except ValidationError:
        return

    assert reader.validate_python(read(spec, written(spec, kept))) == kept
