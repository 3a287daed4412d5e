"""What changed since the plan was agreed, what we did, and what comes next.

Source:
    method S14 (review and learn); domain safety rules 1 and 5.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from amparo.method.changes import agreed_version, moved_bands
from amparo.method.purpose import is_open
from amparo.model.measures import Measure
from amparo.model.plan import PlanVersion
from amparo.model.practice import BandChange, Review
from amparo.model.threats import Threat
from amparo.report.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    KeyValues,
    Paragraph,
    Table,
    Text,
    code,
    strong,
)
from amparo.report.parameters import SinceVersion, read_parameters
from amparo.report.sections.material import ReportData, is_example
from amparo.report.sections.plan import letters, next_review_day
from amparo.report.sections.threat_letters import threat_letters
from amparo.report.sections.words import Words
from amparo.wording.discreet import discreet

SOON_DAYS = 90


def versions_blocks(data: ReportData) -> tuple[Block, ...]:
    """Which plan is compared with which day."""
    words = Words(data.lang)
    blocks: list[Block] = [Heading(words("since.title"), level=1)]
    if is_example(data):
        blocks.append(Paragraph(strong(words("example.line"))))
    agreed, last = _agreed(data), agreed_version(data.workspace)
    if agreed is None:
        return (*blocks, Paragraph(words("since.no_plan")), Paragraph(words("since.no_plan_do")))
    pairs = [
        (words("since.before"), _version(words, agreed)),
        (words("since.now"), words.day(data.today)),
    ]
    if last is not None and last.id != agreed.id:
        pairs.append((words("since.last"), _version(words, last)))
    blocks.append(KeyValues(tuple(pairs)))
    if data.before is None:
        blocks.append(Paragraph(words("since.not_kept")))
    return tuple(blocks)


def measures_blocks(data: ReportData) -> tuple[Block, ...]:
    """What we set out to do: done, working, late, stuck, dropped."""
    words = Words(data.lang)
    held = data.workspace.all(Measure)
    blocks: list[Block] = [Heading(words("since.measures"), level=1)]
    if not held:
        return (*blocks, Paragraph(words("measures.none")))
    sorted_in = _sorted_in(data, held)
    for name, own in sorted_in.items():
        if own:
            blocks.append(Heading(words(f"since.{name}"), level=2))
            blocks.append(Bullets(tuple(_line(words, data, one) for one in own)))
    if not any(sorted_in.values()):
        blocks.append(Paragraph(words("since.none_moved")))
    return tuple(blocks)


def _sorted_in(data: ReportData, held: Sequence[Measure]) -> dict[str, list[Measure]]:
    """Each measure in the first place that fits; what simply goes on comes in the next part."""
    done = {one for review in _reviews(data) for one in review.measures_done}
    found: dict[str, list[Measure]] = {
        name: [] for name in ("done", "working", "late", "stuck", "dropped")
    }
    for measure in held:
        if measure.status == "dropped":
            name = "dropped" if _is_dropped_since(data, measure) else ""
        elif measure.id in done:
            name = "done"
        elif measure.status == "working":
            name = "working"
        elif measure.due is not None and measure.due < data.today:
            name = "late"
        else:
            name = "stuck" if measure.status == "blocked" else ""
        if name:
            found[name].append(measure)
    for own in found.values():
        own.sort(key=lambda measure: measure.due or date.max)
    return found


def _is_dropped_since(data: ReportData, measure: Measure) -> bool:
    was = data.before.get(measure.id) if data.before else None
    return not (isinstance(was, Measure) and was.status == "dropped")


def _line(words: Words, data: ReportData, measure: Measure) -> Text:
    title = measure.title if data.audience == "keepers" else discreet(measure.title)
    day = words.day(measure.due) if measure.due else words("since.no_day")
    return title, " (", strong(letters(words, measure)), words("join.letters"), code(day), ")"


def keepers_blocks(data: ReportData) -> tuple[Block, ...]:
    """For the keepers: bands that moved, who carries too much, what to stop, what was learned."""
    if data.audience != "keepers" or _agreed(data) is None:
        return ()
    words = Words(data.lang)
    reviews = _reviews(data)
    rows = tuple(_band_rows(words, data, reviews))
    columns = (
        Column(words("map.threat"), width=3.4),
        Column(words("since.was"), width=1.3),
        Column(words("since.is_now"), width=1.3),
        Column(words("since.why"), width=2.4),
    )
    return (
        Heading(words("since.bands"), level=1),
        Table(columns, rows) if rows else Paragraph(words("since.no_band")),
        Heading(words("since.talk"), level=1),
        *_learned(words, reviews),
    )


def _band_rows(
    words: Words, data: ReportData, reviews: Sequence[Review]
) -> Iterator[tuple[Text, ...]]:
    """What the judgements say, with the reasons of the reviews; then what only a review says."""
    named = threat_letters(data.workspace)
    written = {one.threat_id: one for review in reviews for one in review.changed}
    moved = moved_bands(data.before, data.workspace) if data.before else ()
    for one in moved:
        why = written.pop(one.threat.id, None)
        told = BandChange(
            threat_id=one.threat.id, from_band=one.from_band, to_band=one.to_band,
            why=why.why if why else "",
        )  # fmt: skip
        yield _band_row(words, named, one.threat, told)
    for change in written.values():
        threat = data.workspace.get(change.threat_id)
        if isinstance(threat, Threat) and change.from_band != change.to_band:
            yield _band_row(words, named, threat, change)


def _band_row(
    words: Words, named: dict[str, str], threat: Threat, told: BandChange
) -> tuple[Text, ...]:
    sentence = (strong(f"{named[threat.id]} "), threat.sentence)
    return sentence, words.band(told.from_band), strong(words.band(told.to_band)), told.why


def _learned(words: Words, reviews: Sequence[Review]) -> Iterator[Block]:
    asked = ("who_carries_too_much", "what_to_stop", "learned")
    written = {
        name: [text for review in reviews if (text := str(getattr(review, name)))] for name in asked
    }
    pairs = tuple(
        (words(f"since.{name}"), "\n".join(texts)) for name, texts in written.items() if texts
    )
    if pairs:
        yield KeyValues(pairs)
        return
    yield Paragraph(words("since.not_reviewed"))
    yield Bullets(tuple(words(f"since.ask.{name}") for name in asked))


def next_blocks(data: ReportData) -> tuple[Block, ...]:
    """The next day of looking again, and what is due in the next 90 days."""
    words = Words(data.lang)
    until = data.today + timedelta(days=min(SOON_DAYS, (date.max - data.today).days))
    waiting = [one for one in data.workspace.all(Measure) if is_open(one)]
    soon = [one for one in waiting if one.due and data.today <= one.due <= until]
    undated = [one for one in waiting if one.due is None]
    blocks: list[Block] = [
        Heading(words("since.next"), level=1),
        KeyValues(((words("review.next"), strong(words.day(next_review_day(data)))),)),
    ]
    if soon:
        blocks.append(Heading(words("since.due", day=words.day(until)), level=2))
        soon.sort(key=lambda measure: measure.due or date.max)
        blocks.append(Bullets(tuple(_line(words, data, one) for one in soon)))
    else:
        blocks.append(Paragraph(words("since.nothing_due", day=words.day(until))))
    if undated:
        blocks.append(Heading(words("since.undated"), level=2))
        blocks.append(Bullets(tuple(_line(words, data, one) for one in undated)))
    return tuple(blocks)


def _agreed(data: ReportData) -> PlanVersion | None:
    asked = read_parameters(data.report, data.parameters)
    number = asked.version if isinstance(asked, SinceVersion) else None
    return agreed_version(data.workspace, number)


def _version(words: Words, version: PlanVersion) -> str:
    return words("review.version", number=version.number, day=words.day(version.on))


def _reviews(data: ReportData) -> tuple[Review, ...]:
    """Return the reviews written since the plan was agreed, oldest first; a group sees none."""
    agreed = _agreed(data)
    if data.audience != "keepers" or agreed is None:
        return ()
    before, on = data.before, agreed.on
    held = (
        one for one in data.workspace.all(Review)
        if (before.get(one.id) is None if before is not None else one.on >= on)
    )  # fmt: skip
    return tuple(sorted(held, key=lambda one: one.on))
