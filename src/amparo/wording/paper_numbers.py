"""The number of every form and field on paper: the same on every sheet and in every language.

What was written by hand can so be typed in by somebody else: step, form, field ("5.1.3").
"""

from __future__ import annotations

from amparo.model.fields import FieldSpec, form_of
from amparo.model.registry import RECORD_TYPES

# What a program writes by itself, and what only a screen can choose from.
_NOT_BY_HAND = frozenset(
    {"example", "finished", "store_seq", "from_catalogue", "what", "letter", "sentence"}
)


def kinds_of(step: str) -> tuple[str, ...]:
    """Return the kinds of record of one step (``s0`` to ``s14``), in the order of its forms."""
    return tuple(model.kind for model in RECORD_TYPES if model.step.lower() == step)


def form_number(kind: str) -> str:
    """Return the number of the form of *kind*: step and place in it ("5.1")."""
    step = next(model.step.lower() for model in RECORD_TYPES if model.kind == kind)
    return f"{step.removeprefix('s')}.{kinds_of(step).index(kind) + 1}"


def numbered(kind: str) -> tuple[tuple[str, FieldSpec], ...]:
    """Return (number, field) of every field of *kind* that can be filled in by hand."""
    asked = [spec for spec in form_of(kind) if spec.name not in _NOT_BY_HAND]
    number = form_number(kind)
    return tuple((f"{number}.{order}", spec) for order, spec in enumerate(asked, start=1))
