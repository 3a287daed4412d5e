"""What a changed file changes: that, and nothing beside it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from amparo.messages import messages
from amparo.model.base import Record
from amparo.model.incidents import Incident
from amparo.model.measures import Measure
from amparo.model.plan import Sheet
from amparo.model.process import DataRule, Process
from amparo.report.importing import TooMuchAtOnceError, apply, read_proposals

Compare = Callable[..., Any]
TODAY = date(2026, 11, 24)


Tables = dict[str, list[list[str]]]


@pytest.fixture
def edited(export: Any, tmp_path: Path) -> Callable[..., Path]:
    """Return ``edited(change, **export)``: an export in CSV, changed by hand."""

    def make(change: Callable[[Tables], object], **options: Any) -> Path:
        with ZipFile(export("csv", **options)) as archive:
            texts = [archive.read(name).decode("utf-8-sig") for name in archive.namelist()]
        tables = {rows[0][0].removesuffix(".id"): rows for rows in map(_rows, texts)}
        change(tables)
        path = tmp_path / "edited"
        with ZipFile(path, "w") as archive:
            for number, rows in enumerate(tables.values(), 1):
                out = io.StringIO()
                csv.writer(out, delimiter=";").writerows(rows)
                archive.writestr(f"{number:02d}.csv", out.getvalue())
        return path

    return make


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, "")))


@pytest.fixture
def few(records: tuple[Record, ...]) -> tuple[Record, ...]:
    """A sheet, two measures, a threat and the process: enough to change, quick to write."""
    wanted = {"sheet": 1, "measure": 2, "threat": 1, "process": 1, "incident": 1}
    found: list[Record] = []
    for record in records:
        if wanted.get(record.kind, 0) > 0:
            wanted[record.kind] -= 1
            found.append(record)
    return tuple(found)


def _set(table: str, column: str, value: str, row: int = 3) -> Callable[[Tables], None]:
    """Return a change of one cell; row 3 is the first below the heads."""

    def change(tables: Tables) -> None:
        rows = tables[table]
        rows[row - 1][rows[0].index(column)] = value

    return change


def _of(records: tuple[Record, ...], kind: str) -> Any:
    return next(record for record in records if record.kind == kind)


def _keys(changes: Any) -> set[tuple[str, str]]:
    faults = (fault for change in changes.of("refused") for fault in change.faults)
    return {(fault.column, fault.key.removeprefix("import.why.")) for fault in faults}


def test_one_changed_cell_is_one_changed_field(
    export: Any, compare: Compare, records: tuple[Record, ...], tmp_path: Path
) -> None:
    """Whoever reads the list sees exactly what was typed."""
    measure = _of(records, "measure")
    path = tmp_path / "edited.xlsx"
    with ZipFile(export("xlsx")) as old, ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if b">measure.id<" in data:
                data = data.replace(measure.title.encode(), b"Other", 1)
            new.writestr(name, data)

    (change,) = compare(path, records).of("new", "changed", "refused")

    assert (change.state, change.kind, change.fields) == ("changed", "measure", ("title",))
    assert change.record == measure.with_changes(title="Other")
    assert change.version == 3


def test_a_sheet_that_another_program_saved_is_read(
    export: Any, compare: Compare, few: tuple[Record, ...], tmp_path: Path
) -> None:
    """A renamed sheet, a day that became its number, a formula, a sheet of somebody's own."""
    book = openpyxl.load_workbook(io.BytesIO(export("xlsx", of=few).read_bytes()))
    sheet: Any = next(one for one in book if one["A1"].value == "measure.id")
    places = {cell.value: cell.column for cell in sheet[1]}
    sheet.title = "Anything"
    due = sheet.cell(3, places["due"])
    due.value, due.number_format = datetime(2027, 5, 3), "dd/mm/yyyy"  # noqa: DTZ001
    sheet.cell(4, places["title"]).value = '="a"&"b"'
    book.create_sheet()["A1"] = "our notes"
    book.save(tmp_path / "edited.xlsx")

    found = compare(tmp_path / "edited.xlsx", few)

    (changed,) = found.of("changed")
    assert (changed.fields, changed.record.due) == (("due",), date(2027, 5, 3))
    assert _keys(found) == {("title", "computed")}
    assert found.of("refused")[0].place.row == 4
    assert read_proposals(tmp_path / "edited.xlsx").unread_sheets == 1


