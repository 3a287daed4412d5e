"""Analysis: the risk map, and each priority threat on its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from amparo.model.actors import Actor
from amparo.model.measures import Measure
from amparo.model.risk import RiskLimit, RiskState, StrategyChoice
from amparo.model.threats import DeclaredAnalysis, Factor, Threat
from amparo.report.blocks import (
    Block,
    Box,
    Bullets,
    Column,
    Columns,
    Heading,
    KeyValues,
    Paragraph,
    Table,
    Text,
    code,
    strong,
)
from amparo.report.blocks_charts import Risk, RiskMap
from amparo.report.charts_words import chart_words
from amparo.report.sections.material import ReportData
from amparo.report.sections.plan import letters as owner_letters
from amparo.report.sections.plan import phase_of
from amparo.report.sections.threat_letters import threat_letters
from amparo.report.sections.words import Words

if TYPE_CHECKING:
    from amparo.method.priorities import Priority

_PRIORITY_BANDS = frozenset({"high", "extreme"})
_PRIORITIES_LEAST = 3
_SMALL, _MEDIUM = 1, 2
Pair = tuple[Text, Text]


def risk_map_blocks(data: ReportData) -> tuple[Block, ...]:
    """Every judged threat as a rectangle, and all threats in a list."""
    from amparo.method import matrix, priorities

    words = Words(data.lang)
    letters = threat_letters(data.workspace)
    ranked = priorities.ranked(data.workspace)
    heading = Heading(words("map.title"), level=1)
    if not ranked:
        return heading, Paragraph(words("map.none"))
    risks = tuple(_risk(letters[p.threat.id], p.current) for p in ranked if p.current)
    cells = tuple(tuple(row) for row in matrix.MATRIX)
    says = words.joined("items", (f"{letters[p.threat.id]}: {words.band(p.band)}" for p in ranked))
    chart = RiskMap(words("map.alt", risks=says), risks, cells, chart_words(data.lang))
    columns = (
        Column("", width=0.4),
        Column(words("map.threat"), width=4),
        Column(words("map.today"), width=1.7),
        Column(words("map.hope"), width=1.1),
    )
    rows = tuple(_line(words, data, letters[p.threat.id], p) for p in ranked)
    period = Paragraph(words("map.how"))
    return heading, period, chart, Table(columns, rows), *_limit(words, data)


def _risk(letter: str, state: RiskState) -> Risk:
    from amparo.method import matrix

    likelihood, impact = state.likelihood, state.impact
    return Risk(
        letter,
        likelihood=(likelihood.low, likelihood.best, likelihood.high),
        impact=(impact.low, impact.best, impact.high),
        band=matrix.band(likelihood.best, impact.best),
    )


def _line(words: Words, data: ReportData, letter: str, priority: Priority) -> tuple[Text, ...]:
    hoped = _state(data, priority.threat, "target")
    return (
        strong(letter),
        priority.threat.sentence,
        _band_range(words, priority.current),
        _best_band(words, hoped),
    )


def _state(data: ReportData, threat: Threat, state: str) -> RiskState | None:
    held = [
        item
        for item in data.workspace.all(RiskState)
        if item.threat_id == threat.id and item.state == state
    ]
    return max(held, key=lambda item: item.assessed_on, default=None)


def _best_band(words: Words, state: RiskState | None) -> str:
    from amparo.method import matrix

    return words.band(matrix.band(state.likelihood.best, state.impact.best)) if state else "–"


def _band_range(words: Words, state: RiskState | None) -> Text:
    from amparo.method import matrix

    if state is None:
        return words("not_judged")
    low, best, high = (words.band(band) for band in matrix.band_range(state))
    if low == high:
        return strong(best)
    return strong(best), " " + words("band_range", low=low, high=high)


def _limit(words: Words, data: ReportData) -> tuple[Block, ...]:
    limits = data.workspace.all(RiskLimit)
    if not limits:
        return ()
    limit = max(limits, key=lambda item: item.decided_on)
    stop = words("limit.stop", letters=words.joined("letters", limit.who_may_stop) or "–")
    return (Box(words("limit.title"), (Paragraph(limit.limit), Paragraph(stop))),)


def threats_blocks(data: ReportData) -> tuple[Block, ...]:
    """The threats that come first: sentence, signs, why us, what protects us, what we do."""
    from amparo.method import priorities

    words = Words(data.lang)
    letters = threat_letters(data.workspace)
    ranked = priorities.ranked(data.workspace)
    first = [p for p in ranked if p.upper_band in _PRIORITY_BANDS]
    shown = first if len(first) >= _PRIORITIES_LEAST else ranked[:_PRIORITIES_LEAST]
    blocks: list[Block] = [Heading(words("threats.title"), level=1)]
    for priority in shown:
        blocks += _threat(words, data, letters[priority.threat.id], priority)
    if len(shown) < len(ranked):
        blocks.append(Paragraph(words("threats.others")))
    return tuple(blocks)


def _threat(words: Words, data: ReportData, letter: str, priority: Priority) -> list[Block]:
    threat = priority.threat
    facts = [*_facts(words, data, threat), *_judgement(words, data, priority)]
    return [
        Heading(f"{letter}. {threat.sentence}", level=2),
        KeyValues(tuple(facts), share=0.26),
        *_signs(words, threat),
        Columns(
            (
                (_factors(words, data, threat, "vulnerability"),),
                (_factors(words, data, threat, "capacity"),),
            )
        ),
        *_declared(words, data, threat),
        *_measures(words, data, threat),
    ]


def _facts(words: Words, data: ReportData, threat: Threat) -> Iterable[Pair]:
    who = (data.workspace.get(item) for item in threat.actor_ids)
    actors = words.joined("items", (actor.label for actor in who if isinstance(actor, Actor)))
    yield words("threat.kind"), words.label("threat_types", threat.threat_type)
    if actors:
        yield words("threat.actors"), actors
    if threat.targets:
        yield words("threat.targets"), words.joined("items", threat.targets)
    yield words("threat.when"), words.label("imminence", threat.imminence)
    if threat.gendered_form:
        yield words("threat.gendered"), threat.gendered_form
    if threat.history:
        yield words("threat.history"), threat.history


def _judgement(words: Words, data: ReportData, priority: Priority) -> Iterable[Pair]:
    state = priority.current
    yield words("threat.today"), _band_range(words, state)
    if state is not None:
        yield words("threat.likely"), words.scale("likelihood", state.likelihood)
        yield words("threat.bad"), words.scale("impact", state.impact)
        yield words("threat.sure"), words.method(f"confidence.{state.confidence}")
        for group in state.impact_by_group:
            yield words("threat.worst_for"), f"{group.group}: {words.step('impact', group.impact)}"
        if state.dissent_note:
            yield words("threat.dissent"), state.dissent_note
    hoped = _state(data, priority.threat, "target")
    if hoped is not None:
        yield words("threat.hope"), _best_band(words, hoped)
    for choice in data.workspace.all(StrategyChoice):
        if choice.threat_id == priority.threat.id and choice.families:
            names = [words.label("strategies", family) for family in choice.families]
            yield words("threat.way"), words.joined("items", names)


def _signs(words: Words, threat: Threat) -> tuple[Block, ...]:
    if not threat.signs_to_watch:
        return ()
    return Paragraph(strong(words("threat.signs"))), Bullets(threat.signs_to_watch)


def _factors(words: Words, data: ReportData, threat: Threat, side: str) -> Block:
    held = [
        factor
        for factor in data.workspace.all(Factor)
        if factor.threat_id == threat.id and getattr(factor, side) is not None
    ]
    held.sort(key=lambda factor: -factor.score)
    items = tuple(_factor(words, factor) for factor in held)
    body: Block = Bullets(items) if items else Paragraph(words("factor.none"))
    return Box(words(f"factor.{side}"), (body,))


def _factor(words: Words, factor: Factor) -> Text:
    if factor.vulnerability:
        name = words.label("vulnerability_components", factor.vulnerability)
    else:
        name = words.label("capacity_components", str(factor.capacity))
    size = "small" if factor.score <= _SMALL else "medium" if factor.score <= _MEDIUM else "big"
    tried = f", {words('factor.paper')}" if factor.capacity and not factor.practised else ""
    note = f": {factor.note}" if factor.note else ""
    return strong(name), f" ({words(f'stone.{size}')}{tried}){note}"


def _declared(words: Words, data: ReportData, threat: Threat) -> tuple[Block, ...]:
    held = [x for x in data.workspace.all(DeclaredAnalysis) if x.threat_id == threat.id]
    if not held:
        return ()
    last = max(held, key=lambda item: item.on)
    given = (
        ("facts", last.facts),
        ("pattern", last.pattern),
        ("objective", last.objective),
        ("conclusion", last.conclusion),
    )
    pairs = [(words(f"declared.{name}"), text) for name, text in given if text]
    pairs.append((words("threat.sure"), words.method(f"confidence.{last.confidence}")))
    return (Box(words("declared.title"), (KeyValues(tuple(pairs)),)),)


def _measures(words: Words, data: ReportData, threat: Threat) -> tuple[Block, ...]:
    held = [item for item in data.workspace.all(Measure) if threat.id in item.threat_ids]
    alive = [measure for measure in held if measure.status != "dropped"]
    if not alive:
        return (Paragraph(words("threat.no_measure")),)
    items = tuple(_measure(words, measure) for measure in alive)
    return Paragraph(strong(words("threat.measures"))), Bullets(items)


def _measure(words: Words, measure: Measure) -> Text:
    when = words(f"phase.{phase_of(measure)}")
    day = code(words.day(measure.due))
    owners = strong(owner_letters(words, measure))
    return f"{when}: {measure.title} (", owners, words("join.letters"), day, ")"
