"""Words that are a program for a careless page, and records that are full of them."""

from __future__ import annotations

from itertools import count
from typing import Any

from amparo.model.base import Record
from amparo.model.fields import FieldSpec

from ..report.conftest import _Marker  # noqa: TID252 - one filler of fields for all tests

# Short enough for the shortest field; each sets a name in the page that shows it.
PAYLOADS = (
    "<img src=x onerror=ran=1>",
    "<script>ran=1</script>",
    "<svg onload=ran=1></svg>",
)
_TEXTS = frozenset({"word", "line", "text"})
_WIDEST = "clear"


class _Hostile(_Marker):
    """Fills every text field with one payload; records of another number have other ids."""

    def __init__(self, number: int) -> None:
        super().__init__("en")
        self._number, self._texts = number, count()
        self._ids = {kind: self._numbered(one) for kind, one in self._ids.items()}

    def _numbered(self, record_id: str) -> str:
        return f"{self._number + 1:x}{record_id[1:]}"

    def _unasked(self, kind: str, record_id: str) -> dict[str, Any]:
        own = record_id if record_id in self._ids.values() else self._numbered(record_id)
        held = super()._unasked(kind, own)
        return {**held, "sensitivity": _WIDEST} if "sensitivity" in held else held

    def _made(self, spec: FieldSpec) -> tuple[Any, str]:
        made = super()._made(spec)
        if spec.control not in _TEXTS:
            return made
        # Another one in the next field: a kind that occurs once gets them all too.
        payload = PAYLOADS[(self._number + next(self._texts)) % len(PAYLOADS)]
        return payload, payload


def hostile_records() -> list[Record]:
    """Return three records of every kind (one where there can be one), all texts payloads."""
    return [
        record
        for number in range(len(PAYLOADS))
        for record in _Hostile(number).marked().workspace.records
        if not (number and record.single)
    ]


def texts_in(records: list[Record]) -> int:
    """Return how many texts of *records* are a payload."""

    def inside(value: Any) -> int:
        if isinstance(value, str):
            return value in PAYLOADS
        if isinstance(value, dict):
            return sum(map(inside, value.values()))
        return sum(map(inside, value)) if isinstance(value, list | tuple) else 0

    return sum(inside(record.model_dump()) for record in records)
