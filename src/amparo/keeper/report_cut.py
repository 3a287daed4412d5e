"""What one reader may see of a workspace: cut record by record, field by field, in the keeper.

What is cut is not sent at all: no client can show what it never received.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from amparo.keeper.tickets import Ticket
from amparo.method.outside import held_back
from amparo.model.base import Record
from amparo.model.reach import OUTSIDE, Audience
from amparo.model.workspace import Workspace


def cut(
    record: Record, audience: Audience, without: frozenset[str] = frozenset()
) -> dict[str, Any] | None:
    """Return the fields of *record* that *audience* may see, or None when it may see nothing.

    *without* only ever takes away more: kinds, or single fields as ``kind.field``.
    """
    if not record.may_reach(audience) or record.kind in without:
        return None
    seen = {
        name
        for name in type(record).model_fields
        if record.shows(name, audience) and f"{record.kind}.{name}" not in without
    }
    return {"kind": record.kind, "values": record.model_dump(mode="json", include=seen)}


class Reader:
    """The reader of one ticket.

    Args:
        whole: the workspace as it stands.
        asked: the ticket.
    """

    def __init__(self, whole: Workspace, asked: Ticket) -> None:
        self._asked = asked
        # What no longer holds is nothing for readers outside the group.
        self._hidden = (
            held_back(whole, asked.today) if asked.audience in OUTSIDE else frozenset[str]()
        )

    def cut(self, record: Record) -> dict[str, Any] | None:
        """Return what this reader sees of *record*, or None."""
        if record.id in self._hidden:
            return None
        return cut(record, self._asked.audience, self._asked.without)

    def sees(self, record: Record) -> bool:
        """Tell whether this reader gets anything of *record*."""
        return self.cut(record) is not None

    def cut_all(self, records: Iterable[Record]) -> list[dict[str, Any]]:
        """Return what this reader sees of *records*, in their order."""
        return [seen for seen in map(self.cut, records) if seen is not None]

    def left_out(self, records: Iterable[Record]) -> dict[str, dict[str, int]]:
        """Return how many records and written fields of each kind this reader does not get."""
        left: dict[str, dict[str, int]] = {}
        for record in records:
            counted = left.setdefault(record.kind, {"records": 0, "fields": 0})
            seen = self.cut(record)
            if seen is None:
                counted["records"] += 1
            else:
                counted["fields"] += len(_written(record) - seen["values"].keys())
        return {kind: counted for kind, counted in left.items() if any(counted.values())}


def _written(record: Record) -> set[str]:
    """Return the fields in which somebody wrote something; not those that every record has."""
    return {
        name
        for name, field in type(record).model_fields.items()
        if name not in Record.model_fields
        and getattr(record, name) not in (None, "", (), field.get_default())
    }
