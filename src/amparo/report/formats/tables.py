"""A report as tables: what spreadsheets and CSV files are made of, and what an import reads.

Each kind of record is one table, each list of groups one more (``sheet.duties``), with the id of
its record and the place in the list. The first row holds the names that an import needs, the
second the same in the words of the reader. What was cut from a record is no column at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from amparo.messages import Messages, messages
from amparo.model.base import Record
from amparo.model.fields import NOT_ASKED
from amparo.report.formats.cells import written
from amparo.report.formats.chosen import chosen_records, speaks_of_records
from amparo.report.formats.columns import Column, columns_of, lists_of
from amparo.report.formats.legend import legend_rows
from amparo.report.formats.paper_tables import paper_tables
from amparo.report.formats.table_values import Head, Table
from amparo.report.made import Made

POSITION = "position"
LEGEND = "legend"
ID_END = ".id"
_IDS = frozenset({"record", "item"})
_LONG = frozenset({"line", "text"})
_NOT_ASKED_WORDS = "report.tables"
_COMMON_WORDS = "field.record"


@dataclass(frozen=True, slots=True)
class _Whole:
    """One record and its JSON values, only the fields its reader may see."""

    record: Record
    values: dict[str, Any]


def tables_of(made: Made) -> tuple[Table, ...]:
    """Return every table of a report; those of its paper when it has no records of its own.

    Raises:
        LongCellError: a value is longer than a cell may be.
    """
    if not speaks_of_records(made.data):
        return paper_tables(made.document)
    words = messages(made.data.lang)
    records = chosen_records(made.data)
    tables = [
        table
        for kind, some in groupby(records, key=lambda record: record.kind)
        for table in _of_kind(words, kind, [_whole(record) for record in some])
    ]
    legend = tuple(legend_rows(words, records, made.data.workspace))
    return (*tables, _legend(words, legend)) if legend else tuple(tables)


def _whole(record: Record) -> _Whole:
    return _Whole(record, record.model_dump(mode="json", include=set(record.model_fields_set)))


def _of_kind(words: Messages, kind: str, records: list[_Whole]) -> Iterator[Table]:
    seen = {name for one in records for name in one.values}
    columns = [column for column in columns_of(kind) if column.path[0] in seen]
    yield Table(
        name=kind,
        title=words.text(f"kind.{kind}.many"),
        heads=tuple(_head(words, kind, column) for column in columns),
        rows=tuple(
            tuple(written(column.spec, column.of(one.values)) for column in columns)
            for one in records
        ),
    )
    for name, inner in lists_of(kind).items():
        if name in seen:
            yield _of_list(words, kind, name, inner, records)


def _of_list(
    words: Messages, kind: str, name: str, columns: tuple[Column, ...], records: list[_Whole]
) -> Table:
    label = words.text(f"field.{kind}.{name}")
    heads = (
        Head(f"{kind}.{name}{ID_END}", words.text("report.tables.id"), "id"),
        Head(POSITION, words.text("report.tables.position"), "short"),
        *(
            Head(one.name, words.text(f"field.{kind}.{name}.{one.name}"), _width(one))
            for one in columns
        ),
    )
    rows = (
        (one.record.id, str(place), *(written(column.spec, column.of(group)) for column in columns))
        for one in records
        for place, group in enumerate(one.values.get(name, ()), 1)
    )
    return Table(
        f"{kind}.{name}", f"{words.text(f'kind.{kind}.many')}: {label}", heads, tuple(rows)
    )


def _head(words: Messages, kind: str, column: Column) -> Head:
    name = f"{kind}{ID_END}" if column.name == "id" else column.name
    return Head(name, _label(words, kind, column), _width(column))


def _label(words: Messages, kind: str, column: Column) -> str:
    if column.name in {"sensitivity", "delete_by"}:
        return words.text(f"{_COMMON_WORDS}.{column.name}")
    if column.name in NOT_ASKED:
        return words.text(f"{_NOT_ASKED_WORDS}.{column.name}")
    if words.has(f"field.{kind}.{column.name}"):
        return words.text(f"field.{kind}.{column.name}")
    whole, end = ".".join(column.path[:-1]), column.path[-1]
    return f"{words.text(f'field.{kind}.{whole}')} ({words.text(f'report.tables.{end}')})"


def _width(column: Column) -> Literal["id", "short", "long"]:
    if column.name == "id" or column.spec.control in _IDS:
        return "id"
    return "long" if column.spec.control in _LONG or column.spec.many else "short"


def _legend(words: Messages, rows: Iterable[tuple[str, str, str]]) -> Table:
    heads = (
        Head(LEGEND, words.text("report.tables.where"), "long"),
        Head("id", words.text("report.tables.id"), "id"),
        Head("means", words.text("report.tables.means"), "long"),
    )
    return Table(LEGEND, words.text("report.tables.legend"), heads, tuple(rows))
