"""The sheet in short sentences, to be said aloud in three minutes.

Source:
    domain safety rule 5 (a say-it-aloud version of three minutes). The limit of 330 words is
    ours: about 110 words a minute, for people who listen in a second language.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from amparo.model.plan import DutyLetter, Sheet
from amparo.report.blocks import Block, Heading, Paragraph, Rule, Together, emphasis, plain
from amparo.report.sections.material import ReportData, is_example
from amparo.report.sections.words import Words
from amparo.wording.discreet import on_paper
from amparo.wording.sheet import DUTIES

WORDS_MOST = 330
_LINE_MOST = 20
_LINE_LEAST = 4
_ENDS = (".", "…", "?", "!", "؟", ":")
Sentences = tuple[str, ...]


def aloud_blocks(data: ReportData) -> tuple[Block, ...]:
    """Return the sentences, a thin rule where the speaker stops; lines are cut to fit."""
    for longest in range(_LINE_MOST, _LINE_LEAST, -1):
        blocks = _page(data, longest)
        if spoken_words(blocks) <= WORDS_MOST:
            return blocks
    return _page(data, _LINE_LEAST)


def spoken_words(blocks: Iterable[Block]) -> int:
    """Count every word that stands on the paper."""
    total = 0
    for block in blocks:
        if isinstance(block, Together):
            total += spoken_words(block.blocks)
        elif isinstance(block, Paragraph | Heading):
            total += len(plain(block.text).split())
    return total


def _page(data: ReportData, longest: int) -> tuple[Block, ...]:
    words = Words(data.lang)
    sheet = data.workspace.one(Sheet) or Sheet(id="0" * 32, created_on=data.today)
    said = _Said(words, sheet, longest)
    parts = (said.signs(), said.signals(), said.first(), said.duties(), said.places(),
             said.taken(), said.after())  # fmt: skip
    blocks: list[Block] = [Heading(words("aloud.title")), Paragraph(emphasis(words("aloud.how")))]
    if is_example(data):
        blocks.append(Paragraph(words("example.line")))
    blocks += [Together((*map(Paragraph, part), *_pause(words))) for part in parts]
    return (*blocks, Paragraph(words("aloud.again")))


def _pause(words: Words) -> tuple[Block, ...]:
    return Paragraph(emphasis(words("aloud.pause")), align="center"), Rule()


class _Said:
    """Says the parts of one sheet, each line at most *longest* words."""

    def __init__(self, words: Words, sheet: Sheet, longest: int) -> None:
        self._words = words
        self._sheet = sheet
        self._longest = longest

    def signs(self) -> Sentences:
        """Return what we watch for."""
        signs = self._lines(self._sheet.signs)
        if not signs:
            return (self._missing("signs"),)
        return (self._say("signs", signs[0]), *(self._say("or", sign) for sign in signs[1:]))

    def signals(self) -> Sentences:
        """Return the signal, the second one, and the all-clear."""
        return tuple(self._one(name) for name in ("signal", "second_signal", "all_clear"))

    def first(self) -> Sentences:
        """Return what we do first, in order."""
        steps = self._lines(self._sheet.first_five)
        if not steps:
            return (self._missing("first_five"),)
        return tuple(self._say(f"step.{n}", step) for n, step in enumerate(steps, start=1))

    def duties(self) -> Sentences:
        """Return who does what by letter, what nobody does yet, and what a call says."""
        held = {duty.duty: duty for duty in self._sheet.duties}
        if not any(duty in held for duty in DUTIES):
            return self._missing("duties"), self._words("sheet.say")
        said = (self._duty(held[duty]) for duty in DUTIES if duty in held)
        open_ = [self._words(f"duty.{duty}") for duty in DUTIES if duty not in held]
        left = (self._not_agreed(self._words.joined("letters", open_)),) if open_ else ()
        return *said, *left, self._words("sheet.say")

    def places(self) -> Sentences:
        """Return where we go, a word only, and what nobody does."""
        return self._one("go_to"), self._all("do_not")

    def taken(self) -> Sentences:
        """Return what we do if somebody is taken."""
        return (self._all("if_taken", usual="sheet.taken_usual"),)

    def after(self) -> Sentences:
        """Return what comes afterwards, where we meet, and when we look again."""
        on = self._sheet.look_again_on
        again = self._words("aloud.look", day=self._words.day(on)) if on else None
        return (
            self._all("afterwards", usual="sheet.after_usual"),
            self._one("meet_at"),
            again or self._missing("look_again_on"),
        )

    def _duty(self, duty: DutyLetter) -> str:
        does = self._words(f"aloud.duty.{duty.duty}", letter=duty.letter)
        if not duty.deputy:
            return does
        return f"{does} {self._words('aloud.else', letter=duty.letter, deputy=duty.deputy)}"

    def _one(self, name: str) -> str:
        text = on_paper(getattr(self._sheet, name), self._longest)
        return self._say(name, text) if text else self._missing(name)

    def _all(self, name: str, *, usual: str = "") -> str:
        lines = self._lines(getattr(self._sheet, name))
        if lines and usual:
            return self._say(name, " ".join(_ended(line) for line in lines))
        if lines or not usual:
            listed = self._words.joined("items", lines)
            return self._say(name, listed) if lines else self._missing(name)
        return f"{self._missing(name)} {self._words('aloud.until', text=self._words(usual))}"

    def _say(self, key: str, text: str) -> str:
        return _ended(self._words(f"aloud.{key}", text=text))

    def _missing(self, name: str) -> str:
        return self._not_agreed(self._words(f"aloud.what.{name}"))

    def _not_agreed(self, what: str) -> str:
        return self._words("aloud.missing", what=what)

    def _lines(self, written: Sequence[str]) -> Sentences:
        return tuple(on_paper(line, self._longest) for line in written if line.strip())


def _ended(text: str) -> str:
    return text if text.endswith(_ENDS) else f"{text}."
