"""The calendar: days under one harmless title, and nothing that says more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from icalendar import Calendar

from amparo.errors import AmparoError
from amparo.messages import messages
from amparo.model.measures import Measure
from amparo.model.plan import Sheet
from amparo.model.process import Process
from amparo.model.workspace import Workspace
from amparo.report.formats.calendar_file import NoDaysError, NoTitleError, write
from amparo.report.made import Made

Making = Callable[..., Made]
SOON = date(2026, 12, 1)


def _process(title: str = "Choir songs") -> Process:
    return Process(id="a" * 32, created_on=SOON, harmless_title=title)


def _measure(number: int, due: date, **more: Any) -> Measure:
    fields = {"title": "Guard the gate", "due": due, "status": "agreed", **more}
    return Measure(id=f"{number:032x}", created_on=SOON, **fields)


def _of(made: Making, *records: Any, **options: Any) -> Made:
    return made("plan", of=Workspace.of(records), **options)


def test_two_things_on_one_day_are_one_entry_with_the_title_alone(made: Making) -> None:
    """Whoever looks at the phone sees that something is on, and not what or how much."""
    sheet = Sheet(id="b" * 32, created_on=SOON, look_again_on=SOON)
    days = [_measure(1, SOON), _measure(2, SOON), _measure(3, date(2026, 12, 9)), sheet]

    data = write(_of(made, _process(), *days))

    calendar = Calendar.from_ical(data)
    events = calendar.walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [SOON, date(2026, 12, 9)]
    assert {str(event["summary"]) for event in events} == {"Choir songs"}
    assert b"gate" not in data


def test_an_entry_has_no_alarm_place_people_text_or_address(made: Making) -> None:
    """Domain safety rule 2.20."""
    calendar = Calendar.from_ical(write(made("plan")))

    assert set(calendar.keys()) == {"PRODID", "VERSION"}
    assert str(calendar["prodid"]) == "-//Calendar//EN"
    assert {component.name for component in calendar.walk()} == {"VCALENDAR", "VEVENT"}
    for event in calendar.walk("VEVENT"):
        assert set(event.keys()) == {"UID", "DTSTAMP", "DTSTART", "SUMMARY"}
        assert event.decoded("dtstamp") == datetime.combine(event.decoded("dtstart"), time(), UTC)
        assert "@" not in str(event["uid"])


def test_every_day_that_counts_is_there_and_no_other(made: Making) -> None:
    """What is over, what was dropped and what is only written down needs no entry."""
    source = made("plan", size="large")
    today, whole = source.data.today, source.data.workspace
    names = {
        "measure": "due", "sheet": "look_again_on", "review": "next_on",
        "plan_version": "destroy_by", "support_request": "followup_on",
    }  # fmt: skip
    days = {
        getattr(record, names[record.kind])
        for record in whole
        if record.kind in names and getattr(record, "status", "") != "dropped"
    }

    found = [e.decoded("dtstart") for e in Calendar.from_ical(write(source)).walk("VEVENT")]

    assert found == sorted(day for day in days if day and day >= today)
    assert len(found) > 5


def test_the_same_days_give_the_same_bytes_and_another_group_other_ids(made: Making) -> None:
    """A second import into a phone must not double a day, nor one group's write over another's."""
    one, again = (write(_of(made, _process(), _measure(1, SOON))) for _ in range(2))
    other = write(_of(made, _process("Harvest"), _measure(1, SOON)))

    uids = {str(Calendar.from_ical(data).walk("VEVENT")[0]["uid"]) for data in (one, again, other)}
    assert one == again
    assert len(uids) == 2


@pytest.mark.parametrize("lang", ["ar", "en", "es", "fr"])
@pytest.mark.parametrize(
    ("records", "error"),
    [
        ((_measure(1, SOON),), NoTitleError),
        ((_process(""), _measure(1, SOON)), NoTitleError),
        ((_process(), _measure(1, date(2026, 11, 23))), NoDaysError),
        ((_process(), _measure(1, SOON, status="dropped")), NoDaysError),
    ],
)
def test_what_cannot_be_made_is_said_in_a_sentence(
    made: Making, lang: str, records: Any, error: type[AmparoError]
) -> None:
    """A calendar called after the program would be the opposite of harmless."""
    with pytest.raises(error) as caught:
        write(_of(made, *records))

    assert "⟦" not in messages(lang).error(caught.value)


def test_a_title_cannot_add_lines_of_its_own(made: Making) -> None:
    """What somebody typed is a title and nothing more."""
    title = "Choir; songs, \\nATTACH:x"

    (event,) = Calendar.from_ical(write(_of(made, _process(title), _measure(1, SOON)))).walk(
        "VEVENT"
    )

    assert str(event["summary"]) == title
    assert "ATTACH" not in event
