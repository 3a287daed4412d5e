"""Pages two to four of the plan: what we do, alert levels, care and review.

Source:
    domain safety rule 5 (what stands on the plan, and what never does).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from amparo.model.context import CausePath
from amparo.model.measures import Measure
from amparo.model.plan import AlertLevel, PlanVersion, Protocol, Rule
from amparo.model.plan import Sheet as SheetRecord
from amparo.model.practice import Agreement, Review
from amparo.model.process import Process
from amparo.model.support import SupportRequest
from amparo.report.blocks import (
    Blanks,
    Block,
    Box,
    Bullets,
    Column,
    Heading,
    KeyValues,
    Numbered,
    PageBreak,
    Paragraph,
    Table,
    Text,
    strong,
)
from amparo.report.sections.material import ReportData
from amparo.report.sections.plan_choice import PHASES, chosen_measures
from amparo.report.sections.words import GAP, Words
from amparo.wording.discreet import on_paper

COLOURS = ("green", "yellow", "orange", "red")
_LINE = 18
_SHORT_LINE = 14
_STEPS_MOST = 8
_RULES_MOST = 4
_REQUESTS_MOST = 4


def steps_blocks(data: ReportData) -> tuple[Block, ...]:
    """Page two: at most nine lines before, during and after, and the cause path."""
    words = Words(data.lang)
    columns = (
        Column(words("plan.when"), width=1.3),
        Column(words("plan.what"), width=4.8),
        Column(words("plan.who"), width=0.9),
        Column(words("plan.by"), width=2.0),
    )
    rows = _step_rows(words, chosen_measures(data))
    return (
        PageBreak(),
        Heading(words("plan.steps"), level=1),
        Table(columns, rows),
        *_cause_path(words, data),
    )


def _step_rows(words: Words, measures: Sequence[Measure]) -> tuple[tuple[Text, ...], ...]:
    rows: list[tuple[Text, ...]] = []
    for phase in PHASES:
        held = [measure for measure in measures if phase_of(measure) == phase]
        held.sort(key=lambda measure: measure.due or date.max)
        name = strong(words(f"phase.{phase}"))
        if not held:
            rows.append((name, GAP, GAP, GAP))
        for number, measure in enumerate(held):
            rows.append((name if number == 0 else "", *_step(words, measure)))
    return tuple(rows)


def phase_of(measure: Measure) -> str:
    """Return the first phase of a measure, in the order of events."""
    return next((phase for phase in PHASES if phase in measure.phases), PHASES[0])


def _step(words: Words, measure: Measure) -> tuple[Text, ...]:
    return on_paper(measure.title, _LINE), letters(words, measure), words.day(measure.due)


def letters(words: Words, measure: Measure) -> str:
    """Return the owner's letter and the deputy's, or a gap to fill in by hand."""
    held = [letter for letter in (measure.owner_role, measure.deputy_role) if letter]
    return words.joined("letters", held) if measure.owner_role else GAP


def _cause_path(words: Words, data: ReportData) -> tuple[Block, ...]:
    paths = sorted(data.workspace.all(CausePath), key=lambda path: path.due or date.max)
    # No ally: other groups never stand on paper that may be found.
    if not paths:
        gaps = tuple((words(f"cause.{name}"), GAP) for name in ("ask", "decides", "win"))
        return (Box(words("plan.cause"), (KeyValues(gaps),)),)
    path = paths[0]
    given = (
        ("ask", path.ask),
        ("decides", path.who_decides),
        ("lever", path.lever),
        ("win", path.first_small_win),
    )
    pairs = [(words(f"cause.{name}"), on_paper(text, _LINE)) for name, text in given if text]
    by = words("cause.by_whom", letter=path.owner_role or GAP, day=words.day(path.due))
    pairs.append((words("plan.who"), by))
    return (Box(words("plan.cause"), (KeyValues(tuple(pairs)),)),)


def alerts_blocks(data: ReportData) -> tuple[Block, ...]:
    """Page three: four levels with an end to each, and the protocol for the likeliest bad day."""
    words = Words(data.lang)
    held = {level.colour: level for level in data.workspace.all(AlertLevel)}
    columns = (
        Column(words("alert.level"), width=1.3),
        Column(words("alert.signs"), width=2.5),
        Column(words("alert.actions"), width=2.5),
        Column(words("alert.until"), width=1.5),
    )
    rows = tuple(_level(words, colour, held.get(colour)) for colour in COLOURS)
    return (
        PageBreak(),
        Heading(words("plan.alerts"), level=1),
        Paragraph(words("alert.how")),
        Table(columns, rows),
        *_protocol(words, data),
    )


def _level(words: Words, colour: str, level: AlertLevel | None) -> tuple[Text, ...]:
    name = (strong(words(f"alert.{colour}")), "\n" + words(f"alert.{colour}.means"))
    if level is None:
        return name, GAP, GAP, GAP
    until = words("alert.usual") if colour == COLOURS[0] else GAP
    if level.end_after_days and colour != COLOURS[0]:
        until = words.count("alert.days", level.end_after_days) + f"\n{GAP * 2}"
    return name, _listed(level.signs), _listed(level.actions), until


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(on_paper(line, _SHORT_LINE) for line in lines[:3]) or GAP


def _protocol(words: Words, data: ReportData) -> tuple[Block, ...]:
    protocols = sorted(data.workspace.all(Protocol), key=lambda item: not item.top)
    if not protocols:
        return (Box(words("plan.protocol"), (Blanks(5, numbered=True),), border="thick"),)
    top = protocols[0]
    steps = tuple(
        (strong(f"{step.role}: "), on_paper(step.does, _LINE))
        if step.role
        else on_paper(step.does, _LINE)
        for step in top.steps[:_STEPS_MOST]
    )
    title = words("plan.protocol_of", title=on_paper(top.title, _SHORT_LINE))
    inner = Numbered(steps) if steps else Blanks(5, numbered=True)
    return (Box(title, (inner,), border="thick"),)


def care_blocks(data: ReportData) -> tuple[Block, ...]:
    """Page four: care, family, what we say, help with consent, and when we look again."""
    words = Words(data.lang)
    return (
        PageBreak(),
        Heading(words("plan.care"), level=1),
        *_rules(words, data),
        *_help(words, data),
        *_review(words, data),
    )


def _rules(words: Words, data: ReportData) -> list[Block]:
    held = data.workspace.all(Rule)
    agreed = tuple(on_paper(item.text, _LINE) for item in data.workspace.all(Agreement))
    boxes: list[Block] = []
    for topic in ("care", "family", "communication", "information"):
        items = tuple(_rule(rule) for rule in held if rule.topic == topic)[:_RULES_MOST]
        if items or topic in {"care", "family"}:
            inner = Bullets(items) if items else Blanks(2)
            boxes.append(Box(words(f"rule.{topic}"), (inner,)))
    if agreed:
        boxes.append(Box(words("rule.agreed"), (Bullets(agreed[:_RULES_MOST]),)))
    return boxes


def _rule(rule: Rule) -> Text:
    text = on_paper(rule.text, _LINE)
    return (strong(f"{rule.owner_role}: "), text) if rule.owner_role else text


def _help(words: Words, data: ReportData) -> tuple[Block, ...]:
    asked = sorted(data.workspace.all(SupportRequest), key=lambda request: request.order)
    if not asked:
        return (Box(words("help.title"), (Paragraph(words("help.none")), Blanks(2))),)
    columns = (
        Column(words("help.what"), width=2.8),
        Column(words("help.consent"), width=2.2),
        Column(words("plan.who"), width=0.9),
        Column(words("help.again"), width=1.7),
    )
    rows = tuple(_request(words, request) for request in asked[:_REQUESTS_MOST])
    return (Heading(words("help.title"), level=2), Table(columns, rows))


def _request(words: Words, request: SupportRequest) -> tuple[Text, ...]:
    return (
        words.label("response_measures", request.request_type),
        words(f"consent.{request.consent}"),
        request.who_asks or GAP,
        words.day(request.followup_on),
    )


def _review(words: Words, data: ReportData) -> tuple[Block, ...]:
    version = max(data.workspace.all(PlanVersion), key=lambda item: item.number, default=None)
    process = data.workspace.one(Process)
    pairs: list[tuple[Text, Text]] = [(words("review.next"), words.day(next_review_day(data)))]
    if version is not None:
        stands = words("review.version", number=version.number, day=words.day(version.on))
        pairs += [(words("review.this"), stands)]
        pairs += [(words("review.destroy"), words.day(version.destroy_by))]
    if process is not None and process.stop_rule:
        pairs.append((words("review.stop"), on_paper(process.stop_rule, 2 * _LINE)))
    pairs.append((words("review.sooner"), words("review.sooner_when")))
    return (Box(words("review.title"), (KeyValues(tuple(pairs)),)),)


def next_review_day(data: ReportData) -> date:
    """Return the day that people agreed on; without one, the day the method asks for."""
    from amparo.method import reviews

    sheet = data.workspace.one(SheetRecord)
    agreed = [review.next_on for review in data.workspace.all(Review)]
    days = [day for day in (*agreed, sheet.look_again_on if sheet else None) if day]
    coming = [day for day in days if day >= data.today]
    judged = data.review_on or reviews.next_review(data.workspace, data.today)
    return min(coming, default=judged)
