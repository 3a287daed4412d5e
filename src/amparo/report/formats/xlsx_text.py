"""Text in the XML of a spreadsheet: characters that XML has no place for are written ``_x000D_``.

Source:
    ECMA-376 part 1, 22.9.2.19 (ST_Xstring).
"""

from __future__ import annotations

import re

# Whatever looks like an escape is escaped at its underscore, or it would be read as one.
_TO_ESCAPE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def to_xml_text(text: str) -> str:
    """Return *text* as it stands in a spreadsheet's XML."""
    return _TO_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def from_xml_text(text: str) -> str:
    """Return what a text of a spreadsheet's XML says."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
