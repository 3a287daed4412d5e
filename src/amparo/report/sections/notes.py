"""Everything that was written, step by step: the keepers' own notes, from the forms themselves.

What can be entered on a screen is printed here, because both read the same description of the
fields. It is never made by default.
"""

from __future__ import annotations

from amparo.messages import Messages, messages
from amparo.model.base import Record
from amparo.model.fields import form_of
from amparo.model.registry import RECORD_TYPES
from amparo.model.workspace import Workspace
from amparo.report.blocks import Block, Heading, KeyValues, PageBreak, Rule
from amparo.report.sections.material import ReportData
from amparo.report.sections.words import Words
from amparo.wording.choices import pack_of
from amparo.wording.labels import records_of
from amparo.wording.values import Pair, Values

STEPS = tuple(f"s{number}" for number in range(15))


def step_blocks(data: ReportData, step: str) -> tuple[Block, ...]:
    """Return what one step holds, every field that was filled in; nothing for an empty step."""
    return written_blocks(Written(data), step)


def written_blocks(written: Written, step: str) -> tuple[Block, ...]:
    """Return one step on a page of its own, as *written* writes records down."""
    kinds = [model.kind for model in RECORD_TYPES if model.step.lower() == step]
    parts = [block for kind in kinds for block in written.kind(kind)]
    if not parts:
        return ()
    title = pack_of("steps").text(written.lang, "step", step, "title")
    return (PageBreak(), Heading(f"{step[1:]}. {title}", level=1), *parts)


class Written:
    """Writes records down, field by field."""

    def __init__(self, data: ReportData) -> None:
        self.lang = data.lang
        self._words: Messages = messages(data.lang)
        self._said = Words(data.lang)
        self._workspace: Workspace = data.workspace
        self._values = Values(self._words, data.workspace)

    def kind(self, kind: str) -> list[Block]:
        """Return the heading of a kind and its records, if there are any."""
        records = records_of(self._workspace, kind)
        if not records:
            return []
        blocks: list[Block] = [Heading(self._words.text(f"kind.{kind}.many"), level=2)]
        for record in records:
            blocks += [*self.record(record), Rule()]
        return blocks[:-1]

    def record(self, record: Record) -> list[Block]:
        """Return one record."""
        pairs = self.asked(record)
        if record.sensitivity != "amber_strict":
            pairs.append(self.label(record))
        return [KeyValues(tuple(pairs), share=0.34)]

    def asked(self, record: Record) -> list[Pair]:
        """Return (label, words) of each field that somebody filled in."""
        values = record.model_dump(mode="json")
        return self._values.pairs(record.kind, form_of(record.kind), values)

    def label(self, record: Record) -> Pair:
        """Return who may see it, in words."""
        seen_by = self._said.label("sensitivity", record.sensitivity)
        return self._words.text("report.notes.label"), seen_by
