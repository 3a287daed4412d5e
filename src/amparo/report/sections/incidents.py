"""The incident report: what happened, one by one, with what was done.

Acts of sexual violence stand in no paper, and who may have done something is for the analysis:
a log that names suspects is read against those who kept it.

Source:
    method S5 (register, assess, react); domain safety rules 1.3 and 1.6.
"""

from __future__ import annotations

from collections.abc import Iterator

from amparo.messages import messages
from amparo.model.incidents import Incident, Indicator
from amparo.model.process import Activity
from amparo.model.threats import Threat
from amparo.report.blocks import Block, Box, Column, Heading, KeyValues, Paragraph, Table, strong
from amparo.report.sections.material import ReportData, is_example
from amparo.report.sections.threat_letters import letters_of, threat_letters
from amparo.report.sections.told import Told, told
from amparo.report.sections.words import Words
from amparo.wording.choices import choice_label

NAMES = 0.29


def summary_blocks(data: ReportData) -> tuple[Block, ...]:
    """How many, from when to when, and what was left out."""
    words = Words(data.lang)
    return opening_blocks(
        data, "log.title", Paragraph(words("log.never")), Paragraph(words("log.numbers"))
    )


def opening_blocks(data: ReportData, title: str, *rest: Block) -> tuple[Block, ...]:
    """How both papers on incidents begin; *rest* follows when there is something to tell."""
    words, found = Words(data.lang), told(data)
    blocks: list[Block] = [Heading(words(title), level=1)]
    if is_example(data):
        blocks.append(Paragraph(strong(words("example.line"))))
    blocks.append(Paragraph(words("analysis.made", day=words.day(data.today))))
    if found.is_empty:
        return (*blocks, *nothing_blocks(words, found))
    return (*blocks, KeyValues(tuple(_counted(words, found)), share=NAMES), *rest)


def _counted(words: Words, found: Told) -> Iterator[tuple[str, str]]:
    yield words("log.count"), str(len(found.incidents))
    if found.incidents:
        first, last = found.incidents[0], found.incidents[-1]
        yield (
            words("log.days"),
            words(
                "log.from_to",
                first=words.dated(first.on, first.date_precision),
                last=words.dated(last.on, last.date_precision),
            ),
        )
    asked = asked_days(words, found)
    if asked:
        yield words("log.asked"), asked
    if found.outside:
        yield words("log.outside"), str(found.outside)


def asked_days(words: Words, found: Told) -> str:
    """Return the period that was asked for; nothing when it is open on both sides."""
    since, until = found.period.since, found.period.until
    if since and until:
        return words("log.from_to", first=words.day(since), last=words.day(until))
    if since:
        return words("log.since", day=words.day(since))
    return words("log.until", day=words.day(until)) if until else ""


def nothing_blocks(words: Words, found: Told) -> tuple[Block, ...]:
    """Say calmly that there is nothing: at all, or in these days."""
    asked = asked_days(words, found)
    if asked and found.outside:
        return (Paragraph(words("log.none_then", days=asked, count=found.outside)),)
    return (Paragraph(words("log.none")), Paragraph(words("log.none_next")))


def boxes_blocks(data: ReportData) -> tuple[Block, ...]:
    """One box each, in the order of their days, and what the letters of threats stand for."""
    words, found = Words(data.lang), told(data)
    if not found.incidents:
        return ()
    letters = threat_letters(data.workspace)
    writer = _Writer(words, data, letters)
    boxes = (writer.box(found.numbers[item.id], item) for item in found.incidents)
    linked = {one for item in found.incidents for one in item.linked_threat_ids}
    return (*boxes, *_legend(words, data, letters, linked))


class _Writer:
    def __init__(self, words: Words, data: ReportData, letters: dict[str, str]) -> None:
        self._words = words
        self._catalogue = messages(data.lang)
        self._workspace = data.workspace
        self._letters = letters

    def box(self, number: int, item: Incident) -> Block:
        words = self._words
        parts = (
            words("log.no", number=number),
            words.dated(item.on, item.date_precision),
            words.label("incident_kinds", item.incident_kind),
        )
        return Box(" · ".join(parts), (KeyValues(tuple(self._pairs(item)), share=NAMES),))

    def _pairs(self, item: Incident) -> Iterator[tuple[str, str]]:
        words = self._words
        activity = self._workspace.get(item.linked_activity_id)
        told_by = (
            ("grave", self._choice(item, "severity")),
            ("sure", words.label("incident_certainty", item.certainty)),
            ("where", item.place_kind),
            ("happened", item.what_happened),
            ("who", self._who(item)),
            ("gender", "" if item.gender_dimension == "none"
             else self._choice(item, "gender_dimension")),
            ("activity", activity.title if isinstance(activity, Activity) else ""),
            ("done", item.response),
            ("outcome", item.outcome),
            ("reported", "\n".join(item.reported_to)),
            ("decided", self._choice(item, "decision")),
            ("lesson", item.lesson),
            ("threats", letters_of(words, item.linked_threat_ids, self._letters)),
            ("consent", words(f"consent.{item.consent}")),
            ("again", words.day(item.review_by) if item.review_by else ""),
        )  # fmt: skip
        for name, text in told_by:
            if text:
                yield words(f"log.{name}"), text

    def _who(self, item: Incident) -> str:
        everybody = self._words("log.all_of_us") if item.group_affected else ""
        return self._words.joined("items", filter(None, (item.role_affected, everybody)))

    def _choice(self, item: Incident, name: str) -> str:
        return choice_label(self._catalogue, item.kind, name, getattr(item, name))


def _legend(
    words: Words, data: ReportData, letters: dict[str, str], linked: set[str]
) -> tuple[Block, ...]:
    pairs = tuple(
        (letters[threat.id], threat.sentence)
        for threat in data.workspace.all(Threat)
        if threat.id in linked
    )
    if not pairs:
        return ()
    pairs = tuple(sorted(pairs, key=lambda pair: (len(pair[0]), pair[0])))
    return Heading(words("log.letters"), level=2), KeyValues(pairs, share=0.1)


def signs_blocks(data: ReportData) -> tuple[Block, ...]:
    """The signs of the period, by date."""
    words, found = Words(data.lang), told(data)
    if not found.signs:
        return ()
    columns = (
        Column(words("log.when"), width=1.4),
        Column(words("log.shows"), width=1.8),
        Column(words("log.noticed"), width=4),
        Column(words("log.changing"), width=1.5),
    )
    rows = tuple(_sign(words, item) for item in found.signs)
    return (
        Heading(words("log.signs"), level=1),
        Paragraph(words("log.no_proof")),
        Table(columns, rows),
    )


def _sign(words: Words, item: Indicator) -> tuple[str, ...]:
    catalogue = messages(words.lang)
    where, trend = (
        choice_label(catalogue, item.kind, name, getattr(item, name))
        for name in ("indicator_kind", "trend")
    )
    return words.day(item.on), where, item.note, trend
