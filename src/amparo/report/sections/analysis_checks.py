"""Analysis: all measures, the balance, the check-up, the wheel, and what is held where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, get_args

from amparo.messages import messages
from amparo.model.assets import InfoItem
from amparo.model.context import CausePath, Driver
from amparo.model.measures import Measure
from amparo.model.plan import Wheel as WheelRecord
from amparo.model.vocabularies import Approach
from amparo.report.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    KeyValues,
    Paragraph,
    Table,
    Text,
    Together,
    emphasis,
    strong,
)
from amparo.report.blocks_charts import BalanceGrid, Spoke, Wheel
from amparo.report.sections.analysis_agenda import agenda_blocks
from amparo.report.sections.material import ReportData
from amparo.report.sections.plan import letters as owner_letters
from amparo.report.sections.plan_choice import PHASES
from amparo.report.sections.threat_letters import letters_of, threat_letters
from amparo.report.sections.words import Words

if TYPE_CHECKING:
    from amparo.method.checkup import Result

_NAMED_MOST = 6


def measures_blocks(data: ReportData) -> tuple[Block, ...]:
    """Every measure that was not dropped, by phases and days, and the weeks ahead."""
    words = Words(data.lang)
    letters = threat_letters(data.workspace)
    heading = Heading(words("measures.title"), level=1)
    held = [item for item in data.workspace.all(Measure) if item.status != "dropped"]
    if not held:
        return heading, Paragraph(words("measures.none")), *agenda_blocks(data)
    held.sort(key=lambda item: (_first_phase(item), item.due is None, item.due or data.today))
    columns = (
        Column(words("plan.what"), width=3.2),
        Column(words("measures.for"), width=1),
        Column(words("plan.when"), width=1),
        Column(words("plan.who"), width=0.8),
        Column(words("plan.by"), width=1.9),
        Column(words("measures.status"), width=1.2),
    )
    rows = tuple(_row(words, item, letters) for item in held)
    return heading, Table(columns, rows), *agenda_blocks(data)


def _first_phase(measure: Measure) -> int:
    return min((PHASES.index(phase) for phase in measure.phases), default=0)


def _row(words: Words, measure: Measure, letters: dict[str, str]) -> tuple[Text, ...]:
    return (
        measure.title,
        letters_of(words, measure.threat_ids, letters) or "–",
        words.joined(
            "letters", (words(f"phase.{phase}") for phase in PHASES if phase in measure.phases)
        ),
        owner_letters(words, measure),
        words.day(measure.due),
        words.label("measure_status", measure.status),
    )


def balance_blocks(data: ReportData) -> tuple[Block, ...]:
    """The grid of phases and approaches, and three counts that mean something."""
    from amparo.method import balance

    words = Words(data.lang)
    found = balance.counts(data.workspace)
    counts = tuple(tuple(row) for row in found.grid)
    rows = tuple(words(f"phase.{phase}") for phase in PHASES)
    columns = tuple(words.label("approach", item) for item in get_args(Approach))
    told = (words.joined("letters", map(str, row)) for row in counts)
    says = words.joined("items", (f"{name}: {row}" for name, row in zip(rows, told, strict=True)))
    pairs = (
        (words("balance.ready"), str(found.ready_for_bad_day)),
        (words("balance.prevents"), str(found.prevents)),
        (words("balance.causes"), str(found.acts_on_causes)),
    )
    blocks = (
        Heading(words("balance.title"), level=1),
        Paragraph(words("balance.how")),
        BalanceGrid(words("balance.alt", rows=says), rows, columns, counts),
        KeyValues(pairs, share=0.6),
    )
    return (Together(blocks),)


def checks_blocks(data: ReportData) -> tuple[Block, ...]:
    """The check-up: what the rules see, the most pressing first, and what only people can answer.

    An empty answer promises nothing, and says so.
    """
    from amparo.method import balance, patterns
    from amparo.method.checkup import SEVERITIES, check_up
    from amparo.wording.checkup import content_facts

    words, workspace = Words(data.lang), data.workspace
    found = check_up(workspace, data.today, content_facts(workspace, data.today))
    body: list[Block] = [] if found else [Paragraph(words("checks.none"))]
    for severity in SEVERITIES:
        own = [result for result in found if result.severity == severity]
        if own:
            body.append(Heading(words(f"checks.{severity}"), level=2))
            body.append(Bullets(_checks(words, data, own)))
    asked = (*patterns.questions(), *balance.questions())
    return (
        Heading(words("checks.title"), level=1),
        Paragraph(words("checks.how")),
        *body,
        Heading(words("checks.talk"), level=2),
        Bullets(tuple(words.method(question.key) for question in asked)),
    )


def _checks(words: Words, data: ReportData, found: Iterable[Result]) -> tuple[Text, ...]:
    """One line for what was found in many places, with the places after it."""
    from amparo.method.checkup import advice, sentence

    letters, catalogue = threat_letters(data.workspace), messages(data.lang)
    places: dict[tuple[str, str], list[str]] = {}
    for result in found:
        do = advice(result, catalogue) or catalogue.text(result.why_key)
        names = places.setdefault((sentence(result, catalogue), do), [])
        name = letters.get(result.record_id or "") or _name(words, data, result)
        if name and name not in names:
            names.append(name)
    return tuple(_check(words, said, do, names) for (said, do), names in places.items())


def _name(words: Words, data: ReportData, result: Result) -> str:
    from amparo.wording.checkup import place_of

    record = data.workspace.get(result.record_id)
    if isinstance(record, CausePath):
        record = data.workspace.get(record.driver_id)
    if isinstance(record, Driver):
        return words.label("root_cause_drivers", record.driver)
    return place_of(result, data.workspace, messages(data.lang))


def _check(words: Words, said: str, do: str, names: list[str]) -> Text:
    if not names:
        return said, " ", emphasis(do)
    more = len(names) - _NAMED_MOST
    listed = words.joined("items", names[:_NAMED_MOST]) + (f" (+{more})" if more > 0 else "")
    return strong(f"{listed}: "), said, " ", emphasis(do)


def wheel_blocks(data: ReportData) -> tuple[Block, ...]:
    """Is our security round or flat, and which spoke comes next?"""
    from amparo.method import wheel as method

    words = Words(data.lang)
    heading = Heading(words("wheel.title"), level=1)
    drawn = sorted(data.workspace.all(WheelRecord), key=lambda item: item.on)
    if not drawn:
        return heading, Paragraph(words("wheel.none"))
    last, before = drawn[-1], drawn[-2] if len(drawn) > 1 else None
    spokes = tuple(
        Spoke(words.method(f"wheel.{name}"), score, getattr(before, name) if before else -1)
        for name, score in method.spokes(last)
    )
    flattest = words("wheel.flattest", spoke=words.method(f"wheel.{method.flattest(last)}"))
    note = (Paragraph(last.note),) if last.note else ()
    return heading, Wheel(flattest, spokes), Paragraph(flattest), *note


def information_blocks(data: ReportData) -> tuple[Block, ...]:
    """What we hold, where, and what happens if it is taken."""
    words = Words(data.lang)
    heading = Heading(words("info.title"), level=1)
    held = data.workspace.all(InfoItem)
    if not held:
        return heading, Paragraph(words("info.none"))
    columns = (
        Column(words("info.what"), width=2),
        Column(words("info.where"), width=1.2),
        Column(words("info.seized"), width=3),
        Column(words("info.until"), width=1.3),
    )
    rows = tuple(_info(words, item) for item in held)
    return heading, Table(columns, rows)


def _info(words: Words, item: InfoItem) -> tuple[Text, ...]:
    people = f"\n{words('info.people')}" if item.contains_people else ""
    copy = f"\n{words(f'backup.{item.backup}')}"
    return (
        (strong(item.label), people),
        words(f"stored.{item.stored_in}") + copy,
        item.if_seized or words("info.not_thought"),
        words.day(item.keep_until),
    )
