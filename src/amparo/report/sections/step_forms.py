"""The empty form of every step: each field with a number, choices with boxes to tick by hand.

The numbers are the same in every language and on every paper, so that what was written by hand
can be typed in by somebody else: step, form, field ("5.1.3").
"""

from __future__ import annotations

from amparo.messages import Messages, messages
from amparo.model.fields import NOT_OFFERED, FieldSpec
from amparo.report.blocks import (
    Blanks,
    Block,
    Box,
    Checklist,
    Heading,
    PageBreak,
    Paragraph,
    Together,
    strong,
)
from amparo.report.sections.words import Words
from amparo.wording.choices import option_label, pack_of
from amparo.wording.paper_numbers import form_number, kinds_of, numbered

_LONG = 14
_LINES = {"text": 3, "line": 1}
Blocks = tuple[Block, ...]


def step_blocks(words: Words, step: str) -> Blocks:
    """Return the heading of a step, what to look out for, and its forms."""
    pack, said = pack_of("steps"), messages(words.lang)
    title = pack.text(words.lang, "step", step, "title")
    number = step[1:]
    forms: list[Block] = []
    for kind in kinds_of(step):
        forms += _form(said, kind)
    return (
        PageBreak(),
        Heading(f"{number}. {title}", level=1),
        Paragraph(pack.text(words.lang, "step", step, "lead")),
        Paragraph(words("blank.no_names")),
        *forms,
    )


def _form(said: Messages, kind: str) -> list[Block]:
    title = f"{form_number(kind)} {said.text(f'kind.{kind}.many')}"
    fields = [_field(said, kind, spec, spec.name, number) for number, spec in numbered(kind)]
    return [Heading(title, level=2), *fields]


def _field(said: Messages, kind: str, spec: FieldSpec, place: str, number: str) -> Block:
    label = said.text(f"field.{kind}.{place}")
    if spec.control == "group":
        inner = [
            _field(said, kind, one, f"{place}.{one.name}", f"{number}.{order}")
            for order, one in enumerate(spec.fields, start=1)
        ]
        return Box(f"{number} {label}", tuple(inner))
    if spec.control == "range":
        return Together(
            (Paragraph((strong(f"{number} "), label)), _ticks(_range_steps(said, spec)))
        )
    if spec.control == "flag":
        return _tick_box(said, label, number)
    options = _options(said, kind, spec)
    if options and len(options) <= _LONG:
        return Together((Paragraph((strong(f"{number} "), label)), _ticks(options)))
    lines = _LINES.get(spec.control, 1) + (2 if spec.many else 0)
    return Blanks(lines, label=f"{number} {label}")


def _tick_box(said: Messages, label: str, number: str) -> Block:
    yes_no = "     ".join(f"□ {said.text(f'part.form.{word}')}" for word in ("yes", "no"))
    return Together((Paragraph((strong(f"{number} "), label)), Paragraph(yes_no)))


def _options(said: Messages, kind: str, spec: FieldSpec) -> list[str]:
    if spec.control not in {"choice", "scale"}:
        return []
    offered = [value for value in spec.options if value not in NOT_OFFERED]
    labels = [option_label(said, kind, spec, value) for value in offered]
    if spec.control == "scale":
        return [f"{value} · {label}" for value, label in zip(offered, labels, strict=True)]
    return labels


def _range_steps(said: Messages, spec: FieldSpec) -> list[str]:
    return [f"{step} · {said.text(f'scale.{spec.name}.{step}')}" for step in range(1, 6)]


def _ticks(options: list[str]) -> Block:
    return Checklist(tuple(options))
