"""Words of the glossary in a sentence: where they stand, and what they mean.

Which everyday words are left alone is ours: "door" in a prompt is nearly always a door.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from amparo.content import Pack

# A piece of a sentence, and the id of the term that it is, if it is one.
Pieces = list[tuple[str, str | None]]
_EVERYDAY = frozenset({
    "attack", "audience", "balance", "band", "buyer", "care", "door", "host", "indicator",
    "influence", "lock", "owner_role", "pattern", "period", "plan", "plan_version", "priority",
    "range", "review", "sealed", "sheet", "signal", "source", "stance", "step", "stone", "track",
    "uncertainty", "wipe",
})  # fmt: skip
# "fait" and "espace" are everyday words only there, as is the Arabic word for an incident.
_EVERYDAY_IN = {"fr": frozenset({"incident", "workspace"}), "ar": frozenset({"incident"})}
# Arabic writes "and", "in", "to" and the article as one word with the next; what is found with
# them is good enough for a list of words, not for marking letters inside a word.
_JOINED = {"ar": "[وفبلك]?(?:ال|لل)?"}
# A plural that only adds an s, in the languages that have one.
_PLURAL = {"en": "s?", "es": "s?", "fr": "s?"}


def cut(text: str, names: Mapping[str, str], lang: str) -> Pieces:
    """Return *text* in pieces: each term whole, once, and what stands between.

    Args:
        text: one sentence or more.
        names: term id -> its name; nothing is found for an empty mapping.
        lang: the language of both.

    Returns:
        The pieces in order; put together they are *text*.
    """
    pattern, ids = _pattern(tuple(sorted(names.items())), lang)
    pieces: Pieces = []
    seen: set[str] = set()
    end = 0
    for found in pattern.finditer(text) if ids else ():
        id_ = ids[_key(found["name"])]
        if id_ not in seen:
            seen.add(id_)
            pieces += [(text[end : found.start()], None), (found[0], id_)]
            end = found.end()
    return [piece for piece in (*pieces, (text[end:], None)) if piece[0]]


def terms_in(text: str, names: Mapping[str, str], lang: str) -> tuple[str, ...]:
    """Return the ids of the terms that stand in *text*, in order."""
    return tuple(id_ for _, id_ in cut(text, names, lang) if id_)


def marks_words(lang: str) -> bool:
    """Whether a word is found safely enough in a sentence of *lang* to be marked there."""
    return lang not in _JOINED


def names_of(pack: Pack, lang: str) -> dict[str, str]:
    """Return term id -> name for every term that has words in *lang* and is no everyday word."""
    plain = _EVERYDAY | _EVERYDAY_IN.get(lang, frozenset())
    names = {id_: pack.text(lang, "term", id_, "term") for id_ in pack.terms if id_ not in plain}
    return {id_: name for id_, name in names.items() if not name.startswith("⟦")}


@lru_cache(maxsize=64)
def _pattern(
    names: tuple[tuple[str, str], ...], lang: str
) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what finds any of the names, longest first, and the id for what was found."""
    plural = _PLURAL.get(lang, "")
    ids = {_key(name): id_ for id_, name in names}
    ids = {**{f"{key}s": id_ for key, id_ in ids.items() if plural}, **ids}
    longest = sorted((re.escape(name) for _, name in names), key=len, reverse=True)
    whole = rf"(?<!\w){_JOINED.get(lang, '')}(?P<name>(?:{'|'.join(longest)}){plural})(?!\w)"
    return re.compile(whole, re.IGNORECASE), ids


def _key(name: str) -> str:
    return name.casefold()
