"""Turns tables into proposed records: the reverse of ``amparo.report.formats.tables``.

A table is known by its first cell, ``threat.id`` or ``sheet.duties.id``, so a sheet may be called
anything and stand anywhere. A column that is not in the file leaves its field as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from amparo.model.fields import COMMON
from amparo.model.registry import BY_KIND
from amparo.report.formats.cells import read
from amparo.report.formats.columns import Column, columns_of, lists_of
from amparo.report.formats.tables import ID_END, LEGEND, POSITION
from amparo.report.importing.limits import ImportFileError
from amparo.report.importing.proposals import Place, Proposal, Proposals
from amparo.report.importing.sheets import COMPUTED, Row, Sheet

_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
# An empty cell of these is what the workspace says of a new record.
_OWN_DEFAULTS = frozenset({*COMMON, "created_on"})
_POSITION = re.compile(r"\d{1,6}(?:\.0+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Known:
    """A sheet that is one of our tables."""

    name: str
    head: Row
    rows: tuple[Row, ...]

    @property
    def kind(self) -> str:
        return self.name.partition(".")[0]

    @property
    def list_name(self) -> str:
        return self.name.partition(".")[2]


def proposals_of(sheets: Iterable[Sheet]) -> Proposals:
    """Return the records that the tables of a file hold, in the order of its rows.

    Raises:
        ImportFileError: none of the tables is ours, or one is there twice.
    """
    found = [(sheet, _known(sheet)) for sheet in sheets if sheet]
    known = [one for _, one in found if one is not None]
    unread = sum(one is None and sheet[0].text(1) != LEGEND for sheet, one in found)
    if not known:
        raise ImportFileError("not_ours")
    if len({one.name for one in known}) != len(known):
        raise ImportFileError("twice")
    taking = _Taking()
    for one in sorted(known, key=lambda one: bool(one.list_name)):
        if one.list_name:
            taking.take_list(one)
        else:
            taking.take_kind(one)
    return Proposals(tuple(taking.proposals), unread)


def _known(sheet: Sheet) -> _Known | None:
    name = sheet[0].text(1).strip().removesuffix(ID_END)
    kind, _, list_name = name.partition(".")
    if f"{name}{ID_END}" != sheet[0].text(1).strip() or kind not in BY_KIND:
        return None
    if list_name and list_name not in lists_of(kind):
        return None
    rows = sheet[1:]
    # The second row says the same in words; somebody may have taken it out.
    first = rows[0].text(1).strip() if rows else ""
    if first and not _ID.fullmatch(first):
        rows = rows[1:]
    return _Known(name, sheet[0], rows)


class _Taking:
    """Collects over all tables of one file."""

    def __init__(self) -> None:
        self.proposals: list[Proposal] = []
        self._by_id: dict[tuple[str, str], Proposal] = {}

    def take_kind(self, table: _Known) -> None:
        """Take one record a row."""
        columns = {column.name: column for column in columns_of(table.kind)}
        heads = self._heads(table, {name: columns[name] for name in columns if name != "id"})
        for row in table.rows:
            id_ = row.text(1).strip()
            proposal = self._new(table, row, id_)
            if id_:
                self._by_id.setdefault((table.kind, id_), proposal)
            for place, column in heads.items():
                _put(proposal, proposal.place, row, place, column, proposal.values)

    def take_list(self, table: _Known) -> None:
        """Take one group a row, and give each record of this file its list."""
        columns = {column.name: column for column in lists_of(table.kind)[table.list_name]}
        heads = self._heads(table, columns, beside={POSITION})
        position = next((p for p in table.head.cells if table.head.text(p) == POSITION), 0)
        lists: dict[str, list[tuple[int, int, dict[str, Any]]]] = {}
        for row in table.rows:
            id_ = row.text(1).strip()
            proposal = self._by_id.get((table.kind, id_)) or self._new(table, row, id_)
            if not _ID.fullmatch(id_):
                proposal.refuse("id", "id")
                continue
            self._by_id.setdefault((table.kind, id_), proposal)
            group: dict[str, Any] = {}
            for place, column in heads.items():
                _put(proposal, Place(table.name, row.number), row, place, column, group)
            stated = row.text(position).strip()
            order = int(float(stated)) if _POSITION.fullmatch(stated) else len(table.rows)
            lists.setdefault(id_, []).append((order, row.number, group))
        for (kind, id_), proposal in self._by_id.items():
            if kind == table.kind and (id_ in lists or proposal.place.table == kind):
                held = sorted(lists.get(id_, []), key=lambda one: one[:2])
                proposal.values[table.list_name] = [group for _, _, group in held]

    def _new(self, table: _Known, row: Row, id_: str) -> Proposal:
        self.proposals.append(Proposal(table.kind, id_, Place(table.name, row.number)))
        return self.proposals[-1]

    def _heads(
        self,
        table: _Known,
        columns: dict[str, Column],
        beside: frozenset[str] | set[str] = frozenset(),
    ) -> dict[int, Column]:
        """Return the column of each place; a head that is none of ours is one fault."""
        heads: dict[int, Column] = {}
        for place in sorted(table.head.cells):
            name = table.head.text(place).strip()
            if place == 1 or name in beside:
                continue
            if name in columns and columns[name] not in heads.values():
                heads[place] = columns[name]
            else:
                self._new(table, table.head, "").refuse("column", str(place))
        return heads


def _put(
    proposal: Proposal, at: Place, row: Row, place: int, column: Column, values: dict[str, Any]
) -> None:
    """Read one cell into *values*, at the place its column names."""
    if row.cells.get(place) is COMPUTED:
        proposal.refuse("computed", column.name, at)
        return
    cell = row.text(place)
    if column.name in _OWN_DEFAULTS and not cell.strip():
        return
    try:
        value = read(column.spec, cell)
    except LookupError:
        proposal.refuse("needed", column.name, at)
        return
    for name in column.path[:-1]:
        values = values.setdefault(name, {})
    values[column.path[-1]] = value
