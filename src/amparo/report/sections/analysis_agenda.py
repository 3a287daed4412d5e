"""Analysis: the next ninety days, week by week, and what is due when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from amparo.method.purpose import is_open, live
from amparo.model.assets import InfoItem
from amparo.model.context import CausePath, Upcoming
from amparo.model.measures import Measure
from amparo.model.plan import PlanVersion, Sheet
from amparo.model.practice import Review
from amparo.model.support import Consent, SupportRequest
from amparo.report.blocks import Block, Column, Heading, Paragraph, Table, strong
from amparo.report.blocks_charts import Agenda, Due
from amparo.report.sections.material import ReportData
from amparo.report.sections.words import Words
from amparo.wording.discreet import short

DAYS = 90
WEEKS = 13
_WEEK_DAYS = 7
_FEW = 20


@dataclass(frozen=True, slots=True, order=True)
class DueDay:
    """One day and what is due on it; *comes* when nobody of us does it."""

    on: date
    what: str
    comes: bool = False


def agenda_blocks(data: ReportData) -> tuple[Block, ...]:
    """Return the weeks as a picture, the list of what is due, and how much is late."""
    words = Words(data.lang)
    coming = due_days(words, data)
    heading = Heading(words("agenda.title"), level=2)
    if not coming:
        return heading, Paragraph(words("agenda.none")), *_late(words, data)
    marks = tuple(
        Due((item.on - data.today).days // _WEEK_DAYS, str(n), item.comes)
        for n, item in enumerate(coming, start=1)
    )
    firsts = (data.today + timedelta(days=_WEEK_DAYS * week) for week in range(WEEKS))
    numbered = tuple((str(n), words.day(item.on), item) for n, item in enumerate(coming, start=1))
    told = (f"{number}, {day}: {item.what}" for number, day, item in numbered)
    alt = words("agenda.alt", all=words.joined("items", told))
    columns = (
        Column(words("incidents.number"), width=0.5),
        Column(words("plan.when"), width=1.4),
        Column(words("plan.what"), width=5),
    )
    rows = tuple((strong(number), day, item.what) for number, day, item in numbered)
    return (
        heading,
        Paragraph(words("agenda.how")),
        *_late(words, data),
        Agenda(alt, tuple(_week(words, first) for first in firsts), marks),
        Table(columns, rows),
    )


def due_days(words: Words, data: ReportData) -> tuple[DueDay, ...]:
    """Return what is due in the next ninety days, soonest first, each thing once."""
    found = (*_ours(words, data), *_looking(words, data), *_kept(words, data), *_coming(data))
    near = {item for item in found if 0 <= (item.on - data.today).days <= DAYS}
    return tuple(sorted(near))


def _week(words: Words, first: date) -> str:
    # The year would stand thirteen times.
    return words.day(first).replace(f" {first.year}", "")


def _ours(words: Words, data: ReportData) -> Iterator[DueDay]:
    for measure in live(data.workspace):
        if measure.due and is_open(measure):
            yield DueDay(measure.due, measure.title)
    for path in data.workspace.all(CausePath):
        if path.due:
            yield DueDay(path.due, words("agenda.path", text=path.ask or path.first_small_win))
    for request in data.workspace.all(SupportRequest):
        if request.followup_on:
            asked = words.label("response_measures", request.request_type)
            yield DueDay(request.followup_on, words("agenda.ask_again", text=asked))


def _looking(words: Words, data: ReportData) -> Iterator[DueDay]:
    sheet = data.workspace.one(Sheet)
    agreed = [review.next_on for review in data.workspace.all(Review)]
    for on in (*agreed, sheet.look_again_on if sheet else None, data.review_on):
        if on:
            yield DueDay(on, words("agenda.look"))


def _kept(words: Words, data: ReportData) -> Iterator[DueDay]:
    for version in data.workspace.all(PlanVersion):
        if version.destroy_by:
            yield DueDay(version.destroy_by, words("agenda.destroy", number=version.number))
    for item in data.workspace.all(InfoItem):
        if item.keep_until:
            yield DueDay(item.keep_until, words("agenda.keep", text=item.label))
    for consent in data.workspace.all(Consent):
        if consent.expires_on and not consent.withdrawn_on:
            yield DueDay(
                consent.expires_on, words("agenda.consent", text=short(consent.purpose, _FEW))
            )


def _coming(data: ReportData) -> Iterator[DueDay]:
    for item in data.workspace.all(Upcoming):
        yield DueDay(item.on, item.title, comes=True)


def _late(words: Words, data: ReportData) -> tuple[Block, ...]:
    late = sum(is_late(measure, data.today) for measure in live(data.workspace))
    return (Paragraph(words("agenda.late", count=late)),) if late else ()


def is_late(measure: Measure, today: date) -> bool:
    """Tell whether the day of an open measure is over."""
    return is_open(measure) and measure.due is not None and measure.due < today
