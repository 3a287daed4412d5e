"""A pack in memory: its values, and its sentences in the language that is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from amparo.content.prosefile import Section
from amparo.content.shapes import PROSE_FIELDS, PROSE_STEMS
from amparo.content.values import (
    ActorCard,
    Item,
    Lever,
    Measure,
    Mechanism,
    Question,
    Quick,
    Scenario,
    Source,
    Step,
    Term,
    Vocabulary,
)

Prose = Callable[[str, str], dict[str, Section]]


@dataclass(frozen=True, slots=True)
class Pack:
    """One content pack. What was not loaded (see ``load``) is empty."""

    id: str
    version: str
    languages: tuple[str, ...]
    licence: str
    vocabularies: MappingProxyType[str, Vocabulary]
    measures: MappingProxyType[str, Measure]
    scenarios: MappingProxyType[str, Scenario]
    mechanisms: MappingProxyType[str, Mechanism]
    sources: MappingProxyType[str, Source]
    terms: MappingProxyType[str, Term]
    steps: MappingProxyType[str, Step]
    questions: MappingProxyType[str, Question]
    quick: MappingProxyType[str, Quick]
    levers: MappingProxyType[str, Lever]
    actor_cards: MappingProxyType[str, ActorCard]
    renamed: MappingProxyType[str, str]
    prose: Prose

    def current_id(self, id_: str) -> str:
        """Return the id of today for an id that a workspace may have kept for years."""
        return self.renamed.get(id_, id_)

    def measure(self, id_: str) -> Measure | None:
        """Return a measure by its id of today or an older one."""
        return self.measures.get(self.current_id(id_))

    def item(self, vocabulary: str, id_: str) -> Item | None:
        """Return one item of a vocabulary."""
        found = self.vocabularies.get(vocabulary)
        return next((item for item in found.items if item.id == id_), None) if found else None

    def lines(self, lang: str, kind: str, id_: str, field: str) -> tuple[str, ...]:
        """Return the sentences (or list points) of one field.

        What is not translated is shown as ``⟦id.field⟧`` and never in another language.
        """
        name = self.current_id(id_)
        section = self.prose(lang, PROSE_STEMS[kind]).get(name)
        found = section.fields.get(field) if section else None
        if found is None or not found.lines:
            return (f"⟦{name}.{field}⟧",)
        return tuple(line.removeprefix("- ") for line in found.lines)

    def text(self, lang: str, kind: str, id_: str, field: str) -> str:
        """Return one field as running text, or ``⟦id.field⟧`` if it is not translated."""
        return " ".join(self.lines(lang, kind, id_, field))

    def label(self, lang: str, vocabulary: str, id_: str) -> str:
        """Return the label of one item of a vocabulary."""
        return self.text(lang, "item", f"{vocabulary}.{id_}", "label")

    def missing(self, lang: str) -> tuple[str, ...]:
        """List what has no words in *lang*, as ``id.field``, in the order of the files."""
        return tuple(
            f"{id_}.{field}"
            for kind, id_ in self.spoken()
            for field in PROSE_FIELDS[kind]
            if not self._has(lang, kind, id_, field)
        )

    def spoken(self) -> tuple[tuple[str, str], ...]:
        """List (kind, id) of everything loaded that needs words."""
        items = ((("item", f"{v.id}.{i.id}")) for v in self.vocabularies.values() for i in v.items)
        practice = (("source", s.id) for s in self.sources.values() if s.kind == "practice")
        listed: tuple[tuple[str, MappingProxyType[str, Any]], ...] = (
            ("vocabulary", self.vocabularies),
            ("measure", self.measures),
            ("scenario", self.scenarios),
            ("mechanism", self.mechanisms),
            ("term", self.terms),
            ("step", self.steps),
            ("question", self.questions),
            ("quick", self.quick),
            ("lever", self.levers),
            ("actor_card", self.actor_cards),
        )
        return (*((kind, id_) for kind, held in listed for id_ in held), *items, *practice)

    def _has(self, lang: str, kind: str, id_: str, field: str) -> bool:
        section = self.prose(lang, PROSE_STEMS[kind]).get(id_)
        return section is not None and bool(section.fields.get(field))
