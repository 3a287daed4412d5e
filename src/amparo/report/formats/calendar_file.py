"""A report as a calendar: the days that count, under one harmless title, and nothing else.

It is made only when somebody asks for this form. A calendar shows itself to whoever looks at the
phone, so a day has no text, alarm, place or people, and many things on one day are one entry.

Source:
    domain safety rule 2.20; RFC 5545.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from uuid import NAMESPACE_OID, uuid5

from icalendar import Calendar, Event

from amparo.errors import ReportError
from amparo.model.base import Record
from amparo.model.process import Process
from amparo.report.formats.chosen import chosen_records
from amparo.report.made import Made
from amparo.report.sections.material import ReportData

# Kind -> the field with its day.
_DAYS = {
    "measure": "due",
    "sheet": "look_again_on",
    "review": "next_on",
    "plan_version": "destroy_by",
    "support_request": "followup_on",
    "statement": "until",
}
# Nobody waits for what was dropped.
_OVER = frozenset({"dropped"})
_PRODUCT = "-//Calendar//EN"


class NoTitleError(ReportError):
    """The group has not chosen the harmless title that stands in a calendar."""

    key = "error.calendar_title"


class NoDaysError(ReportError):
    """No day of this report lies ahead."""

    key = "error.calendar_days"


def write(made: Made) -> bytes:
    """Return an iCalendar file with one all-day entry for each day ahead.

    Raises:
        NoTitleError: the workspace has no harmless title.
        NoDaysError: no day lies ahead.
    """
    data = made.data
    process = data.workspace.one(Process)
    title = process.harmless_title if process else ""
    if not title:
        raise NoTitleError("no harmless title")
    days = sorted(set(_days(data)))
    if not days:
        raise NoDaysError("no day ahead")
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    for day in days:
        calendar.add_component(_event(title, day))
    return calendar.to_ical()


def _days(data: ReportData) -> Iterator[date]:
    for record in chosen_records(data):
        day = _day(record)
        if day is not None and day >= data.today:
            yield day


def _day(record: Record) -> date | None:
    name = _DAYS.get(record.kind, "")
    if name not in record.model_fields_set or getattr(record, "status", None) in _OVER:
        return None
    return getattr(record, name)


def _event(title: str, day: date) -> Event:
    event = Event()
    # The same day under the same title is the same entry, whoever made the file and when.
    event.add("uid", str(uuid5(NAMESPACE_OID, f"{day.isoformat()} {title}")))
    event.add("dtstamp", datetime.combine(day, time(), UTC))
    event.add("dtstart", day)
    event.add("summary", title)
    return event
