"""The keepers' notes: whatever can be entered is printed, and nobody else may have it."""

from __future__ import annotations

from datetime import date
from itertools import cycle
from typing import Any

import pytest

from amparo.errors import AudienceError
from amparo.messages import messages
from amparo.model.base import Record
from amparo.model.fields import FieldSpec, form_of
from amparo.model.registry import BY_KIND, RECORD_TYPES, read_record
from amparo.model.workspace import Workspace
from amparo.report.blocks import Block, KeyValues, plain
from amparo.report.opened import check_audience
from amparo.report.sections.material import Material
from amparo.report.sections.notes import STEPS, step_blocks
from amparo.wording.choices import catalogue_pairs, option_label

TODAY = date(2026, 11, 25)
_LETTERS = cycle(
    f"{a}{b}" for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)
_TARGET = "ab" * 16


def _known_item(spec: FieldSpec) -> str:
    offered = spec.control == "item" and spec.points_at
    return catalogue_pairs(offered, "es")[0][0] if offered else "stage_1"


def _value(spec: FieldSpec, path: str) -> Any:
    """A value that no other field has, where the field allows one."""
    made: dict[str, Any] = {
        "choice": spec.options[-1:],
        "scale": spec.options[-1:],
        "date": (date(2031, 1, 1 + len(path) % 28).isoformat(),),
        "flag": (True,),
        "number": (7,),
        "range": ({"low": 2, "best": 3, "high": 4},),
        "letter": (next(_LETTERS),),
        "record": (_TARGET,),
        "item": (_known_item(spec),),
        "group": ({inner.name: _value(inner, f"{path}.{inner.name}") for inner in spec.fields},),
    }
    (one,) = made.get(spec.control, (f"marca {path}"[:40],))
    return [one] if spec.many else one


def _filled(kind: str) -> Record:
    values = {spec.name: _value(spec, spec.name) for spec in form_of(kind)}
    if kind == "factor":
        values["capacity"] = None
    return read_record(kind, {**values, "id": "cd" * 16, "created_on": TODAY.isoformat()})


def _pairs(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    tables = [block for block in blocks if isinstance(block, KeyValues)]
    return [(plain(key), plain(value)) for table in tables for key, value in table.pairs]


def _printed(kind: str) -> list[tuple[str, str]]:
    target = read_record(
        "threat", {"id": _TARGET, "created_on": TODAY.isoformat(), "sentence": "otra ficha",
                   "threat_type": "killing"},
    )  # fmt: skip
    workspace = Workspace.of([_filled(kind), target])
    data = Material(workspace, "notes", "keepers", "es", None, TODAY)
    return _pairs(step_blocks(data, BY_KIND[kind].step.lower()))


def _expected(kind: str, spec: FieldSpec, place: str) -> list[str]:
    if spec.control == "group":
        return [
            label for one in spec.fields for label in _expected(kind, one, f"{place}.{one.name}")
        ]
    return [messages("es").text(f"field.{kind}.{place}")]


@pytest.mark.parametrize("kind", sorted(BY_KIND))
def test_every_field_that_can_be_entered_appears_in_an_output(kind: str) -> None:
    """What somebody typed and nobody can print again was typed for nothing."""
    left_out = {"capacity"} if kind == "factor" else set()
    asked = [spec for spec in form_of(kind) if spec.name not in left_out]

    labels = [label for label, _ in _printed(kind)]

    missing = [
        label for spec in asked for label in _expected(kind, spec, spec.name) if label not in labels
    ]
    assert missing == []


@pytest.mark.parametrize("kind", sorted(BY_KIND))
def test_the_words_typed_are_printed_as_typed(kind: str) -> None:
    """A label without its words would look complete."""
    typed = [spec for spec in form_of(kind) if spec.control in {"word", "line", "text"}]

    values = "\n".join(value for _, value in _printed(kind))

    assert [spec.name for spec in typed if f"marca {spec.name}"[:40] not in values] == []


def test_a_choice_is_printed_in_words() -> None:
    """An id means nothing on paper."""
    spec = next(spec for spec in form_of("place") if spec.name == "rating")

    printed = dict(_printed("place"))

    assert option_label(messages("es"), "place", spec, spec.options[-1]) in printed.values()


def test_every_kind_belongs_to_a_step() -> None:
    """A kind without a step would be printed nowhere."""
    assert {model.step.lower() for model in RECORD_TYPES} <= set(STEPS)


@pytest.mark.parametrize("audience", ["group", "allies", "public", "personal"])
def test_nobody_but_the_keepers_gets_the_notes(audience: str) -> None:
    """Everything in one paper is what an attacker looks for."""
    with pytest.raises(AudienceError):
        check_audience("notes", audience)
