"""Make any text safe to print: every character drawable, every word fits its box.

A tagged PDF with a missing glyph is refused as a whole, so one emoji in one sentence would
cost a group its report. What no shipped font can draw becomes a visible empty box instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from amparo.report import paper_fonts
from amparo.report.blocks import Run

EMPTY_BOX = "\u25a1"
_BREAK_HERE = "\u200b"

_NEW_LINES = re.compile(r"\r\n?|[\u0085\u2028\u2029\x0b\x0c]")
# Controls; marks that would reorder other people's words; variation selectors; tags; joiners
# of nothing. ZWNJ and ZWJ stay: Arabic and Persian spelling needs them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
# Half characters and those that no file of letters may hold.
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_PLAIN = re.compile("[\n\x20-\x7e\u00a1-\u00ac\u00ae-\u017f]*")
_STACKED_MARKS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u20d0-\u20f0]{2})[\u0300-\u036f\u0483-\u0489\u20d0-\u20f0]+"
)
_JOINED_BOXES = re.compile(f"{EMPTY_BOX}(?:\u200d{EMPTY_BOX}?)+")
_STRETCH = re.compile(f"[^ \n{_BREAK_HERE}]+")
# Latin letters, digits and the signs inside numbers, dates, telephones and codes.
_LEFT_TO_RIGHT = re.compile(
    "[+#(]?[0-9A-Za-z\u00c0-\u024f\u0660-\u0669\u06f0-\u06f9]"
    "(?:[0-9A-Za-z\u00c0-\u024f\u0660-\u0669\u06f0-\u06f9 @:/.,+()_–-]*"
    "[0-9A-Za-z\u00c0-\u024f\u0660-\u0669\u06f0-\u06f9%)])?%?"
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# Two words at least: a label such as "T1: " ends where the line goes on, to its left.
_LATIN_SENTENCE = re.compile(
    '[A-Za-z\u00c0-\u024f]{2}.*[\\s,;:]["\u00ab\u201c(]?[A-Za-z\u00c0-\u024f]', re.DOTALL
)
# Single characters that are as wide as a sentence: no cell could hold them.
_WHOLE_PHRASES = {
    0xFDFA: "صلى الله عليه وسلم",
    0xFDFB: "جل جلاله",
    0xFDFD: "بسم الله الرحمن الرحيم",
}
_HYPHENATED = frozenset({"ca", "de", "en", "es", "fr", "it", "nl", "pt"})
_WORD_MAX = 30
_HYPHEN_ROOM_EM = 5.0
_WHOLE_MAX = 24


def visible(text: str) -> str:
    """Return *text* with nothing in it that hides, turns its neighbours around or breaks a file."""
    text = _NEW_LINES.sub("\n", text.replace("\t", "    "))
    if _PLAIN.fullmatch(text):
        return text
    text = unicodedata.normalize("NFC", text).translate(_WHOLE_PHRASES)
    text = _UNWRITABLE.sub(EMPTY_BOX, _UNSEEN.sub("", text))
    return _STACKED_MARKS.sub(r"\1", text)


def clean(text: str) -> str:
    """Return *text* with nothing in it that cannot be drawn with the shipped fonts."""
    text = visible(text)
    if _PLAIN.fullmatch(text):
        return text
    missing = {c for c in set(text) if c not in "\n\u200c\u200d" and not paper_fonts.drawable(c)}
    if missing:
        text = text.translate({ord(c): EMPTY_BOX for c in missing})
        text = _JOINED_BOXES.sub(EMPTY_BOX, text)
    return text


def directed(run: Run, *, rtl: bool) -> Iterator[Run]:
    """Cut *run* where the direction changes: numbers, telephones and codes are marked ``ltr``.

    A sentence in Latin letters is marked whole, or its full stop would stand before it.

    Args:
        run: already cleaned.
        rtl: whether the page is read from right to left; else the run stays whole.
    """
    # A day with the name of its month is marked like a number, and still reads from the right.
    if not rtl or run.mono or (run.ltr and not _RIGHT_TO_LEFT.search(run.text)):
        yield run
        return
    if _LATIN_SENTENCE.search(run.text) and not _RIGHT_TO_LEFT.search(run.text):
        yield replace(run, ltr=True)
        return
    run = replace(run, ltr=False)
    at = 0
    for match in _LEFT_TO_RIGHT.finditer(run.text):
        if match.start() > at:
            yield replace(run, text=run.text[at : match.start()])
        yield replace(run, text=match.group(), ltr=True)
        at = match.end()
    if at < len(run.text):
        yield replace(run, text=run.text[at:])


class Setting:
    """What a line of text needs to know of its page: size, language, direction."""

    def __init__(self, *, lang: str, pt: float, rtl: bool) -> None:
        self.lang = lang
        self.pt = pt
        self.rtl = rtl

    def runs(self, runs: Iterable[Run], room: float, *, pt: float = 0.0) -> list[dict[str, Any]]:
        """Return *runs* as the templates take them, every word broken that is wider than *room*.

        Args:
            runs: the text.
            room: width of the line in points.
            pt: size of the letters when it is not the body's.
        """
        pt = pt or self.pt
        cleaned = [_cleaned(run) for run in runs]
        parts: list[dict[str, Any]] = []
        for run, hyphenate in self._fitted([run for run in cleaned if run.text], room, pt):
            for piece in directed(run, rtl=self.rtl):
                whole = piece.ltr and _stays_whole(piece, room, pt)
                parts.append(_part(piece, hyphenate=hyphenate, whole=whole))
        return parts

    def _fitted(self, runs: list[Run], room: float, pt: float) -> Iterator[tuple[Run, bool]]:
        wide = list(_too_wide(runs, room, pt))
        if not wide:
            yield from ((run, False) for run in runs)
            return
        start = 0
        for run in runs:
            end = start + len(run.text)
            at = start
            for first, last in (
                (max(a, start), min(b, end)) for a, b in wide if a < end and b > start
            ):
                if first > at:
                    yield replace(run, text=run.text[at - start : first - start]), False
                yield self._broken(
                    replace(run, text=run.text[first - start : last - start]), room, pt
                )
                at = last
            if at < end:
                yield replace(run, text=run.text[at - start :]), False
            start = end

    def _broken(self, run: Run, room: float, pt: float) -> tuple[Run, bool]:
        natural = run.text.strip(".,;:!?¡¿()\"'«»“”").isalpha() and len(run.text) <= _WORD_MAX
        if natural and self.lang in _HYPHENATED and room >= _HYPHEN_ROOM_EM * pt:
            return run, True
        # After every letter: the line is filled to its end, whatever the letters are.
        letters = re.sub(
            "(?<=.)(?=[^\u0300-\u036f\u064b-\u065f\u200c\u200d])", _BREAK_HERE, run.text
        )
        return replace(run, text=letters), False


def _cleaned(run: Run) -> Run:
    text = clean(run.text)
    return run if text == run.text else replace(run, text=text)


def _too_wide(runs: list[Run], room: float, pt: float) -> Iterator[tuple[int, int]]:
    """Find stretches without a space that are wider than *room*, across runs."""
    text = "".join(run.text for run in runs)
    bold = any(run.strong for run in runs)
    mono = any(run.mono for run in runs)
    for match in _STRETCH.finditer(text):
        # Few letters are wider than an em: most words are done with one multiplication.
        if len(match.group()) * pt <= room:
            continue
        if paper_fonts.width(match.group(), pt, bold=bold, mono=mono) > room:
            yield match.span()


def _stays_whole(run: Run, room: float, pt: float) -> bool:
    """A number or a telephone is not cut at the end of a line, when it is short enough."""
    if len(run.text) > _WHOLE_MAX or "\n" in run.text or _BREAK_HERE in run.text:
        return False
    return paper_fonts.width(run.text, pt, bold=run.strong, mono=run.mono) <= room * 0.6


def _part(run: Run, *, hyphenate: bool, whole: bool) -> dict[str, Any]:
    flags = {
        "s": run.strong,
        "e": run.emphasis,
        "l": run.ltr,
        "m": run.mono,
        "h": hyphenate,
        "b": whole,
    }
    return {"t": run.text, **{key: True for key, on in flags.items() if on}}
