"""What the ids in the tables of a report stand for, in the words of its reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from amparo.messages import Messages
from amparo.model.base import Record
from amparo.model.fields import NOT_OFFERED, FieldSpec, every_field_of
from amparo.model.workspace import Workspace
from amparo.report.formats.columns import Column, columns_of, lists_of
from amparo.wording.choices import catalogue_pairs, choice_label, option_label
from amparo.wording.labels import label_of

Row = tuple[str, str, str]
_RANGE_ENDS = frozenset({"low", "best", "high"})


def legend_rows(
    words: Messages, records: tuple[Record, ...], workspace: Workspace
) -> Iterator[Row]:
    """Yield (where it stands, id, what it means).

    Every choice of a column is told, so that another one can be written there; of the records and
    of the entries of a catalogue only those that are named.

    Args:
        words: of the reader.
        records: of the report, cut for the reader.
        workspace: cut for the reader.
    """
    seen = {record.kind: record.model_fields_set for record in records}
    labelled: dict[tuple[Row, ...], dict[str, None]] = {}
    for kind, fields in seen.items():
        for column, key in _columns(kind, fields):
            if options := tuple(_options(words, kind, column)):
                labelled.setdefault(options, {})[words.text(key)] = None
    for options, labels in labelled.items():
        where = ", ".join(labels)
        yield from ((where, id_, means) for _, id_, means in options)
    yield from _named(words, records, workspace)


def _columns(kind: str, fields: set[str]) -> Iterator[tuple[Column, str]]:
    """Yield the columns of a kind and of its lists, with the key of their words."""
    for column in columns_of(kind):
        if column.path[0] in fields:
            yield column, _key(kind, column)
    for name, columns in lists_of(kind).items():
        if name in fields:
            yield from ((one, f"field.{kind}.{name}.{one.name}") for one in columns)


def _key(kind: str, column: Column) -> str:
    if column.name == "sensitivity":
        return "field.record.sensitivity"
    path = column.path[:-1] if column.path[-1] in _RANGE_ENDS else column.path
    return ".".join(("field", kind, *path))


def _options(words: Messages, kind: str, column: Column) -> Iterator[Row]:
    spec = column.spec
    if spec.name in _RANGE_ENDS:
        scale = column.path[-2]
        yield from (("", str(one), words.text(f"scale.{scale}.{one}")) for one in spec.options)
    elif spec.control in {"choice", "scale"}:
        for one in spec.options:
            if one not in NOT_OFFERED:
                yield "", str(one), option_label(words, kind, spec, one)


def _named(words: Messages, records: Iterable[Record], workspace: Workspace) -> Iterator[Row]:
    told: set[str] = set()
    for record in records:
        values = record.model_dump(mode="json", include=set(record.model_fields_set))
        for spec in every_field_of(record.kind):
            for inner, id_ in _ids(spec, values.get(spec.name)):
                if id_ not in told:
                    told.add(id_)
                    yield from _meaning(words, inner, id_, workspace)


def _ids(spec: FieldSpec, value: object) -> Iterator[tuple[FieldSpec, str]]:
    """Yield every id that a field names, also inside its groups."""
    several = value if isinstance(value, list) else [value]
    for one in several:
        if isinstance(one, dict):
            for inner in spec.fields:
                yield from _ids(inner, one.get(inner.name))
        elif spec.points_at and isinstance(one, str):
            yield spec, one


def _meaning(words: Messages, spec: FieldSpec, id_: str, workspace: Workspace) -> Iterator[Row]:
    where = words.text(f"kind.{spec.points_at}") if spec.control == "record" else ""
    if spec.control == "item":
        means = dict(catalogue_pairs(spec.points_at or "", words.lang)).get(id_, "")
        where = words.text(f"report.tables.{spec.points_at}")
    elif record := workspace.get(id_):
        means = label_of(record, lambda name, value: choice_label(words, record.kind, name, value))
    else:
        means = ""
    if means:
        yield where, id_, means
