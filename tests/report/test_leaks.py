"""No form of any report holds what its reader may not see, in any layer of the file."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import product
from typing import Any

import pytest

from amparo.messages import languages
from amparo.method.priorities import plan_measures
from amparo.report.audiences import REPORTS
from amparo.report.formats import FORMATS, format_of
from amparo.report.formats.calendar_file import NoDaysError
from amparo.report.made import Made
from amparo.report.sections.material import Material

from .marked import Marked, holds_day, layers, marked

TODAY = date(2100, 9, 25)  # neither it nor ninety days later is a mark
WHOLE = ("sheet", "plan", "analysis")
LANGS = languages()
READERS = [(report, reader) for report, kind in REPORTS.items() for reader in kind.audiences]


def _cases() -> list[tuple[str, Any, str, str]]:
    """All of sheet, plan and analysis; of the others every pair of any two choices."""
    whole = [
        (report, reader, lang, form)
        for (report, reader), lang, form in product(READERS, LANGS, FORMATS)
        if report in WHOLE
    ]
    turning = [
        (report, reader, LANGS[(number + turn) % len(LANGS)], form)
        for number, (report, reader) in enumerate(READERS)
        for turn, form in enumerate(FORMATS)
        if report not in WHOLE
    ]
    return whole + turning


@lru_cache(maxsize=1)
def _workspace() -> Marked:
    return marked()


@lru_cache(maxsize=128)
def _made(report: str, reader: Any, lang: str, seen_by: Any = None) -> Made:
    held = _workspace().workspace
    cut = held.for_audience(seen_by or reader)
    data = Material(
        cut, report, reader, lang, None, TODAY,
        chosen=tuple(one.id for one in plan_measures(held)), review_on=TODAY,
    )  # fmt: skip
    return Made(report, "0" * 32, lambda _: data)


@pytest.mark.parametrize(("report", "reader", "lang", "form"), _cases())
def test_r39_a_file_holds_no_mark_of_a_field_that_is_not_shared(
    report: str, reader: Any, lang: str, form: str
) -> None:
    """A name in the properties of a file is a name in the wrong hands."""
    try:
        read = layers(form, format_of(form).write(_made(report, reader, lang)))
    except NoDaysError:
        assert form == "ics"  # nothing of this reader's has a day: there is no file
        return

    held = _workspace()
    assert [mark for mark in held.hidden_texts(reader) if mark in read] == []
    assert [day for day in held.hidden_days(reader, lang) if holds_day(read, day)] == []


@pytest.mark.parametrize("form", [name for name in FORMATS if name != "ics"])
def test_a_leak_would_be_found_in_every_form(form: str) -> None:
    """The test above is worth nothing if it cannot read the file."""
    leaking = _made("plan", "group", "en", "keepers")
    read = layers(form, format_of(form).write(leaking))

    marks = _workspace().shown_texts("group")
    assert any(mark in read for mark in marks)


def test_every_pair_of_choices_is_looked_at() -> None:
    """Pairwise is a promise, not a habit."""
    cases = _cases()

    for report, reader in READERS:
        own = [case for case in cases if case[:2] == (report, reader)]
        assert {case[3] for case in own} == set(FORMATS)
        assert {case[2] for case in own} == set(LANGS)
    assert {(lang, form) for _, _, lang, form in cases} == set(product(LANGS, FORMATS))
