"""The form of a kind of record, in the words of a page: what ``static/form.js`` draws."""

from __future__ import annotations

from typing import Any

from amparo.messages import Messages
from amparo.model.fields import NOT_OFFERED, FieldSpec, common_of, form_of
from amparo.model.registry import record_type
from amparo.wording.choices import catalogue_pairs, option_label, vocabulary_pairs
from amparo.wording.paper_numbers import form_number, numbered

Form = dict[str, Any]


def form(words: Messages, kind: str) -> Form:
    """Return labels, hints, controls and choices of one kind of record.

    Keys of the catalogue: ``kind.<kind>`` (one), ``kind.<kind>.many``, ``kind.<kind>.add``,
    ``kind.<kind>.empty``; ``field.<kind>.<field>`` and, where help is needed,
    ``field.<kind>.<field>.hint``; ``choice.<kind>.<field>.<value>``.
    """
    numbers = {spec.name: number for number, spec in numbered(kind)}
    fields = [_field(words, kind, spec, spec.name) for spec in form_of(kind)]
    return {
        "kind": kind,
        "number": form_number(kind),
        "single": record_type(kind).single,
        "one": words.text(f"kind.{kind}"),
        "many": words.text(f"kind.{kind}.many"),
        "add": words.text(f"kind.{kind}.add"),
        "empty": words.text(f"kind.{kind}.empty"),
        # A field without a number is never filled in by hand.
        "fields": [{**one, "number": numbers.get(one["name"])} for one in fields],
        "common": [_field(words, "record", spec, spec.name) for spec in common_of(kind)],
    }


def vocabularies_of(kind: str) -> tuple[str, ...]:
    """Return the shared vocabularies that the form of *kind* offers."""
    return tuple(dict.fromkeys(_vocabularies((*form_of(kind), *common_of(kind)))))


def choices(words: Messages, vocabularies: tuple[str, ...]) -> dict[str, list[list[str]]]:
    """Return (id, label) pairs of these vocabularies."""
    pairs = {name: vocabulary_pairs(words, name) for name in vocabularies}
    return {
        name: [one for one in told if one[0] not in NOT_OFFERED] for name, told in pairs.items()
    }


def keys(kind: str) -> tuple[str, ...]:
    """Return every key of the catalogue that the form of *kind* needs; hints are extra."""
    own = [f"kind.{kind}", *(f"kind.{kind}.{word}" for word in ("many", "add", "empty"))]
    return (*own, *_keys(kind, form_of(kind), ""), *_keys("record", common_of(kind), ""))


def _keys(kind: str, specs: tuple[FieldSpec, ...], before: str) -> list[str]:
    found: list[str] = []
    for spec in specs:
        found.append(f"field.{kind}.{before}{spec.name}")
        if spec.control == "choice" and not spec.vocabulary:
            found += [f"choice.{kind}.{spec.name}.{value}" for value in spec.options]
        if spec.control == "scale":
            found += [f"choice.{spec.vocabulary}.{value}" for value in spec.options]
        found += _keys(kind, spec.fields, f"{before}{spec.name}.")
    return found


def _vocabularies(specs: tuple[FieldSpec, ...]) -> list[str]:
    found: list[str] = []
    for spec in specs:
        if spec.control == "choice" and spec.vocabulary:
            found.append(spec.vocabulary)
        found += _vocabularies(spec.fields)
    return found


def _field(words: Messages, kind: str, spec: FieldSpec, place: str) -> Form:
    key = f"field.{kind}.{place}"
    drawn: Form = {
        "name": spec.name,
        "control": spec.control,
        "many": spec.many,
        "needed": spec.needed,
        "at_most": spec.at_most,
        "label": words.text(key),
        "start": spec.start,
    }
    if words.has(f"{key}.hint"):
        drawn["hint"] = words.text(f"{key}.hint")
    if spec.control == "choice" and spec.vocabulary:
        drawn["vocabulary"] = spec.vocabulary
    elif spec.options:
        drawn["options"] = [[one, option_label(words, kind, spec, one)] for one in spec.options]
    if spec.control == "item" and spec.points_at:
        drawn["options"] = catalogue_pairs(spec.points_at, words.lang)
    if spec.points_at:
        drawn["points_at"] = spec.points_at
    if spec.fields:
        drawn["fields"] = [
            _field(words, kind, inner, f"{place}.{inner.name}") for inner in spec.fields
        ]
    return drawn
