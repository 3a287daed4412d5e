"""The labels of choices: of shared vocabularies, of scales, of one field's own choices."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any, get_args

from amparo.content import Pack, foundations
from amparo.messages import Messages
from amparo.model.fields import FieldSpec, form_of
from amparo.model.vocabularies import VOCABULARIES
from amparo.wording.labels import measure_labels, mechanism_labels

_CATALOGUES = {
    "mechanism": ("mechanisms", mechanism_labels),
    "measure": ("measures", measure_labels),
}


@lru_cache(maxsize=16)
def pack_of(*stems: str) -> Pack:
    """Return the pack that ships with the product, with only these files read."""
    return foundations(only=stems)


def choice_label(words: Messages, kind: str, name: str, value: Any) -> str:
    """Return the label of one choice of a field, or a day; what somebody typed stays as it is."""
    if isinstance(value, date):
        return words.date(value)
    spec = next((spec for spec in form_of(kind) if spec.name == name), None)
    if spec is None or spec.control not in {"choice", "scale"}:
        return str(value)
    return option_label(words, kind, spec, value)


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
