"""A document: blocks plus the few settings of a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from amparo.report.blocks_base import Block

Paper = Literal["a4", "letter", "oficio"]
Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Document:
    """Blocks plus the settings of a page.

    Args:
        lang: language code, for hyphenation and screen readers.
        title: harmless; a tagged PDF must have one and shows it in the window.
        blocks: the content, in order.
        direction: taken from the language when empty.
        paper: A4, Letter or oficio (216 x 340 mm).
        body_pt: size of body text, 10 to 24 points.
        foot: a small code at the foot of every page, such as "3 - 30/4".
        max_pages: 0 for as many as needed; else the body shrinks in half points to fit.
        floor_pt: the body never gets smaller than this; 0 means 10, or 14 for a body of 14 up.
        margin_mm: the four margins.
    """

    lang: str
    title: str
    blocks: tuple[Block, ...] = field(default=())
    direction: Direction | Literal[""] = ""
    paper: Paper = "a4"
    body_pt: float = 11.0
    foot: str = ""
    max_pages: int = 0
    floor_pt: float = 0.0
    margin_mm: float = 18.0
