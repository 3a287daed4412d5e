"""The emergency sheet: one page, at most 150 words, copied by hand in ten minutes.

Source:
    domain safety rule 5, outline (a) to (i).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import cast

from amparo.messages import review_line
from amparo.model.plan import Duty, DutyLetter, Sheet
from amparo.report.blocks import (
    Blanks,
    Block,
    Box,
    Column,
    Columns,
    Numbered,
    Paragraph,
    Spacer,
    Table,
    Text,
    plain,
    strong,
)
from amparo.report.sections.material import ReportData, is_example
from amparo.report.sections.words import GAP, Words
from amparo.wording.discreet import discreet, short

WORDS_MOST = 150
CALLS = 4
_LINE_MOST = 20
_LINE_LEAST = 4
# What is shortened last stands last: signs, signal and first steps are the sheet.
_SHORTENED = ("afterwards", "if_taken", "do_not", "first_five", "signs")
_DUTIES: tuple[Duty, ...] = (
    "alarm",
    "children_elders_sick",
    "door_and_words",
    "calls",
    "notes",
    "first_aid",
)
# The parts share what the page leaves free.
_SHARE = Spacer(0)
Lines = tuple[str, ...]
Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _Lines:
    """What the group wrote, line by line."""

    signs: Lines = ()
    signal: Lines = ()
    second_signal: Lines = ()
    all_clear: Lines = ()
    first_five: Lines = ()
    go_to: Lines = ()
    do_not: Lines = ()
    if_taken: Lines = ()
    afterwards: Lines = ()
    meet_at: Lines = ()

    @classmethod
    def of(cls, sheet: Sheet) -> _Lines:
        return cls(**{item.name: _as_lines(getattr(sheet, item.name)) for item in fields(cls)})

    def capped(self, words: int) -> _Lines:
        cut = {
            item.name: tuple(short(line, words) for line in getattr(self, item.name))
            for item in fields(self)
        }
        return _Lines(**cut)


def _as_lines(value: str | Lines) -> Lines:
    lines = (value,) if isinstance(value, str) else value
    return tuple(discreet(line) for line in lines if line.strip())


def sheet_blocks(data: ReportData) -> tuple[Block, ...]:
    """Return page one; what would make it longer than 150 words ends in three dots."""
    sheet = _sheet(data)
    lines = _Lines.of(sheet).capped(_LINE_MOST)
    room = WORDS_MOST - _foot_words(data, sheet)
    over = word_count(_page(data, sheet, lines)) - room
    while over > 0 and (fewer := _shorter(lines)) != lines:
        lines = fewer
        over = word_count(_page(data, sheet, lines)) - room
    return _page(data, sheet, lines)


def _shorter(lines: _Lines) -> _Lines:
    """Take one word from the longest line; when all are short, take a whole line."""
    places = [(name, n) for name in _SHORTENED for n in range(len(getattr(lines, name)))]
    length = {place: len(getattr(lines, place[0])[place[1]].split()) for place in places}
    longest = max(places, key=lambda place: length[place], default=None)
    if longest is None or length[longest] <= _LINE_LEAST:
        return _without_last(lines)
    name, number = longest
    held = list(getattr(lines, name))
    held[number] = short(held[number], length[longest] - 1)
    return replace(lines, **{name: tuple(held)})


def sheet_length(data: ReportData) -> int:
    """Return how many words the sheet would have if nothing were shortened."""
    sheet = _sheet(data)
    return word_count(_page(data, sheet, _Lines.of(sheet))) + _foot_words(data, sheet)


def word_count(blocks: Iterable[object]) -> int:
    """Count what a person copies by hand: every word, number and dot of a list."""
    total = 0
    for block in blocks:
        match block:
            case Paragraph(text=text):
                total += len(plain(text).split())
            case Numbered(items=items):
                total += len(items) + sum(word_count(cast("Blocks", item)) for item in items)
            case Box(title=title, blocks=inner):
                total += len(plain(title).split()) + word_count(inner)
            case Columns(columns=columns):
                total += sum(word_count(column) for column in columns)
            case Blanks(count=count, numbered=numbered, label=label):
                total += len(plain(label).split()) + (count if numbered else 0)
            case Table(rows=rows):
                total += sum(len(plain(cell).split()) for row in rows for cell in row)
    return total


def _sheet(data: ReportData) -> Sheet:
    return data.workspace.one(Sheet) or Sheet(id="0" * 32, created_on=data.today)


def _foot_words(data: ReportData, sheet: Sheet) -> int:
    # As on the sheet alone, also where it is page one of a plan: both say the same.
    return len(sheet.foot_code.split()) + len(review_line(data.lang).split())


def foot(data: ReportData, sheet: Sheet | None = None) -> str:
    """Return the foot of every page: the group's own small code, and whether it is fictional."""
    sheet = sheet or _sheet(data)
    # The sheet says so in its first line, and has no word to spare.
    marked = is_example(data) and data.report != "sheet"
    parts = (Words(data.lang)("example.foot") if marked else "", sheet.foot_code)
    return " – ".join(part for part in parts if part)


