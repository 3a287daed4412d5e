"""The shipped fonts: which characters they can draw, and how wide a text will be.

Only the two font tables that answer this are read (cmap and hmtx), so no font library is
needed and a start costs milliseconds.
"""

from __future__ import annotations

import struct
from array import array
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from amparo.errors import BundleMissingError, FontMissingError
from amparo.resources import package_folder

# In the order in which a character looks for a font; paper.typ names the same families.
FILES = (
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoSans-Italic.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoNaskhArabic-Bold.ttf",
    "NotoSansSymbols2-Regular.ttf",
    "NotoSansMath-Regular.ttf",
    "NotoSansMono-Regular.ttf",
)
_MONO_EM = 0.6
_UNKNOWN_EM = 1.0
_SUBTABLE_SEGMENTS = 4
_SUBTABLE_GROUPS = 12


@dataclass(frozen=True, slots=True)
class Face:
    """Advance widths of one font, in em, by code point."""

    widths: dict[int, float]


def font_folder() -> Path:
    """Return the folder of the shipped fonts.

    Raises:
        FontMissingError: a font is not there; the installation is damaged.
    """
    try:
        folder = package_folder("report/fonts")
    except BundleMissingError as error:
        raise FontMissingError("the folder of fonts is not in the package", font="") from error
    for name in FILES:
        if not (folder / name).is_file():
            raise FontMissingError(f"{name} is not in the package", font=name)
    return folder


def drawable(character: str) -> bool:
    """Tell whether some shipped font has *character*."""
    point = ord(character)
    return any(point in face(name).widths for name in FILES)


def width(text: str, pt: float, *, bold: bool = False, mono: bool = False) -> float:
    """Return how wide *text* is in points, kerning and ligatures left out."""
    if mono:
        return len(text) * _MONO_EM * pt
    first = face(FILES[1] if bold else FILES[0]).widths
    return pt * sum(first.get(ord(c)) or _other_width(ord(c)) for c in text)


@lru_cache(maxsize=4096)
def _other_width(point: int) -> float:
    for name in FILES[3:]:
        found = face(name).widths.get(point)
        if found is not None:
            return found
    return _UNKNOWN_EM


@lru_cache(maxsize=len(FILES))
def face(name: str) -> Face:
    """Read one shipped font.

    Raises:
        FontMissingError: it is not there or is no font.
    """
    path = font_folder() / name
    try:
        data = path.read_bytes()
        tables = _tables(data)
        return Face(_widths(data, tables))
    except (OSError, struct.error, KeyError, IndexError) as error:
        raise FontMissingError(f"{name} cannot be read", font=name) from error


def _tables(data: bytes) -> dict[bytes, int]:
    count = struct.unpack_from(">H", data, 4)[0]
    entries = (struct.unpack_from(">4sIII", data, 12 + 16 * i) for i in range(count))
    return {tag: offset for tag, _, offset, _ in entries}


def _widths(data: bytes, tables: dict[bytes, int]) -> dict[int, float]:
    em = struct.unpack_from(">H", data, tables[b"head"] + 18)[0]
    metrics = struct.unpack_from(">H", data, tables[b"hhea"] + 34)[0]
    pairs = _shorts(data, tables[b"hmtx"], metrics * 2)
    last = metrics - 1
    glyphs = _character_map(data, tables[b"cmap"])
    return {point: pairs[2 * min(glyph, last)] / em for point, glyph in glyphs.items()}


def _shorts(data: bytes, start: int, count: int) -> array[int]:
    values = array("H", data[start : start + 2 * count])
    values.byteswap()
    return values


def _character_map(data: bytes, start: int) -> dict[int, int]:
    """Return glyph by code point from the widest sub-table of the font."""
    count = struct.unpack_from(">H", data, start + 2)[0]
    found: dict[int, int] = {}
    for i in range(count):
        offset = start + struct.unpack_from(">I", data, start + 8 + 8 * i)[0]
        form = struct.unpack_from(">H", data, offset)[0]
        if form == _SUBTABLE_GROUPS:
            found.update(_groups(data, offset))
        elif form == _SUBTABLE_SEGMENTS:
            found.update(_segments(data, offset))
    return found


def _groups(data: bytes, start: int) -> dict[int, int]:
    found: dict[int, int] = {}
    for i in range(struct.unpack_from(">I", data, start + 12)[0]):
        first, last, glyph = struct.unpack_from(">III", data, start + 16 + 12 * i)
        found.update(
            zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True)
        )
    return found


def _segments(data: bytes, start: int) -> dict[int, int]:
    count = struct.unpack_from(">H", data, start + 6)[0] // 2
    ends = _shorts(data, start + 14, count)
    starts = _shorts(data, start + 16 + 2 * count, count)
    deltas = _shorts(data, start + 16 + 4 * count, count)
    place = start + 16 + 6 * count
    offsets = _shorts(data, place, count)
    found: dict[int, int] = {}
    for i, (first, last, delta, offset) in enumerate(
        zip(starts, ends, deltas, offsets, strict=True)
    ):
        for point in range(first, min(last, 0xFFFE) + 1):
            glyph = point
            if offset:
                at = place + 2 * i + offset + 2 * (point - first)
                glyph = struct.unpack_from(">H", data, at)[0]
            if glyph or not offset:
                found[point] = (glyph + delta) & 0xFFFF
    return found