def test_a_list_is_changed_row_by_row_and_in_its_order(
    edited: Any, compare: Compare, few: tuple[Record, ...]
) -> None:
    """Who gives the alarm stands in a table of its own."""

    def change(tables: Tables) -> None:
        _set("sheet.duties", "position", "9", row=3)(tables)
        _set("sheet.duties", "letter", "Z", row=4)(tables)

    (found,) = compare(edited(change, of=few), few).of("new", "changed", "refused")

    before = _of(few, "sheet").duties
    assert found.fields == ("duties",)
    assert found.record.duties[-1] == before[0]
    assert found.record.duties[0] == before[1].model_copy(update={"letter": "Z"})
    assert len(found.record.duties) == len(before)


def test_a_column_that_is_not_in_the_file_leaves_its_field(
    edited: Any, compare: Compare, export: Any, few: tuple[Record, ...]
) -> None:
    """A table for the group lacks what only keepers see; taken back, it must not empty that."""
    assert "threat_ids" not in export("json", "plan", "group", few).read_text("utf-8")
    path = edited(_set("measure", "title", "Other"), report="plan", audience="group", of=few)

    (change,) = compare(path, few).of("new", "changed", "refused")

    assert change.fields == ("title",)
    assert change.record == _of(few, "measure").with_changes(title="Other")
    assert change.record.threat_ids


def test_part_of_a_group_leaves_the_rest_of_it(
    edited: Any, compare: Compare, few: tuple[Record, ...]
) -> None:
    """Five columns make one sentence; four of them may be missing."""

    def change(tables: Tables) -> None:
        for name in ("parts.actor", "parts.target", "parts.situation", "parts.aim"):
            place = tables["threat"][0].index(name)
            for row in tables["threat"]:
                del row[place]
        _set("threat", "parts.act", "follow us home")(tables)

    (found,) = compare(edited(change, of=few), few).of("new", "changed", "refused")

    parts = _of(few, "threat").parts.model_copy(update={"act": "follow us home"})
    assert found.record.parts == parts


def test_a_row_or_a_table_that_is_missing_changes_nothing(
    edited: Any, compare: Compare, few: tuple[Record, ...]
) -> None:
    """Nothing is deleted because somebody took it out of a table."""

    def change(tables: Tables) -> None:
        del tables["measure"][1:3]  # the heads in words, and the first measure
        del tables["sheet.duties"]

    changes = compare(edited(change, of=few), few)

    assert changes.of("new", "changed", "refused") == ()
    assert len(changes.all) == len(few) - 1


def test_a_new_row_is_a_new_record_with_what_this_workspace_says_of_new_ones(
    edited: Any, compare: Compare, few: tuple[Record, ...]
) -> None:
    """A secretary adds a line below; its id, its label and its day are not hers to invent."""
    rule = DataRule(delete_by=date(2027, 6, 1))
    process = _of(few, "process").with_changes(labels_default="red", data_rule=rule.model_dump())
    stored = tuple(process if record.kind == "process" else record for record in few)

    def change(tables: Tables) -> None:
        tables["measure"].append([""] * len(tables["measure"][0]))
        _set("measure", "title", "Bring water", row=len(tables["measure"]))(tables)

    (new,) = compare(edited(change, of=stored), stored).of("new", "changed", "refused")

    assert isinstance(new.record, Measure)
    assert (new.record.title, new.record.sensitivity) == ("Bring water", "red")
    assert (new.record.created_on, new.record.delete_by) == (TODAY, date(2027, 6, 1))
    assert new.record.id not in {record.id for record in stored}
    assert new.version is None


def test_what_the_program_writes_and_who_may_see_it_no_file_changes(
    edited: Any, compare: Compare, few: tuple[Record, ...]
) -> None:
    """A table from a stranger must not open a record to the public, or call it invented."""

    def change(tables: Tables) -> None:
        _set("process", "example", "yes")(tables)
        _set("threat", "sensitivity", "clear")(tables)
        _set("threat", "created_on", "2020-01-01")(tables)
        _set("measure", "delete_by", "2030-01-01")(tables)

    changes = compare(edited(change, of=few), few)

    assert changes.of("new", "changed", "refused") == ()
    left = {name for change in changes.all for name in change.left}
    assert left == {"example", "sensitivity", "created_on", "delete_by"}