def _without_last(lines: _Lines) -> _Lines:
    for name in _SHORTENED:
        kept: Lines = getattr(lines, name)
        if len(kept) > 1:
            cut = (*kept[:-2], kept[-2].rstrip("…") + "…")
            return replace(lines, **{name: cut})
    return lines


def _page(data: ReportData, sheet: Sheet, lines: _Lines) -> tuple[Block, ...]:
    words = Words(data.lang)
    example = (Paragraph(strong(words("example.foot"))),) if is_example(data) else ()
    return (
        *example,
        Columns(((_signs(words, lines),), (_signal(words, lines),))),
        _SHARE,
        Columns(((_first(words, lines), _go(words, lines)), (_who(words, sheet),))),
        _SHARE,
        _calls(words),
        _SHARE,
        Columns(((_taken(words, lines),), (_after(words, lines),))),
        _SHARE,
        *_last_lines(words, sheet),
    )


def _signs(words: Words, lines: _Lines) -> Block:
    inner = tuple(Paragraph(sign) for sign in lines.signs) or (Blanks(3),)
    return Box(words("sheet.signs"), inner, border="thick")


def _signal(words: Words, lines: _Lines) -> Block:
    given = (
        (None, lines.signal),
        ("sheet.second", lines.second_signal),
        ("sheet.all_clear", lines.all_clear),
    )
    parts = tuple(_named(words, key, text) for key, text in given)
    return Box(words("sheet.signal"), parts, border="thick")


def _named(words: Words, key: str | None, text: Lines) -> Block:
    lead = f"{words(key)}: " if key else ""
    if not text:
        return Blanks(1, label=lead)
    return Paragraph((strong(lead), words.joined("items", text)))


def _first(words: Words, lines: _Lines) -> Block:
    inner = Numbered(lines.first_five) if lines.first_five else Blanks(5, numbered=True)
    return Box(words("sheet.first"), (inner,), border="thick")


def _who(words: Words, sheet: Sheet) -> Block:
    named = {duty.duty: duty for duty in sheet.duties}
    rows = []
    for duty in _DUTIES:
        held = named.get(duty)
        rows.append((words(f"duty.{duty}"), _letters(held) if held else strong(GAP)))
    columns = (Column("", width=3), Column("", width=1.3, align="end"))
    return Box(words("sheet.who"), (Table(columns, tuple(rows), header=False),))


def _letters(held: DutyLetter) -> Text:
    if not held.deputy:
        return strong(held.letter)
    # Apart, so that the first one comes first from the right too, as it does on the plan.
    return strong(held.letter), strong("/"), strong(held.deputy)


def _go(words: Words, lines: _Lines) -> Block:
    return Box(
        "",
        (
            _named(words, "sheet.go_to", lines.go_to),
            _named(words, "sheet.do_not", lines.do_not),
        ),
    )


def _calls(words: Words) -> Block:
    inner = (Paragraph(words("sheet.say")), Blanks(CALLS, numbered=True))
    return Box(words("sheet.call"), inner, border="thick")


def _sentences(lines: Lines) -> str:
    return " ".join(line if line.endswith((".", "…", "?", "!")) else f"{line}." for line in lines)


def _taken(words: Words, lines: _Lines) -> Block:
    text = _sentences(lines.if_taken) or words("sheet.taken_usual")
    return Box(words("sheet.taken"), (Paragraph(text),))


def _after(words: Words, lines: _Lines) -> Block:
    text = _sentences(lines.afterwards) or words("sheet.after_usual")
    meet = _named(words, "sheet.meet", lines.meet_at)
    return Box(words("sheet.after"), (Paragraph(text), meet))


def _last_lines(words: Words, sheet: Sheet) -> tuple[Block, ...]:
    on = sheet.look_again_on
    look = words("sheet.look_again", day=words.day(on) if on else "")
    first = Paragraph(look) if on else Blanks(1, label=look.strip())
    return (
        Columns(((first,), (Blanks(1, label=words("sheet.copy")),))),
        Paragraph(words("sheet.lost")),
    )
