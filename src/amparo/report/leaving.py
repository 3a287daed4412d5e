"""Everything that would leave the group with one report, sentence by sentence, for two readers.

The list is made from the records as the keeper cut them, whatever the form of the file: what is
not in it is in no form. Redaction by field cannot catch a name typed into a sentence, and neither
can this; it puts every sentence before two pairs of eyes.

Source:
    domain safety rule 1.7.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from amparo.messages import messages
from amparo.model.base import Record
from amparo.model.fields import FieldSpec, form_of
from amparo.report.audiences import OUTSIDE, REPORTS
from amparo.report.flags import Flag, flags_of
from amparo.report.sections.material import ReportData
from amparo.wording.values import Values

_TYPED = frozenset({"line", "text", "word"})
_END = re.compile(r"(?<=[.!?؟…])\s+|\n+")
_DIGEST_LETTERS = 16


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing that would leave.

    Attributes:
        place: where it was written, in the words of the screen.
        text: what was written; of choices and days, their words.
        flags: what a machine can point at in it.
        exact: what the digest is made from, the same in every language.
    """

    place: str
    text: str
    flags: tuple[Flag, ...]
    exact: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """The list, in the order of the records, and what identifies it.

    Attributes:
        sentences: everything that would leave; may be empty.
        digest: 16 hexadecimal digits, other ones as soon as anything in the list is another.
    """

    sentences: tuple[Sentence, ...]
    digest: str


def must_be_read(data: ReportData) -> bool:
    """Tell whether two people must read this report before it is made."""
    return data.audience in OUTSIDE and data.report in REPORTS


def leaving(data: ReportData) -> Leaving:
    """Return what would leave with the report of *data*, a text split into its sentences."""
    sentences = tuple(_List(data).sentences())
    told = [data.report, data.audience, [one.exact for one in sentences]]
    digest = sha256(_compact(told).encode()).hexdigest()[:_DIGEST_LETTERS]
    return Leaving(sentences, digest)


def leaving_json(data: ReportData) -> bytes:
    """Return the list as JSON in the words of the reader's language, for a page of ours."""
    said, going = messages(data.lang).text, leaving(data)
    told = {
        "digest": going.digest,
        "limits": said("report.leaving.limits"),
        "sentences": [
            {
                "place": one.place,
                "text": one.text,
                "flags": [said(f"report.leaving.flag.{flag}") for flag in one.flags],
            }
            for one in going.sentences
        ],
    }
    return _compact(told).encode()


class _List:
    def __init__(self, data: ReportData) -> None:
        self._data = data
        self._words = messages(data.lang)
        self._values = Values(self._words, data.workspace)

    def sentences(self) -> Iterator[Sentence]:
        report = REPORTS[self._data.report]
        for record in self._data.workspace:
            if report.speaks_of(record.kind):
                yield from self._of(record)
        for line in self._data.budget:
            yield self._budget(line)

    def _of(self, record: Record) -> Iterator[Sentence]:
        values = record.model_dump(mode="json", include=record.model_fields_set)
        specs = form_of(record.kind)
        for way, text in _typed(specs, values):
            place = self._place(record.kind, self._words.text(f"field.{record.kind}.{way}"))
            for part in _split(text):
                exact = _compact([record.kind, way, part])
                yield Sentence(place, part, flags_of(part), exact)
        # The size of the paper is no secret.
        if record.kind in (REPORTS[self._data.report].kinds or ()):
            yield from self._chosen(record, specs, values)

    def _chosen(
        self, record: Record, specs: tuple[FieldSpec, ...], values: dict[str, Any]
    ) -> Iterator[Sentence]:
        """Choices and days that were not typed, in one line: they tell something too."""
        asked = tuple(spec for spec in specs if spec.control not in _TYPED | {"group"})
        pairs = self._values.pairs(record.kind, asked, values)
        if not pairs:
            return
        text = " · ".join(f"{label} {said}" for label, said in pairs)
        chosen = {spec.name: values.get(spec.name) for spec in asked}
        place = self._place(record.kind, self._words.text("report.leaving.chosen"))
        yield Sentence(place, text, (), _compact([record.kind, chosen]))

    def _budget(self, line: Any) -> Sentence:
        said = self._words.text
        text = said(
            "report.leaving.budget_line",
            what=said(f"report.donor.category.{line.category}"),
            size=said(f"report.donor.size.{line.cost}"),
            count=line.count,
            funded=line.funded,
        )
        exact = _compact([line.category, line.cost, line.count, line.funded])
        return Sentence(said("report.donor.title"), text, (), exact)

    def _place(self, kind: str, field: str) -> str:
        one = self._words.text(f"kind.{kind}")
        return self._words.text("report.leaving.place", kind=one, field=field)


def _typed(
    specs: tuple[FieldSpec, ...], values: dict[str, Any], before: str = ""
) -> Iterator[tuple[str, str]]:
    for spec in specs:
        value = values.get(spec.name)
        if not value:
            continue
        held = value if spec.many else [value]
        if spec.control == "group":
            for one in held:
                yield from _typed(spec.fields, one, f"{before}{spec.name}.")
        elif spec.control in _TYPED:
            for one in held:
                yield f"{before}{spec.name}", one


def _split(text: str) -> list[str]:
    return [part.strip() for part in _END.split(text) if part.strip()]


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
