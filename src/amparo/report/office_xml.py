"""Elements of a text document, written down as they stand in the standard (ECMA-376, part 1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.oxml.ns import nsmap
from docx.oxml.parser import oxml_parser

_NAMES = {"w": nsmap["w"]}
_SPACE = f"{{{nsmap['w']}}}"
TWIPS = 20
"""Twentieths of a point: the unit of every length."""


def el(name: str, /, *children: Any, **attributes: object) -> Any:
    """Return ``w:name`` with *children* (None is left out) and attributes of the same namespace."""
    made: Any = oxml_parser.makeelement(f"{_SPACE}{name}", nsmap=_NAMES)
    for key, value in attributes.items():
        made.set(f"{_SPACE}{key}", str(value))
    for child in children:
        if child is not None:
            made.append(child)
    return made


def flag(name: str, *, on: bool) -> Any:
    """Return the element *name* when *on*, else None."""
    return el(name) if on else None


def filled(name: str, children: Iterable[Any]) -> Any:
    """Return ``w:name`` with *children*, or None when there is none."""
    inside = [child for child in children if child is not None]
    return el(name, *inside) if inside else None


def twips(pt: float) -> int:
    """Return a length in points in the unit of the standard."""
    return round(pt * TWIPS)
