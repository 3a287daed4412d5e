"""A picture as a list of plain shapes, drawn natively on paper and as SVG on a screen.

Points, y downwards, from the top left corner. One chart is computed once; nothing here
measures again, so screen and paper show the same picture.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from amparo.report import paper_fonts
from amparo.report.paper_text import clean

Fill = Literal["none", "white", "black", "moderate", "high", "extreme"]
Dash = Literal["solid", "dashed", "dotted"]
Point = tuple[float, float]

LEADING = 1.35
_TURNED = str.maketrans("→←", "←→")


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle; ``halo`` draws a white line under its border so that it shows on black."""

    x: float
    y: float
    w: float
    h: float
    fill: Fill = "none"
    stroke: float = 0.8
    dash: Dash = "solid"
    halo: bool = False


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle around its middle."""

    x: float
    y: float
    r: float
    fill: Fill = "none"
    stroke: float = 0.8


@dataclass(frozen=True, slots=True)
class Path:
    """A line through points, or a closed shape."""

    points: tuple[Point, ...]
    fill: Fill = "none"
    stroke: float = 0.8
    dash: Dash = "solid"
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text, centred by height in its box."""

    x: float
    y: float
    w: float
    h: float
    text: str
    pt: float
    align: Literal["left", "center", "right"] = "center"
    bold: bool = False
    white: bool = False


Shape = Rect | Circle | Path | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes in the order of drawing, and the size they take."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    alt: str


def label(
    box: tuple[float, float, float, float],
    text: str,
    pt: float,
    *,
    align: Literal["left", "center", "right"] = "center",
    bold: bool = False,
    white: bool = False,
) -> Label:
    """Return a label whose text is safe to draw."""
    return Label(*box, clean(text).replace("\n", " "), pt, align, bold, white)


def lines(
    text: str, room: float, pt: float, *, bold: bool = False, most: int = 4
) -> tuple[str, ...]:
    """Wrap *text* into at most *most* lines of *room* points; what is left ends in an ellipsis."""
    found: list[str] = []
    for word in _words(clean(text), room, pt, bold=bold):
        longer = f"{found[-1]} {word}" if found else word
        if found and paper_fonts.width(longer, pt, bold=bold) <= room:
            found[-1] = longer
        else:
            found.append(word)
    if len(found) > most:
        found = [*found[: most - 1], _cut(found[most - 1] + "…", room, pt, bold=bold)]
    return tuple(found) or ("",)


def block(
    box: tuple[float, float, float],
    text: Iterable[str],
    pt: float,
    *,
    align: Literal["left", "center", "right"] = "center",
    bold: bool = False,
) -> tuple[Label, ...]:
    """Return wrapped lines as labels, from the top of *box* (x, y, width) down."""
    x, y, w = box
    step = pt * LEADING
    return tuple(
        label((x, y + i * step, w, step), line, pt, align=align, bold=bold)
        for i, line in enumerate(text)
    )


def mirrored(drawing: Drawing) -> Drawing:
    """Return the picture for a page that is read from right to left."""
    flipped = tuple(_flip(shape, drawing.width) for shape in drawing.shapes)
    return replace(drawing, shapes=flipped)


def as_json(drawing: Drawing, *, tall: float) -> dict[str, Any]:
    """Return the picture as the templates take it, made smaller when it is higher than *tall*."""
    return {
        "k": "drawing",
        "w": round(drawing.width, 2),
        "h": round(drawing.height, 2),
        "scale": round(min(1.0, tall / drawing.height), 3),
        "alt": clean(drawing.alt).strip() or "-",
        "shapes": [_shape_json(shape) for shape in drawing.shapes],
    }


def _shape_json(shape: Shape) -> dict[str, Any]:
    values = {name: getattr(shape, name) for name in shape.__slots__}
    for name, value in values.items():
        if isinstance(value, float):
            values[name] = round(value, 2)
    if isinstance(shape, Path):
        values["points"] = [[round(x, 2), round(y, 2)] for x, y in shape.points]
    return {"s": type(shape).__name__, **values}


def _flip(shape: Shape, width: float) -> Shape:
    if isinstance(shape, Path):
        return replace(shape, points=tuple((width - x, y) for x, y in shape.points))
    if isinstance(shape, Circle):
        return replace(shape, x=width - shape.x)
    flipped = replace(shape, x=width - shape.x - shape.w)
    if isinstance(flipped, Label):
        flipped = replace(flipped, text=flipped.text.translate(_TURNED))
    if isinstance(flipped, Label) and flipped.align != "center":
        return replace(flipped, align="left" if flipped.align == "right" else "right")
    return flipped


def _words(text: str, room: float, pt: float, *, bold: bool) -> Iterable[str]:
    for word in text.split():
        rest = word
        while rest and paper_fonts.width(rest, pt, bold=bold) > room:
            head = _head(rest, room, pt, bold=bold)
            yield head
            rest = rest[len(head) :]
        if rest:
            yield rest


def _head(word: str, room: float, pt: float, *, bold: bool) -> str:
    size = max(1, int(room / pt))
    while size < len(word) and paper_fonts.width(word[: size + 1], pt, bold=bold) <= room:
        size += 1
    return word[:size]


def _cut(line: str, room: float, pt: float, *, bold: bool) -> str:
    while len(line) > 1 and paper_fonts.width(line, pt, bold=bold) > room:
        line = line[:-2] + "…"
    return line
