"""What is different from the agreed plan, record by record and field by field.

The keeper cuts both states for the reader before either leaves it; here a group is told of no
more kinds than its plan has.

Source:
    method S14 (review and learn); domain safety rules 1 and 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from amparo.messages import messages
from amparo.method.changes import Changed, changed
from amparo.model.base import Record
from amparo.model.workspace import Workspace
from amparo.report.audiences import REPORTS
from amparo.report.blocks import Block, Bullets, Column, Heading, Paragraph, Table, Text, strong
from amparo.report.sections.material import ReportData
from amparo.report.sections.threat_letters import threat_letters
from amparo.report.sections.words import Words
from amparo.wording.changes import Differences
from amparo.wording.choices import choice_label
from amparo.wording.discreet import discreet
from amparo.wording.labels import label_of

_SHORT = 240
# What a group may see beyond the kinds of its plan: when we stop. The other fields of the
# process that reach it are settings of paper.
_PROCESS = "process"
_NOT_TOLD = {_PROCESS: frozenset({"paper", "harmless_title", "sensitivity", "delete_by"})}
# On a group's paper stands no label word and no day of deletion.
_KEEPERS_FIELDS = frozenset({"sensitivity", "delete_by"})


def changes_blocks(data: ReportData) -> tuple[Block, ...]:
    """What is new, what is another than it was, and what was taken away, kind by kind."""
    words = Words(data.lang)
    if data.before is None:
        return ()
    writer = _Writer(data, data.before)
    blocks: list[Block] = [Heading(words("since.changes"), level=1)]
    told = [one for one in changed(data.before, data.workspace) if writer.tells(one)]
    if not told:
        return (*blocks, Paragraph(words("since.nothing")))
    for kind, held in groupby(told, key=lambda one: one.record.kind):
        blocks += writer.kind(kind, tuple(held))
    return tuple(blocks)


class _Writer:
    """Writes changes down for one reader."""

    def __init__(self, data: ReportData, before: Workspace) -> None:
        self._words = Words(data.lang)
        self._catalogue = messages(data.lang)
        self._now, self._before = data.workspace, before
        self._for_keepers = data.audience == "keepers"
        self._letters = threat_letters(data.workspace) if self._for_keepers else {}
        self._differences = Differences(self._catalogue, before, data.workspace)

    def tells(self, one: Changed) -> bool:
        """Tell whether this reader is told of *one*, and whether there is a word to tell."""
        kind = one.record.kind
        if not self._for_keepers and not REPORTS["review"].speaks_of(kind):
            return False
        if one.how == "other":
            return bool(self._fields(one))
        return self._for_keepers or kind != _PROCESS

    def kind(self, kind: str, held: Sequence[Changed]) -> Iterator[Block]:
        """Yield the heading of a kind, what is new, what is another, what is gone."""
        words = self._words
        yield Heading(self._catalogue.text(f"kind.{kind}.many"), level=2)
        for how in ("new", "gone"):
            names = tuple(self._name(one.record) for one in held if one.how == how)
            if names:
                yield Paragraph(strong(words(f"since.{how}")))
                yield Bullets(names)
        other = [one for one in held if one.how == "other"]
        if other:
            yield Paragraph(strong(words("since.other")))
            yield self._table(other)

    def _table(self, other: Iterable[Changed]) -> Table:
        words = self._words
        columns = (
            Column(words("since.what"), width=2.6),
            Column(words("since.field"), width=1.5),
            Column(words("since.was"), width=2.2),
            Column(words("since.is_now"), width=2.2),
        )
        rows: list[tuple[Text, ...]] = []
        for one in other:
            name: Text = strong(self._name(one.record))
            for label, was, is_now in self._fields(one):
                rows.append((name, label, was, is_now))
                name = ""
        return Table(columns, tuple(rows))

    def _fields(self, one: Changed) -> list[tuple[str, str, str]]:
        hidden = set() if self._for_keepers else _NOT_TOLD.get(one.record.kind, _KEEPERS_FIELDS)
        nothing = self._words("since.empty")
        return [
            (field.label, self._told(field.before) or nothing, self._told(field.now) or nothing)
            for field in self._differences.of(one, hidden=hidden)
        ]

    def _told(self, lines: Iterable[str]) -> str:
        return self._fit("\n".join(_brief(line) for line in lines))

    def _fit(self, text: str) -> str:
        # As on the plan: what a machine can see for sure is taken off a group's paper.
        return text if self._for_keepers else discreet(text)

    def _name(self, record: Record) -> str:
        """Return one line for a record; one that says nothing itself goes by its threat."""
        threat_id = getattr(record, "threat_id", None)
        threat = self._now.get(threat_id) or self._before.get(threat_id)
        own = self._label(record) or (self._label(threat) if threat else "")
        if threat and threat.id in self._letters:
            own = f"{self._letters[threat.id]}: {own}"
        return self._fit(own) or self._catalogue.text(f"kind.{record.kind}")

    def _label(self, record: Record) -> str:
        return label_of(
            record, lambda name, value: choice_label(self._catalogue, record.kind, name, value)
        )


def _brief(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1].rstrip() + "…"
