"""What a translated text must keep, and what it must never bring in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from amparo.content.prosefile import contact_signs, has_markup
from amparo.messages import RIGHT_TO_LEFT
from amparo.translate.values import CATALOGUE, Entry

Found = tuple[str, dict[str, object]]
# A name in braces and nothing more: an attribute or an index in there could read other things.
_NAME = re.compile(r"\{[A-Za-z_]\w*\}", re.ASCII)
_BRACE = re.compile(r"[{}]")
_TAG = re.compile(r"<[A-Za-z/!]")
_NUMBER = "{number}"
# Arabic and Persian letters need joiners; a line that mixes directions needs the two marks.
_JOINERS = frozenset("\u200c\u200d\u200e\u200f")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_LONGEST = 4000
_TIMES = 6
_SHORT = 200


def names_in(text: str) -> set[str]:
    """Return the ``{names}`` of *text*."""
    return set(_NAME.findall(text))


def faults(
    entry: Entry, target: tuple[str, ...], *, kind: str, lang: str, forms: int
) -> list[Found]:
    """Return what has to be mended before *target* may be written, as keys with values.

    Args:
        entry: the English text and its key.
        target: what the translator wrote, one text or all plural forms.
        kind: catalogue or prose.
        lang: language of the target.
        forms: how many plural forms that language has.
    """
    wanted = forms if entry.counts else 1
    if len(target) != wanted or not all(text.strip() for text in target):
        filled = sum(bool(text.strip()) for text in target)
        return [("forms", {"wanted": wanted, "found": filled})]
    found: list[Found] = []
    for text in target:
        found += _names(entry, text)
        found += _signs(entry, text, kind, lang)
        found += _shape(entry, text) if kind == CATALOGUE else _lines(entry, text)
    if entry.counts and _NUMBER in entry.source[-1] and _NUMBER not in target[-1]:
        found.append(("names", {"wanted": _NUMBER}))
    return [one for n, one in enumerate(found) if one not in found[:n]]


def _names(entry: Entry, text: str) -> Iterator[Found]:
    wanted = sorted(_NAME.findall(entry.source[-1]))
    held = sorted(_NAME.findall(text))
    if entry.counts:
        # "one day", "two days" in a single word: a form may say the number in letters.
        wanted, held = ([one for one in all_ if one != _NUMBER] for all_ in (wanted, held))
    if held != wanted:
        yield "names", {"wanted": " ".join(wanted) or "–"}
    elif _BRACE.findall(_NAME.sub("", text)) != _BRACE.findall(_NAME.sub("", entry.source[-1])):
        yield "braces", {}


def _signs(entry: Entry, text: str, kind: str, lang: str) -> Iterator[Found]:
    allowed = _JOINERS if lang in RIGHT_TO_LEFT else frozenset()
    if any(unicodedata.category(s) in _UNSEEN and s not in allowed and s != "\n" for s in text):
        yield "hidden_sign", {}
    english = entry.source[-1] if kind == CATALOGUE else ""
    more_tags = len(_TAG.findall(text)) > len(_TAG.findall(english))
    if more_tags or (any(map(has_markup, text.split("\n"))) and not has_markup(english)):
        yield "markup", {}
    for sign in contact_signs(text):
        if sign not in contact_signs(english):
            yield sign, {}


def _shape(entry: Entry, text: str) -> Iterator[Found]:
    english = entry.source[-1]
    if text.count("\n") != english.count("\n"):
        yield "line_breaks", {"wanted": english.count("\n")}
    if (text[:1].isspace(), text[-1:].isspace()) != (english[:1].isspace(), english[-1:].isspace()):
        yield "edges", {}
    yield from _length(entry, text)


def _lines(entry: Entry, text: str) -> Iterator[Found]:
    lines, english = text.split("\n"), entry.source[-1].split("\n")
    if any(not line.strip() or line != line.strip() for line in lines):
        yield "empty_line", {}
    if any(line.startswith(("#", "<!--")) for line in lines):
        yield "heading", {}
    points = [line.startswith("- ") for line in lines]
    if english[0].startswith("- "):
        if not all(points) or len(lines) != len(english):
            yield "points", {"wanted": len(english)}
    elif any(points):
        yield "not_a_list", {}
    yield from _length(entry, text)


def _length(entry: Entry, text: str) -> Iterator[Found]:
    longest = max(map(len, entry.source))
    if len(text) > min(_LONGEST, max(_SHORT, _TIMES * longest)):
        yield "too_long", {}
