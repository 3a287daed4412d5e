"""The filled fields of a record in words: labels of choices, days, names of other records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from amparo.messages import Messages
from amparo.model.fields import FieldSpec
from amparo.model.ranges import Range
from amparo.model.workspace import Workspace
from amparo.wording.choices import catalogue_pairs, choice_label, option_label
from amparo.wording.labels import label_of

_EMPTY: tuple[Any, ...] = ("", [], (), {})
Pair = tuple[str, str]


class Values:
    """Reads fields aloud in one language; records that a field points at are in *workspace*."""

    def __init__(self, words: Messages, workspace: Workspace) -> None:
        self._words = words
        self._workspace = workspace

    def pairs(
        self, kind: str, specs: tuple[FieldSpec, ...], values: Mapping[str, Any], before: str = ""
    ) -> list[Pair]:
        """Return (label, words) of every field that is filled in, in the order of *specs*.

        Args:
            kind: of the record.
            specs: the fields to read.
            values: name -> value, as JSON values.
            before: the way to a field inside a group (``"means."``).
        """
        found: list[Pair] = []
        for spec in specs:
            value: Any = values.get(spec.name)
            if value is None or value in _EMPTY:
                continue
            if spec.control == "group":
                inside = f"{before}{spec.name}."
                for group in value if spec.many else [value]:
                    found += self.pairs(kind, spec.fields, group, inside)
            else:
                label = self._words.text(f"field.{kind}.{before}{spec.name}")
                found.append((label, self._value(kind, spec, value)))
        return found

    def lines(self, kind: str, spec: FieldSpec, value: Any) -> tuple[str, ...]:
        """Return what one field says, a line for each item of a list; nothing when it is empty.

        Args:
            kind: of the record.
            spec: the field.
            value: as a JSON value.
        """
        if value is None or value in _EMPTY:
            return ()
        items = value if spec.many else [value]
        if spec.control != "group":
            return tuple(self._one(kind, spec, item) for item in items)
        between = self._words.text("report.join.items")
        inside = f"{spec.name}."
        read = (self.pairs(kind, spec.fields, item, inside) for item in items)
        return tuple(between.join(text for _, text in pairs) for pairs in read)

    def _value(self, kind: str, spec: FieldSpec, value: Any) -> str:
        if spec.many:
            return "\n".join(self._one(kind, spec, item) for item in value)
        return self._one(kind, spec, value)

    def _one(self, kind: str, spec: FieldSpec, value: Any) -> str:
        say: dict[str, Callable[[], str]] = {
            "choice": lambda: option_label(self._words, kind, spec, value),
            "scale": lambda: option_label(self._words, kind, spec, value),
            "date": lambda: self._words.date(date.fromisoformat(value)),
            "flag": lambda: self._words.text("part.form.yes" if value else "part.form.no"),
            "range": lambda: self._range(spec.name, Range(**value)),
            "record": lambda: self._record(value),
            "item": lambda: self._item(spec, value),
        }
        return say.get(spec.control, lambda: str(value))()

    def _range(self, scale: str, judged: Range) -> str:
        """Say a judgement in words, never in numbers."""
        best, low, high = (
            self._words.text(f"scale.{scale}.{value}")
            for value in (judged.best, judged.low, judged.high)
        )
        if judged.low == judged.high:
            return best
        return self._words.text("report.range", best=best, low=low, high=high)

    def _record(self, record_id: str) -> str:
        record = self._workspace.get(record_id)
        if record is None:
            return self._words.text("report.notes.gone")
        return label_of(
            record, lambda name, value: choice_label(self._words, record.kind, name, value)
        )

    def _item(self, spec: FieldSpec, value: str) -> str:
        if spec.points_at is None:
            return value
        pairs = catalogue_pairs(spec.points_at, self._words.lang)
        return next((name for id_, name in pairs if id_ == value), value)
