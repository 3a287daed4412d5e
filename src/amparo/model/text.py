"""Text that people type: bounded, printable, without invisible tricks."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

# Direction overrides and zero-width characters can make a sentence read differently from what it
# is. The two joiners stay: Persian, Arabic and Indic words need them.
_FORBIDDEN = frozenset(
    "\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029"
)
_KEPT_CONTROLS = frozenset("\n\t")


def _printable(text: str) -> str:
    for character in text:
        category = unicodedata.category(character)
        if category == "Cs" or character in _FORBIDDEN:
            raise ValueError("invisible or broken character")
        if category == "Cc" and character not in _KEPT_CONTROLS:
            raise ValueError("control character")
    return unicodedata.normalize("NFC", text).strip()


def _one_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("more than one line")
    return text


_Printable = AfterValidator(_printable)
# The length is bounded before the characters are looked at, so a huge value costs nothing.
Word = Annotated[str, StringConstraints(max_length=40), _Printable, AfterValidator(_one_line)]
Line = Annotated[str, StringConstraints(max_length=300), _Printable, AfterValidator(_one_line)]
Prose = Annotated[str, StringConstraints(max_length=5000), _Printable]
RoleLetter = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,2}$")]
RecordId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
ItemId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
