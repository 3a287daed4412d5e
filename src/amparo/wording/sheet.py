"""What stands on the emergency sheet, part by part, and how many words it has.

A screen shows it before it is printed; a test compares the count with that of the paper.

Source:
    domain safety rule 5, outline (a) to (i).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

from amparo.messages import Messages, review_line
from amparo.model.plan import Duty, Sheet
from amparo.wording.discreet import GAP, discreet

WORDS_MOST = 150
CALLS = 4
_SIGNS = 3
_FIRST = 5
# "Other" has no line of its own on paper: there is no room for a seventh.
DUTIES: tuple[Duty, ...] = tuple(duty for duty in get_args(Duty) if duty != "other")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line: a lead in bold, what was written, and whether it is counted or left blank."""

    text: str = ""
    lead: str = ""
    numbered: bool = False
    blank: bool = False


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One box of the sheet: its letter in the outline, its title, its lines."""

    letter: str
    title: str
    lines: tuple[SheetLine, ...]


def outline(sheet: Sheet, words: Messages, *, example: bool = False) -> tuple[SheetPart, ...]:
    """Return the nine parts of the sheet in the order of the paper, uncut.

    The sheet of a fictional example says so first, in a part without a letter.
    """
    say = _Sayer(words)
    marked = (SheetPart("", words.text("report.example.foot"), ()),) if example else ()
    return (
        *marked,
        SheetPart("a", say("signs"), tuple(_listed(sheet.signs, _SIGNS))),
        SheetPart("b", say("signal"), tuple(_signal(sheet, say))),
        SheetPart("c", say("first"), tuple(_listed(sheet.first_five, _FIRST, numbered=True))),
        SheetPart("d", say("who"), tuple(_who(sheet, words))),
        SheetPart("e", "", tuple(_go(sheet, say))),
        SheetPart("f", say("call"), tuple(_calls(say))),
        SheetPart("g", say("taken"), (_said(sheet.if_taken, say("taken_usual")),)),
        SheetPart("h", say("after"), tuple(_after(sheet, say))),
        SheetPart("i", "", tuple(_foot(sheet, words, say))),
    )


def length(parts: Iterable[SheetPart]) -> int:
    """Count what a person copies by hand: every word and every number of a list."""
    return sum(
        len(part.title.split())
        + sum(len(f"{one.lead} {one.text}".split()) + one.numbered for one in part.lines)
        for part in parts
    )


class _Sayer:
    def __init__(self, words: Messages) -> None:
        self._words = words

    def __call__(self, name: str, **values: object) -> str:
        return self._words.text(f"report.sheet.{name}", **values)


def _lines(written: Iterable[str]) -> tuple[str, ...]:
    return tuple(discreet(line) for line in written if line.strip())


def _listed(
    written: tuple[str, ...], blanks: int, *, numbered: bool = False
) -> Iterator[SheetLine]:
    lines = _lines(written)
    yield from (SheetLine(line, numbered=numbered) for line in lines)
    if not lines:
        yield from (SheetLine(numbered=numbered, blank=True) for _ in range(blanks))


def _named(lead: str, written: tuple[str, ...]) -> SheetLine:
    lines = _lines(written)
    return SheetLine("; ".join(lines), f"{lead}:" if lead else "", blank=not lines)


def _said(written: tuple[str, ...], usual: str) -> SheetLine:
    lines = _lines(written)
    ended = (one if one.endswith((".", "…", "?", "!")) else f"{one}." for one in lines)
    return SheetLine(" ".join(ended) or usual)


def _signal(sheet: Sheet, say: _Sayer) -> Iterator[SheetLine]:
    yield _named("", (sheet.signal,))
    yield _named(say("second"), (sheet.second_signal,))
    yield _named(say("all_clear"), (sheet.all_clear,))


def _who(sheet: Sheet, words: Messages) -> Iterator[SheetLine]:
    named = {duty.duty: duty for duty in sheet.duties}
    for duty in DUTIES:
        held = named.get(duty)
        letters = "/".join(filter(None, (held.letter, held.deputy))) if held else GAP
        yield SheetLine(letters, words.text(f"report.duty.{duty}"))


def _go(sheet: Sheet, say: _Sayer) -> Iterator[SheetLine]:
    yield _named(say("go_to"), (sheet.go_to,))
    yield _named(say("do_not"), sheet.do_not)


def _calls(say: _Sayer) -> Iterator[SheetLine]:
    yield SheetLine(say("say"))
    yield from (SheetLine(numbered=True, blank=True) for _ in range(CALLS))


def _after(sheet: Sheet, say: _Sayer) -> Iterator[SheetLine]:
    yield _said(sheet.afterwards, say("after_usual"))
    yield _named(say("meet"), (sheet.meet_at,))


def _foot(sheet: Sheet, words: Messages, say: _Sayer) -> Iterator[SheetLine]:
    on = sheet.look_again_on
    yield SheetLine(say("look_again", day=words.date(on) if on else "").strip(), blank=on is None)
    yield SheetLine(say("copy"), blank=True)
    yield SheetLine(say("lost"))
    for line in (sheet.foot_code, review_line(words.lang)):
        if line:
            yield SheetLine(line)
