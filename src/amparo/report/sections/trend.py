"""Incidents over time: how many were written down, of which kind, how grave, and what repeats.

Counts are of what somebody wrote, in whole numbers: no average, no share, no score. Acts of sexual
violence are in no count.

Source:
    method S5 (pattern rules); domain safety rules 1.3 and 7.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import get_args

from amparo.messages import messages
from amparo.model.incidents import Incident, Indicator
from amparo.report.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    Paragraph,
    Table,
    Text,
    Together,
    code,
    strong,
)
from amparo.report.blocks_charts import Bar, Bars, Happening, Timeline
from amparo.report.charts_words import severity_words
from amparo.report.sections.incidents import opening_blocks
from amparo.report.sections.material import ReportData
from amparo.report.sections.patterns import pattern_blocks, pattern_lines
from amparo.report.sections.told import Told, told
from amparo.report.sections.words import Words
from amparo.wording.choices import choice_label

# More marks than this in one month would make a picture higher than a page.
_STACK_MOST = 10
_LABEL_MOST = 3
_MONTHS = range(1, 13)


def summary_blocks(data: ReportData) -> tuple[Block, ...]:
    """How many, and what such a number can and cannot say."""
    words = Words(data.lang)
    honest = ("few", "many", "compare", "never")
    points = Bullets(tuple(words(f"trend.{name}") for name in honest))
    return opening_blocks(data, "trend.title", points)


def months_blocks(data: ReportData) -> tuple[Block, ...]:
    """A line of months for each year in which something was written down, and each in a row."""
    words, found = Words(data.lang), told(data)
    if not found.incidents:
        return ()
    years = sorted({item.on.year for item in found.incidents})
    blocks: list[Block] = [Heading(words("trend.months"), level=1), Paragraph(words("trend.how"))]
    for year in years:
        own = [item for item in found.incidents if item.on.year == year]
        blocks += _year(words, year, own, found)
    if len(years) < years[-1] - years[0] + 1:
        blocks.append(Paragraph(words("trend.between")))
    return (*blocks, _list(words, found))


def _year(words: Words, year: int, items: Sequence[Incident], found: Told) -> Iterator[Block]:
    placed = [item for item in items if item.date_precision != "year"]
    marks: list[Happening] = []
    left_out: list[str] = []
    stacked: Counter[int] = Counter()
    for item in placed:
        month, number = item.on.month - 1, str(found.numbers[item.id])
        stacked[month] += 1
        if stacked[month] > _STACK_MOST:
            left_out.append(number)
        else:
            label = number if len(number) <= _LABEL_MOST else "…"
            marks.append(Happening(month, label, item.severity))
    names = tuple(words.month(date(year, month, 1)) for month in _MONTHS)
    alt = words("trend.alt", year=year, months=_by_month(words, year, placed))
    line = Timeline(alt, names, tuple(marks), severity_words(words.lang))
    yield (
        Together((Heading((code(str(year)),), level=2), line))
        if marks
        else Heading((code(str(year)),), level=2)
    )
    if left_out:
        yield Paragraph(words("trend.not_drawn", numbers=words.joined("letters", left_out)))
    vague = [str(found.numbers[item.id]) for item in items if item.date_precision == "year"]
    if vague:
        yield Paragraph(words("trend.year_only", numbers=words.joined("letters", vague)))


def _by_month(words: Words, year: int, items: Sequence[Incident]) -> str:
    counts = Counter(item.on.month for item in items)
    months = ((date(year, month, 1), counts[month]) for month in _MONTHS if counts[month])
    return words.joined("items", (f"{words.month(first)}: {count}" for first, count in months))


def _list(words: Words, found: Told) -> Block:
    columns = (
        Column(words("incidents.number"), width=0.5),
        Column(words("incidents.day"), width=1.3),
        Column(words("trend.kind"), width=2.6),
        Column(words("log.grave"), width=1.3),
        Column(words("incidents.sure"), width=1.8),
    )
    severities = severity_words(words.lang)
    rows = tuple(
        (
            str(found.numbers[item.id]),
            words.dated(item.on, item.date_precision),
            words.label("incident_kinds", item.incident_kind),
            severities[item.severity],
            words.label("incident_certainty", item.certainty),
        )
        for item in found.incidents
    )
    return Table(columns, rows)


def counts_blocks(data: ReportData) -> tuple[Block, ...]:
    """How many of each kind, how grave, and the signs around us."""
    words, found = Words(data.lang), told(data)
    blocks: list[Block] = []
    if found.incidents:
        blocks += [
            Together((Heading(words("trend.kinds"), level=1), _kinds(words, found))),
            Together((Heading(words("trend.gravity"), level=1), _gravity(words, found))),
        ]
    if found.signs:
        blocks += [
            Heading(words("log.signs"), level=1),
            Paragraph(words("log.no_proof")),
            _signs(words, found.signs),
        ]
    return tuple(blocks)


def _kinds(words: Words, found: Told) -> Bars:
    counts = Counter(item.incident_kind for item in found.incidents)
    bars = tuple(
        Bar(words.label("incident_kinds", kind), count, str(count))
        for kind, count in counts.most_common()
    )
    return Bars(words("trend.kinds_alt", list=_said(words, bars)), bars)


def _gravity(words: Words, found: Told) -> Bars:
    counts = Counter(item.severity for item in found.incidents)
    bars = tuple(
        Bar(name, counts[step], str(counts[step]))
        for step, name in enumerate(severity_words(words.lang))
    )
    return Bars(words("trend.gravity_alt", list=_said(words, bars)), bars)


def _said(words: Words, bars: Sequence[Bar]) -> str:
    return words.joined("items", (f"{bar.label}: {bar.shown}" for bar in bars))


def _signs(words: Words, signs: Sequence[Indicator]) -> Table:
    """A sign is counted by where it shows and whether it was getting worse when it was noted."""
    catalogue = messages(words.lang)
    kinds, trends = (
        get_args(Indicator.model_fields[name].annotation) for name in ("indicator_kind", "trend")
    )
    counts = Counter((item.indicator_kind, item.trend) for item in signs)
    columns = (
        Column(words("log.shows"), width=2.2),
        *(
            Column(choice_label(catalogue, "indicator", "trend", trend), align="center")
            for trend in trends
        ),
    )
    rows: list[tuple[Text, ...]] = []
    for kind in kinds:
        name = choice_label(catalogue, "indicator", "indicator_kind", kind)
        rows.append((strong(name), *(str(counts[kind, trend]) for trend in trends)))
    return Table(columns, tuple(rows))


def patterns_blocks(data: ReportData) -> tuple[Block, ...]:
    """What repeats, as far as rules can see, and the questions that no record answers."""
    from amparo.method import patterns

    words, found = Words(data.lang), told(data)
    if found.is_empty:
        return ()
    here = {found.numbers[item.id] for item in found.incidents}
    lines = pattern_lines(words, data, found.numbers)
    asked = tuple(words.method(question.key) for question in patterns.questions())
    return (
        *pattern_blocks(words, [line for line in lines if here.intersection(line[0])]),
        Heading(words("checks.talk"), level=2),
        Bullets(asked),
    )
