"""A chart as SVG for a screen: no script, no address, text stays text."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b
from html import escape

from amparo.report.charts_drawing import Circle, Drawing, Label, Path, Rect, Shape
from amparo.report.paper_text import visible

_DASHES = {"solid": "", "dashed": ' stroke-dasharray="5 4"', "dotted": ' stroke-dasharray="1.5 3"'}
_PLAIN = {"none": "none", "white": "#fff", "black": "#000"}
_BASELINE = 0.35
# The fonts of a browser may be wider than those that were measured.
_PAGE_LETTERS = 0.93


def svg(drawing: Drawing) -> str:
    """Return *drawing* on one line, ready to stand inside HTML or Markdown."""
    # Patterns are found by name in the whole page, so every picture has names of its own.
    name = blake2b(repr(drawing).encode("utf-8", "replace"), digest_size=6).hexdigest()
    return _svg(
        drawing,
        name,
        f'xmlns="http://www.w3.org/2000/svg" width="{drawing.width:.0f}" '
        'style="max-width:100%;height:auto" ',
    )


def page_svg(drawing: Drawing, name: str, *, rtl: bool) -> str:
    """Return *drawing* for a page of HTML whose style sets its size.

    Args:
        drawing: already mirrored on a page that is read from right to left.
        name: what no other picture of the page is called.
        rtl: whether the page is read from right to left.
    """
    shapes = tuple(
        replace(shape, pt=shape.pt * _PAGE_LETTERS) if isinstance(shape, Label) else shape
        for shape in drawing.shapes
    )
    side = ' direction="rtl"' if rtl else ""
    return _svg(replace(drawing, shapes=shapes), name, f'overflow="visible"{side} ', rtl=rtl)


def _svg(drawing: Drawing, name: str, attributes: str, *, rtl: bool = False) -> str:
    shapes = "".join(_shape(shape, name, rtl=rtl) for shape in drawing.shapes)
    words = escape(visible(drawing.alt))
    return (
        f'<svg {attributes}viewBox="0 0 {drawing.width:.1f} {drawing.height:.1f}" role="img" '
        f'font-family="system-ui, Noto Sans, sans-serif" aria-label="{words}">'
        f"{_patterns(name)}{shapes}</svg>"
    ).replace("\n", " ")


def _patterns(name: str) -> str:
    def pattern(kind: str, size: int, path: str, pen: float) -> str:
        return (
            f'<pattern id="{kind}-{name}" width="{size}" height="{size}" '
            f'patternUnits="userSpaceOnUse"><rect width="{size}" height="{size}" fill="#fff"/>'
            f'<path d="{path}" stroke="#000" stroke-width="{pen}"/></pattern>'
        )

    thin = pattern("moderate", 10, "M0 10L10 0M-2 2L2 -2M8 12L12 8", 1.5)
    return f"<defs>{thin}{pattern('high', 6, 'M0 0L6 6M0 6L6 0', 1.4)}</defs>"


def _paint(fill: str, name: str) -> str:
    return _PLAIN.get(fill) or f"url(#{fill}-{name})"


def _pen(stroke: float, dash: str) -> str:
    if not stroke:
        return ' stroke="none"'
    return f' stroke="#000" stroke-width="{stroke:.1f}"{_DASHES[dash]}'


def _shape(shape: Shape, name: str, *, rtl: bool) -> str:
    if isinstance(shape, Rect):
        return _rect(shape, name)
    if isinstance(shape, Circle):
        place = f'cx="{shape.x:.1f}" cy="{shape.y:.1f}" r="{shape.r:.1f}"'
        return f'<circle {place} fill="{_paint(shape.fill, name)}"{_pen(shape.stroke, "solid")}/>'
    if isinstance(shape, Path):
        points = "L".join(f"{x:.1f} {y:.1f}" for x, y in shape.points)
        end = "Z" if shape.closed else ""
        fill = _paint(shape.fill, name)
        return f'<path d="M{points}{end}" fill="{fill}"{_pen(shape.stroke, shape.dash)}/>'
    return _label(shape, rtl=rtl)


def _rect(shape: Rect, name: str) -> str:
    place = f'x="{shape.x:.1f}" y="{shape.y:.1f}" width="{shape.w:.1f}" height="{shape.h:.1f}"'
    halo = ""
    if shape.halo:
        halo = f'<rect {place} fill="none" stroke="#fff" stroke-width="{shape.stroke + 3:.1f}"/>'
    return (
        f'{halo}<rect {place} fill="{_paint(shape.fill, name)}"{_pen(shape.stroke, shape.dash)}/>'
    )


def _label(shape: Label, *, rtl: bool) -> str:
    # On a page that is read from the right, a text starts on its right side.
    left, right = ("end", "start") if rtl else ("start", "end")
    anchor, x = {
        "left": (left, shape.x),
        "center": ("middle", shape.x + shape.w / 2),
        "right": (right, shape.x + shape.w),
    }[shape.align]
    y = shape.y + shape.h / 2 + shape.pt * _BASELINE
    weight = ' font-weight="bold"' if shape.bold else ""
    fill = "#fff" if shape.white else "#000"
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{shape.pt:.1f}" text-anchor="{anchor}" '
        f'fill="{fill}"{weight}>{escape(shape.text)}</text>'
    )
