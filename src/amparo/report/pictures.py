"""Pictures as PNG, drawn anew: for files that cannot hold our shapes, or whatever somebody pasted.

A photograph tells where, when and with which device it was made; a picture of shapes may carry
programs and addresses. Drawn anew, only what is seen remains.
"""

from __future__ import annotations

import base64
import binascii
import json
import struct
from dataclasses import dataclass
from typing import Any

from amparo.report.blocks import Picture
from amparo.report.charts_drawing import Drawing, as_json
from amparo.report.typesetter import compiled

_PPI = 192.0
_ROOM_PT = 540.0
_TALL_PT = 560.0
_SIGN = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Png:
    """A picture: its file, and the size it takes in points."""

    data: bytes
    width: float
    height: float


def drawn(drawing: Drawing, *, lang: str, rtl: bool, tall: float) -> Png | None:
    """Return a chart, at most *tall* points high; None when it cannot be drawn."""
    return _png({**as_json(drawing, tall=tall), "lang": lang, "rtl": rtl})


def redrawn(picture: Picture) -> Png | None:
    """Return somebody's picture without what was hidden in it; None when it is no picture."""
    try:
        data = base64.b64decode(picture.data, validate=False)
    except (binascii.Error, ValueError):
        return None
    given = {"k": "picture", "format": picture.format, "data": list(data)}
    return _png({**given, "room": _ROOM_PT, "tall": _TALL_PT, "lang": "en", "rtl": False})


def _png(data: dict[str, Any]) -> Png | None:
    import typst

    inputs = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    try:
        png = compiled("picture.typ", inputs, format="png", ppi=_PPI)
    except typst.TypstError:
        # Its text may quote the document: it is dropped on purpose.
        return None
    if not isinstance(png, bytes) or not png.startswith(_SIGN):
        return None
    width, height = struct.unpack_from(">II", png, 16)
    return Png(png, width * 72 / _PPI, height * 72 / _PPI)
