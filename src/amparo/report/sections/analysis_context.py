"""Analysis: who we are in a line, who is involved, what happened, where the causes lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from amparo.model.actors import Actor, Relation
from amparo.model.context import CausePath, Driver, Upcoming
from amparo.model.incidents import Incident
from amparo.model.process import Process, Profile
from amparo.report.blocks import (
    Block,
    Box,
    Bullets,
    Column,
    Heading,
    KeyValues,
    Paragraph,
    Table,
    Text,
    strong,
)
from amparo.report.blocks_charts import Edge, ForceMap, Happening, Node, Timeline
from amparo.report.charts_words import severity_words
from amparo.report.sections.analysis_actor_grid import actor_grid, short_label
from amparo.report.sections.material import ReportData, is_example
from amparo.report.sections.patterns import pattern_blocks, pattern_lines
from amparo.report.sections.told import told_incidents
from amparo.report.sections.words import GAP, Words

_MONTHS_MOST = 36
_POWER = frozenset({"owns", "finances", "employs", "commands"})
_LINES = {"high": "solid", "medium": "dashed", "low": "dotted"}


def scope_blocks(data: ReportData) -> tuple[Block, ...]:
    """Who this is about, in a line: kinds and rights, no name and no place."""
    words = Words(data.lang)
    process, profile = data.workspace.one(Process), data.workspace.one(Profile)
    parts = (
        [words.label("plan_scope", process.scope_type)] if process and process.scope_type else []
    )
    if profile:
        parts += [words.label("defender_groups", group) for group in profile.groups[:3]]
        parts += [words.label("rights", right) for right in profile.rights[:4]]
    blocks: list[Block] = [Heading(words("analysis.title"), level=1)]
    if is_example(data):
        blocks.append(Paragraph(strong(words("example.line"))))
    blocks.append(
        Paragraph(words.joined("items", parts) + "." if parts else words("analysis.no_scope"))
    )
    blocks.append(Paragraph(words("analysis.made", day=words.day(data.today))))
    return tuple(blocks)


def forces_blocks(data: ReportData) -> tuple[Block, ...]:
    """Who pays, orders, benefits or holds back: the picture, then each of them in words."""
    words = Words(data.lang)
    actors = data.workspace.all(Actor)
    heading = Heading(words("forces.title"), level=1)
    if not actors:
        return heading, Paragraph(words("forces.none"))
    columns = (
        Column(words("forces.who"), width=2),
        Column(words("forces.stance"), width=1.2),
        Column(words("forces.influence"), width=1.1),
        Column(words("forces.moves"), width=3),
    )
    ranked = sorted(actors, key=lambda actor: (actor.stance or 0, -actor.influence))
    rows = tuple(_actor(words, actor) for actor in ranked)
    grid = actor_grid(words, sorted(actors, key=lambda actor: -actor.influence))
    return heading, *_force_map(words, data, actors), *grid, Table(columns, rows)


def _actor(words: Words, actor: Actor) -> tuple[Text, ...]:
    reaches = words("forces.through", who=actor.contactable_through)
    promised = words("forces.promised", what=actor.promised)
    moves = (
        actor.interest,
        reaches if actor.contactable_through else "",
        promised if actor.promised else "",
    )
    return (
        (strong(actor.label), "\n" + words.label("actor_types", actor.actor_type)),
        words(f"stance.{_stance(actor)}"),
        words(f"influence.{actor.influence}"),
        "\n".join(text for text in moves if text),
    )


def _stance(actor: Actor) -> str:
    if actor.stance is None:
        return "unknown"
    return "against" if actor.stance < 0 else "with" if actor.stance > 0 else "between"


def _force_map(words: Words, data: ReportData, actors: Sequence[Actor]) -> tuple[Block, ...]:
    known = {actor.id: actor for actor in actors}
    ties = [
        tie
        for tie in data.workspace.all(Relation)
        if tie.from_id in known and tie.to_id in known and tie.from_id != tie.to_id
    ]
    if not ties:
        return ()
    tied = {end for tie in ties for end in (tie.from_id, tie.to_id)}
    # Those who pay or order stand on top; those whom nobody pays or orders come first of all.
    over = Counter(tie.from_id for tie in ties if tie.relation_type in _POWER)
    under = Counter(tie.to_id for tie in ties if tie.relation_type in _POWER)
    placed = sorted(
        (actor for actor in actors if actor.id in tied),
        key=lambda actor: (not over[actor.id], under[actor.id], -over[actor.id]),
    )
    edges = tuple(_edge(words, tie) for tie in ties)
    ends = ((known[tie.from_id].label, known[tie.to_id].label) for tie in ties)
    says = words.joined("items", (words.joined("to", pair) for pair in ends))
    alt = words("forces.alt", ties=says)
    legend = Paragraph(words("forces.legend"))
    return ForceMap(alt, tuple(_node(actor) for actor in placed), edges), legend


def _node(actor: Actor) -> Node:
    border = {"against": "thick", "with": "dashed"}.get(_stance(actor), "plain")
    return Node(actor.id, short_label(actor), border=border)  # type: ignore[arg-type]


def _edge(words: Words, tie: Relation) -> Edge:
    label = words.label("relation_types", tie.relation_type)
    return Edge(tie.from_id, tie.to_id, label, line=_LINES[tie.confidence])  # type: ignore[arg-type]


def incidents_blocks(data: ReportData) -> tuple[Block, ...]:
    """What happened, month by month, which patterns that makes, and what is coming."""
    words = Words(data.lang)
    told = told_incidents(data)
    blocks: list[Block] = [Heading(words("incidents.title"), level=1)]
    if not told:
        return *blocks, Paragraph(words("incidents.none")), *_upcoming(words, data)
    columns = (
        Column(words("incidents.number"), width=0.5),
        Column(words("incidents.day"), width=1.4),
        Column(words("incidents.what"), width=3.4),
        Column(words("incidents.sure"), width=1.4),
    )
    rows = tuple(_incident(words, number, item) for number, item in enumerate(told, start=1))
    numbers = {item.id: number for number, item in enumerate(told, start=1)}
    found = pattern_lines(words, data, numbers)
    blocks += [_timeline(words, told), *pattern_blocks(words, found), Table(columns, rows)]
    return *blocks, *_upcoming(words, data)


def _incident(words: Words, number: int, item: Incident) -> tuple[Text, ...]:
    kind = words.label("incident_kinds", item.incident_kind)
    told = f"\n{item.what_happened}" if item.what_happened else ""
    decided = f"\n{words(f'decision.{item.decision}')}" if item.decision != "undecided" else ""
    return (
        str(number),
        words.dated(item.on, item.date_precision),
        (strong(kind), told, decided),
        words.label("incident_certainty", item.certainty),
    )


def _timeline(words: Words, told: Sequence[Incident]) -> Timeline:
    last = _month(told[-1].on)
    first = max(_month(told[0].on), last - _MONTHS_MOST + 1)
    months = tuple(words.month(date(m // 12, m % 12 + 1, 1)) for m in range(first, last + 1))
    marks = tuple(
        Happening(_month(item.on) - first, str(number), item.severity)
        for number, item in enumerate(told, start=1)
        if _month(item.on) >= first
    )
    alt = words("incidents.alt", count=len(marks), first=months[0], last=months[-1])
    return Timeline(alt, months, marks, severity_words(words.lang))


def _month(on: date) -> int:
    return on.year * 12 + on.month - 1


def _upcoming(words: Words, data: ReportData) -> tuple[Block, ...]:
    coming = sorted(
        (item for item in data.workspace.all(Upcoming) if item.on >= data.today),
        key=lambda item: item.on,
    )
    if not coming:
        return ()
    items = tuple(
        (strong(words.day(item.on)), f" {item.title} ({words(f'effect.{item.effect_on_risk}')})")
        for item in coming
    )
    return Heading(words("incidents.coming"), level=2), Bullets(items)


def causes_blocks(data: ReportData) -> tuple[Block, ...]:
    """Why attacks are useful to somebody, how far we can reach that, and our path to it."""
    words = Words(data.lang)
    drivers = data.workspace.all(Driver)
    heading = Heading(words("causes.title"), level=1)
    if not drivers:
        return heading, Paragraph(words("causes.none"))
    paths = data.workspace.all(CausePath)
    boxes = (_driver(words, item, [p for p in paths if p.driver_id == item.id]) for item in drivers)
    return heading, *boxes, *_open_drivers(words, data)


def _driver(words: Words, driver: Driver, paths: Sequence[CausePath]) -> Block:
    inner: list[Block] = []
    if driver.how_it_shows_here:
        inner.append(Paragraph(driver.how_it_shows_here))
    inner.append(Paragraph(words(f"reach.{driver.reach}")))
    if driver.whys:
        whys = words.joined("because", driver.whys)
        inner.append(Paragraph((strong(words("causes.whys") + " "), whys)))
    inner += [_path(words, path) for path in paths]
    return Box(words.label("root_cause_drivers", driver.driver), tuple(inner))


def _path(words: Words, path: CausePath) -> Block:
    given = (
        ("ask", path.ask),
        ("decides", path.who_decides),
        ("lever", path.lever),
        ("ally", path.ally),
        ("win", path.first_small_win),
    )
    pairs = [(words(f"cause.{name}"), text) for name, text in given if text]
    by = words("cause.by_whom", letter=path.owner_role or GAP, day=words.day(path.due))
    return KeyValues((*pairs, (words("plan.who"), by)))


def _open_drivers(words: Words, data: ReportData) -> tuple[Block, ...]:
    from amparo.method import causes

    named = [
        words.label("root_cause_drivers", item.driver)
        for item in causes.open_drivers(data.workspace)
    ]
    return (Paragraph(words("causes.open", list=words.joined("items", named))),) if named else ()
