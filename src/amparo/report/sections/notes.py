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
        self._values = Values(self._words, data.workspace)

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
        pairs = self._values.pairs(
            record.kind, form_of(record.kind), record.model_dump(mode="json")
        )
        if record.sensitivity == "amber_strict":
            return pairs
        label = self._words.text("report.notes.label")
        return [*pairs, (label, self._said.label("sensitivity", record.sensitivity))]
