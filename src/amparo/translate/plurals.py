"""How many plural forms a language has, and which numbers each of them is for."""

from __future__ import annotations

import gettext
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

# Babel's Arabic rule numbers the last two forms the other way round than everybody else.
_RULES = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
    "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
}
_USUAL = "nplurals=2; plural=(n != 1);"
_LINE = re.compile(r'"Plural-Forms:\s*(nplurals=\d+; plural=[^"\\]+?;?)\\n"')
_LOOKED_AT = range(201)
_SHOWN = 3


def plural_header(lang: str, folder: Path | None = None) -> str:
    """Return the rule of *lang* as a catalogue's first lines say it.

    Args:
        lang: code of the language.
        folder: its catalogues; the rule that stands there wins.
    """
    for path in sorted(folder.glob("*.po")) if folder else ():
        if found := _LINE.search(path.read_text("utf-8")[:2000]):
            return found.group(1)
    if lang in _RULES:
        return _RULES[lang]
    from babel.messages.plurals import get_plural

    from amparo.formats import known_to_babel

    # Many peoples' languages are in no table; the translator mends the first lines.
    if not known_to_babel(lang):
        return _USUAL
    number, expression = get_plural(lang)[:2]
    return f"nplurals={number}; plural={expression};"


def form_count(header: str) -> int:
    """Return how many forms there are."""
    return int(header.partition("nplurals=")[2].partition(";")[0])


@lru_cache(maxsize=8)
def examples(header: str) -> tuple[tuple[int, ...], ...]:
    """Return, for each form, the first numbers that it is for."""
    compiled: Any = gettext.c2py  # type: ignore[attr-defined] - in no stub, in every Python
    rule = compiled(header.partition("plural=")[2].rstrip("; "))
    places = [rule(number) for number in _LOOKED_AT]
    return tuple(
        tuple(number for number in _LOOKED_AT if places[number] == form)[: _SHOWN + 1]
        for form in range(form_count(header))
    )