def test_a_new_workspace_is_never_called_invented_by_a_file(
    export: Any, compare: Compare, few: tuple[Record, ...]
) -> None:
    """Papers of an example say that it is one; papers of a group must not."""
    process = _of(few, "process").with_changes(example=True)

    (new,) = compare(export("json", of=(process,)), []).all

    assert isinstance(new.record, Process)
    assert not new.record.example


REFUSED = [
    ("measure", "due", "soon", "due", "day"),
    ("measure", "status", "perhaps", "status", "choice"),
    ("measure", "owner_role", "the secretary", "owner_role", "form"),
    ("measure", "title", "x" * 301, "title", "long"),
    ("measure", "measure.id", "17", "id", "id"),
    ("incident", "severity", "nine", "severity", "number"),
    ("incident", "severity", "9", "severity", "number"),
    ("incident", "severity", "", "severity", "needed"),
    ("incident", "incident_kind", "i_sexual", "incident_kind", "not_kept_here"),
    ("threat", "sentence", "a\u202eb", "sentence", "value"),
    ("sheet.duties", "letter", "", "letter", "needed"),
    ("sheet.duties", "sheet.duties.id", "", "id", "id"),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case[1]}-{case[4]}")
def test_what_cannot_be_kept_is_refused_with_row_and_column(
    edited: Any, compare: Compare, few: tuple[Record, ...], case: tuple[str, str, str, str, str]
) -> None:
    """One sentence for each, and nothing of the file is saved."""
    table, column, value, at, why = case
    changes = compare(edited(_set(table, column, value), of=few), few)

    assert _keys(changes) == {(at, why)}
    (fault,) = [fault for change in changes.of("refused") for fault in change.faults]
    assert (fault.place.table, fault.place.row) == (table, 3)
    assert not changes.can_be_saved
    assert apply(None, changes) == 0  # type: ignore[arg-type]
    for lang in ("en", "es", "fr", "ar"):
        assert messages(lang).has(fault.key)


def test_an_unknown_column_is_one_fault_and_not_read_aloud(
    edited: Any, compare: Compare, few: tuple[Record, ...]
) -> None:
    """A head that somebody typed may be a name."""

    changes = compare(edited(lambda tables: tables["threat"][0].append("Maria"), of=few), few)

    ((column, why),) = _keys(changes)
    assert (column.isdecimal(), why) == (True, "column")


def test_ids_that_contradict_each_other_are_refused(
    export: Any, compare: Compare, few: tuple[Record, ...], tmp_path: Path
) -> None:
    """Whichever came last must not win unseen."""
    sheet, threat = _of(few, "sheet"), _of(few, "threat")
    other_sheet = Sheet(id="c" * 32, created_on=TODAY)
    other_kind = Measure(id=threat.id, created_on=TODAY, title="x")

    found = compare(export("json", of=(other_sheet, other_kind)), few)
    twice = json.loads(export("json", of=few).read_text("utf-8"))
    twice["records"] += [one for one in twice["records"] if one["kind"] == "process"]
    (tmp_path / "twice").write_text(json.dumps(twice), "utf-8")

    assert _keys(found) == {("id", "single"), ("id", "other_kind")}
    assert _keys(compare(tmp_path / "twice", few)) == {("id", "twice")}
    assert compare(export("json", of=(sheet,)), few).of("refused") == ()


def test_more_than_a_keeper_takes_at_once_is_said_before_it_is_tried(
    export: Any, compare: Compare
) -> None:
    """All or nothing holds only for what fits into one message."""
    text = "ش" * 5000
    incidents = tuple(
        Incident(
            id=f"{number:032x}", created_on=TODAY, on=TODAY, incident_kind="i_watching",
            severity=1, certainty="seen", what_happened=text,
        )
        for number in range(300)
    )  # fmt: skip

    with pytest.raises(TooMuchAtOnceError):
        apply(None, compare(export("json", of=incidents), []))  # type: ignore[arg-type]
