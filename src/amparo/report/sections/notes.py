"""Everything that was written, step by step: the keepers' own notes, from the forms themselves.

What can be entered on a screen is printed here, because both read the same description of the
fields. It is never made by default.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from amparo.messages import Messages, messages
from amparo.model.base import Record
from amparo.model.fields import FieldSpec, form_of
from amparo.model.ranges import Range
from amparo.model.registry import RECORD_TYPES
from amparo.model.workspace import Workspace
from amparo.report.blocks import Block, Heading, KeyValues, PageBreak, Rule
from amparo.report.sections.material import ReportData
from amparo.report.sections.words import Words
from amparo.wording.choices import catalogue_pairs, choice_label, option_label, pack_of
from amparo.wording.labels import label_of, records_of

STEPS = tuple(f"s{number}" for number in range(15))
_EMPTY: tuple[Any, ...] = ("", [], (), {})
Pair = tuple[str, str]


def step_blocks(data: ReportData, step: str) -> tuple[Block, ...]:
    """Return what one step holds, every field that was filled in; nothing for an empty step."""
    kinds = [model.kind for model in RECORD_TYPES if model.step.lower() == step]
    written = _Written(data)
    parts = [block for kind in kinds for block in written.kind(kind)]
    if not parts:
        return ()
    title = pack_of("steps").text(data.lang, "step", step, "title")
    return (PageBreak(), Heading(f"{step[1:]}. {title}", level=1), *parts)


class _Written:
    def __init__(self, data: ReportData) -> None:
        self._words: Messages = messages(data.lang)
        self._said = Words(data.lang)
        self._workspace: Workspace = data.workspace

    def kind(self, kind: str) -> list[Block]:
        """Return the heading of a kind and its records, if there are any."""
        records = records_of(self._workspace, kind)
        if not records:
            return []
        blocks: list[Block] = [Heading(self._words.text(f"kind.{kind}.many"), level=2)]
        for record in records:
            blocks += [KeyValues(tuple(self._pairs(record)), share=0.34), Rule()]
        return blocks[:-1]

    def _pairs(self, record: Record) -> list[Pair]:
        values = record.model_dump(mode="json")
        label = self._words.text("report.notes.label")
        head = [(label, self._label_of_sensitivity(record))]
        pairs = self._fields(record.kind, form_of(record.kind), values, "")
        return [*pairs, *head] if record.sensitivity != "amber_strict" else pairs

    def _label_of_sensitivity(self, record: Record) -> str:
        return self._said.label("sensitivity", record.sensitivity)

    def _fields(
        self, kind: str, specs: tuple[FieldSpec, ...], values: dict[str, Any], before: str
    ) -> list[Pair]:
        found: list[Pair] = []
        for spec in specs:
            value: Any = values.get(spec.name)
            if value is None or value in _EMPTY:
                continue
            label = self._words.text(f"field.{kind}.{before}{spec.name}")
            if spec.control == "group":
                groups = value if spec.many else [value]
                place = f"{before}{spec.name}."
                for group in groups:
                    found += self._fields(kind, spec.fields, group, place)
            else:
                found.append((label, self._value(kind, spec, value)))
        return found

    def _value(self, kind: str, spec: FieldSpec, value: Any) -> str:
        if spec.many:
            return "\n".join(self._one(kind, spec, item) for item in value)
        return self._one(kind, spec, value)

    def _one(self, kind: str, spec: FieldSpec, value: Any) -> str:
        say: dict[str, Callable[[], str]] = {
            "choice": lambda: option_label(self._words, kind, spec, value),
            "scale": lambda: option_label(self._words, kind, spec, value),
            "date": lambda: self._said.day(date.fromisoformat(value)),
            "flag": lambda: self._words.text("part.form.yes" if value else "part.form.no"),
            "range": lambda: self._said.scale(spec.name, Range(**value)),
            "record": lambda: self._record(value),
            "item": lambda: self._item(spec, value),
        }
        return say.get(spec.control, lambda: str(value))()

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
