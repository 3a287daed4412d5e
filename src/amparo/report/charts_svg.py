"""A chart as SVG for a screen: no script, no address, text stays text."""

from __future__ import annotations

from hashlib import blake2b
from html import escape

from amparo.report.charts_drawing import Circle, Drawing, Label, Path, Rect, Shape

_DASHES = {"solid": "", "dashed": ' stroke-dasharray="5 4"', "dotted": ' stroke-dasharray="1.5 3"'}
_PLAIN = {"none": "none", "white": "#fff", "black": "#000"}
_BASELINE = 0.35


def svg(drawing: Drawing) -> str:
    """Return *drawing* on one line, ready to stand inside HTML or Markdown."""
    # Patterns are found by name in the whole page, so every picture has names of its own.
    name = blake2b(repr(drawing).encode("utf-8", "replace"), digest_size=6).hexdigest()
    shapes = "".join(_shape(shape, name) for shape in drawing.shapes)
    size = f"0 0 {drawing.width:.1f} {drawing.height:.1f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" role="img" '
        f'width="{drawing.width:.0f}" style="max-width:100%;height:auto" '
        f'font-family="system-ui, Noto Sans, sans-serif" aria-label="{escape(drawing.alt)}">'
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


def _shape(shape: Shape, name: str) -> str:
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
    return _label(shape)


def _rect(shape: Rect, name: str) -> str:
    place = f'x="{shape.x:.1f}" y="{shape.y:.1f}" width="{shape.w:.1f}" height="{shape.h:.1f}"'
    halo = ""
    if shape.halo:
        halo = f'<rect {place} fill="none" stroke="#fff" stroke-width="{shape.stroke + 3:.1f}"/>'
    return (
        f'{halo}<rect {place} fill="{_paint(shape.fill, name)}"{_pen(shape.stroke, shape.dash)}/>'
    )


def _label(shape: Label) -> str:
    anchor, x = {
        "left": ("start", shape.x),
        "center": ("middle", shape.x + shape.w / 2),
        "right": ("end", shape.x + shape.w),
    }[shape.align]
    y = shape.y + shape.h / 2 + shape.pt * _BASELINE
    weight = ' font-weight="bold"' if shape.bold else ""
    fill = "#fff" if shape.white else "#000"
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{shape.pt:.1f}" text-anchor="{anchor}" '
        f'fill="{fill}"{weight}>{escape(shape.text)}</text>'
    )
