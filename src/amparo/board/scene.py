"""What one drawing of a screen is made of: the records, their versions, words and content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, get_args

from amparo.board.labels import label_of, measure_labels, mechanism_labels, records_of
from amparo.content import Pack, foundations
from amparo.messages import Messages
from amparo.model.base import Record
from amparo.model.fields import FieldSpec, form_of
from amparo.model.process import Process, Track
from amparo.model.vocabularies import VOCABULARIES
from amparo.model.workspace import Workspace

# Labels of vocabulary items are looked for in the catalogue of screens first: a language whose
# lessons are not written yet may still have the words of the screens.
_CATALOGUES = {
    "mechanism": ("mechanisms", mechanism_labels),
    "measure": ("measures", measure_labels),
}


@lru_cache(maxsize=16)
def pack_of(*stems: str) -> Pack:
    """Return the pack that ships with the product, with only these files read."""
    return foundations(only=stems)


@dataclass(frozen=True, slots=True)
class Scene:
    """The stored state at one moment, in the language of one page.

    Attributes:
        workspace: every record.
        versions: of each record, by id.
        words: the catalogue of the page's language.
        today: the day on which it is looked at.
        options: what the part was made with (kinds it edits, and the like).
    """

    workspace: Workspace
    versions: Mapping[str, int]
    words: Messages
    today: date
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def lang(self) -> str:
        """The language of the page."""
        return self.words.lang

    @property
    def process(self) -> Process | None:
        """How the group works, once it has said so."""
        return self.workspace.one(Process)

    @property
    def track(self) -> Track:
        """Quick, two days or five days."""
        return self.process.track if self.process else "quick"

    def pack(self, *stems: str) -> Pack:
        """Return the content pack with these files (``measures``, ``steps`` …) read."""
        return pack_of(*stems)

    def records(self, kind: str) -> tuple[Record, ...]:
        """Return the records of one kind, in the order they were made."""
        return records_of(self.workspace, kind)

    def drawn(self, record: Record) -> dict[str, Any]:
        """Return one record as a screen takes it: id, version, label and all its fields."""
        return {
            "id": record.id,
            "kind": record.kind,
            "version": self.versions.get(record.id, 1),
            "label": self.label(record),
            "fields": record.model_dump(mode="json", exclude={"id", "created_on"}),
        }

    def label(self, record: Record) -> str:
        """Return the line that stands for *record*."""
        return label_of(record, lambda name, value: self.choice(record.kind, name, value))

    def choice(self, kind: str, name: str, value: Any) -> str:
        """Return the label of one choice of a field; text that somebody typed stays as it is."""
        spec = next((spec for spec in form_of(kind) if spec.name == name), None)
        if spec is None or spec.control not in {"choice", "scale"}:
            return str(value)
        return option_label(self.words, kind, spec, value)

    def pairs(self, kind: str) -> list[list[str]]:
        """Return (id, label) of everything an id of *kind* may name: records, or the catalogue."""
        return [[record.id, self.label(record)] for record in self.records(kind)]


def catalogue_pairs(kind: str, lang: str) -> list[list[str]]:
    """Return (id, label) of the entries of a catalogue: ``measure`` or ``mechanism``."""
    stem, labels = _CATALOGUES[kind]
    return labels(pack_of(stem), lang)


def option_label(words: Messages, kind: str, spec: FieldSpec, value: Any) -> str:
    """Return the label of one choice, or one step of a scale."""
    if spec.control == "choice" and spec.vocabulary:
        return vocabulary_label(words, spec.vocabulary, str(value))
    own = f"choice.{kind}.{spec.name}.{value}"
    if spec.control == "scale" and not words.has(own):
        return words.text(f"choice.{spec.vocabulary}.{value}")
    return words.text(own)


def vocabulary_label(words: Messages, name: str, id_: str) -> str:
    """Return the label of one item of a shared vocabulary."""
    return pack_of("taxonomies").label(words.lang, name, id_)


def vocabulary_pairs(words: Messages, name: str) -> list[list[str]]:
    """Return (id, label) of every item of a shared vocabulary, in the pack's order."""
    return [[id_, vocabulary_label(words, name, id_)] for id_ in get_args(VOCABULARIES[name])]
