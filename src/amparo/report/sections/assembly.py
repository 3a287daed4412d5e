"""For a wall or a plenary: large letters, pictures, few words, frames to draw in.

Never here: weak points, where we go or meet, who calls whom, letters, threats, bands.

Source:
    domain safety rule 1.6 (the plenary gets signals, care and demands), rule 6 (voice, stones or
    drawing alone must do; low is white, not green) and rule 7 (three counts).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from amparo.model.context import CausePath
from amparo.model.plan import AlertLevel, Rule, Sheet
from amparo.model.practice import Agreement
from amparo.report.blocks import (
    Blanks,
    Block,
    Box,
    Bullets,
    Columns,
    Heading,
    PageBreak,
    Paragraph,
    Spacer,
    Together,
    emphasis,
    strong,
)
from amparo.report.blocks_charts import Bar, Bars, Ladder, LadderStep
from amparo.report.sections.material import ReportData, is_example
from amparo.report.sections.plan import COLOURS, phase_of
from amparo.report.sections.plan_choice import PHASES, chosen_measures
from amparo.report.sections.words import GAP, Words
from amparo.wording.discreet import on_paper

_SIGNS = 3
_SIGNALS = ("signal", "second_signal", "all_clear")
_FRAME_LINES = 4.5
_STEPS_A_PHASE = 3
_DEMANDS_MOST = 3
_RULES_MOST = 3
_AGREED_MOST = 4
_FEW = 10
_CAPTION = 8
_SENTENCE = 18
Blocks = tuple[Block, ...]


def signs_blocks(data: ReportData) -> Blocks:
    """Signs to watch and our signals, each with an empty frame to draw it in."""
    words = Words(data.lang)
    sheet = data.workspace.one(Sheet)
    signs = [*(sheet.signs if sheet else ()), *[""] * _SIGNS][:_SIGNS]
    seen = tuple(_frame(words, on_paper(sign, _CAPTION) or GAP) for sign in signs)
    given = tuple(_frame(words, _signal(words, sheet, name)) for name in _SIGNALS)
    example = (Paragraph(strong(words("example.line"))),) if is_example(data) else ()
    return (
        *example,
        Heading(words("assembly.signs")),
        Columns(seen),
        Heading(words("assembly.signals")),
        Columns(given),
    )


def _signal(words: Words, sheet: Sheet | None, name: str) -> str:
    text = on_paper(getattr(sheet, name), _CAPTION) if sheet else ""
    return words(f"assembly.{name}", text=text or GAP)


def _frame(words: Words, text: str) -> Blocks:
    # The frame first: so all frames of a row stand on one line, however long the words are.
    frame = Box("", (Paragraph(emphasis(words("assembly.draw"))), Spacer(_FRAME_LINES)))
    return frame, Paragraph(strong(text))


def ladder_blocks(data: ReportData) -> Blocks:
    """The alert ladder as four steps, by what they mean and never by a colour."""
    words = Words(data.lang)
    held = {level.colour: level for level in data.workspace.all(AlertLevel)}
    steps = tuple(_step(words, colour, held.get(colour)) for colour in COLOURS)
    says = words.joined("items", (" ".join((step.name, *step.lines)) for step in steps))
    return (
        PageBreak(),
        Heading(words("assembly.ladder")),
        Ladder(words("assembly.ladder_alt", steps=says), steps),
        Paragraph(words("alert.how")),
    )


def _step(words: Words, colour: str, level: AlertLevel | None) -> LadderStep:
    name = words(f"alert.{colour}.means")
    if level is None:
        return LadderStep(name, (words("assembly.none"),))
    given = (("sign", level.signs), ("change", level.actions))
    told = (
        words(f"assembly.{key}", text=on_paper(written[0], _FEW))
        for key, written in given
        if written
    )
    return LadderStep(name, tuple(told) or (words("assembly.none"),))


def doing_blocks(data: ReportData) -> Blocks:
    """What our measures are for, as three counts, and what we do before, during and after."""
    words = Words(data.lang)
    chosen = chosen_measures(data)
    phases: list[Block] = []
    for phase in PHASES:
        titles = [on_paper(item.title, _FEW) for item in chosen if phase_of(item) == phase]
        told: Block = Bullets(tuple(titles[:_STEPS_A_PHASE])) if titles else Blanks(1)
        phases += [Spacer(0.4), Together((Heading(words(f"phase.{phase}")), told))]
    return PageBreak(), Heading(words("assembly.doing")), _counts(words, data), *phases


def _counts(words: Words, data: ReportData) -> Block:
    names = tuple(words(f"balance.{name}") for name in ("ready", "prevents", "causes"))
    counts = _three_counts(data)
    told = (f"{name}: {count}" for name, count in zip(names, counts, strict=True))
    alt = words("assembly.counts_alt", counts=words.joined("items", told))
    return Bars(alt, tuple(Bar(name, count) for name, count in zip(names, counts, strict=True)))


def _three_counts(data: ReportData) -> tuple[int, int, int]:
    """Return how many measures make us ready, prevent, act on causes.

    What a measure acts on stays with the keepers, so a cut workspace calls some of what only
    softens a blow "prevents". Where the keeper counted before it cut, its counts are taken.
    """
    from amparo.method import balance

    if data.counts is not None:
        return data.counts
    found = balance.counts(data.workspace)
    return found.ready_for_bad_day, found.prevents, found.acts_on_causes


def demands_blocks(data: ReportData) -> Blocks:
    """What we demand, and the first small win on the way."""
    words = Words(data.lang)
    asked = [path for path in data.workspace.all(CausePath) if path.ask or path.first_small_win]
    boxes = tuple(_demand(words, path) for path in asked[:_DEMANDS_MOST])
    return (
        PageBreak(),
        Heading(words("assembly.demands")),
        *(boxes or (Box("", (Blanks(3),), border="thick"),)),
    )


def _demand(words: Words, path: CausePath) -> Block:
    ask, win = on_paper(path.ask, _SENTENCE), on_paper(path.first_small_win, _SENTENCE)
    inner = (Paragraph(words("assembly.win", text=win)),) if win else ()
    return Box(ask, inner, border="thick")


def agreed_blocks(data: ReportData) -> Blocks:
    """How we care for one another, and what we agreed."""
    words = Words(data.lang)
    rules = data.workspace.all(Rule)
    care = [rule.text for rule in rules if rule.topic in {"care", "family"}]
    agreed = [item.text for item in data.workspace.all(Agreement)]
    return (
        *_listed(words("rule.care"), care, _RULES_MOST),
        *_listed(words("rule.agreed"), agreed, _AGREED_MOST),
    )


def _listed(title: str, texts: Sequence[str], most: int) -> Iterable[Block]:
    told = tuple(on_paper(text, _SENTENCE) for text in texts[:most])
    yield Heading(title)
    yield Bullets(told) if told else Blanks(2)
