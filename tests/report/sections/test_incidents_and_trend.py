"""The two papers on what happened: one by one, and over time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.messages import messages
from amparo.model.incidents import Incident, Indicator
from amparo.model.workspace import Workspace
from amparo.report.blocks import Document, Together
from amparo.report.blocks_charts import Bars, Timeline
from amparo.report.made import Made
from amparo.report.sections import incidents, trend
from amparo.report.sections.material import Material
from amparo.report.sections.told import told
from amparo.report.typeset import typeset

TODAY = date(2026, 11, 24)
TICKET = "0" * 32
REPORTS = ("incidents", "trend")


def _data(report: str, workspace: Workspace, lang: str = "en", **asked: str) -> Material:
    return Material(workspace, report, "keepers", lang, None, TODAY, parameters=asked)


def _incident(number: int, on: str, **fields: Any) -> Incident:
    made = {
        "id": f"{number:032x}", "created_on": "2026-11-01", "on": on,
        "incident_kind": "i_watching", "severity": 2, "certainty": "seen",
    }  # fmt: skip
    return Incident.read({**made, **fields})


def _sign(note: str) -> Indicator:
    made = {"id": "f" * 32, "created_on": "2026-11-01", "on": "2026-11-02", "note": "x"}
    return Indicator.read({**made, "indicator_kind": "digital"}).model_copy(update={"note": note})


@pytest.fixture(scope="module")
def text(document_text: Callable[[Document], str]) -> Callable[[Material], str]:
    """What stands on one of the two papers, out of its notebook."""
    return lambda data: document_text(Made(data.report, TICKET, lambda _: data).document)


def _all(items: Any, kind: type) -> list[Any]:
    inner = [block for item in items if isinstance(item, Together) for block in item.blocks]
    return [item for item in (*items, *inner) if isinstance(item, kind)]


@pytest.mark.parametrize("lang", ["en", "es", "fr", "ar"])
@pytest.mark.parametrize("report", REPORTS)
def test_every_sentence_is_translated(workspaces: Any, text: Any, report: str, lang: str) -> None:
    """A key between brackets on paper helps nobody."""
    size = "small" if lang == "ar" else "large"

    said = text(_data(report, workspaces(size, lang), lang))

    assert "⟦" not in said
    assert messages(lang).text("report.example.line") in said


def test_each_incident_has_a_box_with_all_that_was_noted(marked: Any, document_text: Any) -> None:
    """What somebody noted and nobody finds again was noted for nothing."""
    marks = {mark.field: mark for mark in marked("en").marks if mark.kind == "incident"}
    data = _data("incidents", marked("en").workspace)

    said = document_text(Document("en", "-", incidents.boxes_blocks(data)))

    told_fields = (
        "on", "severity", "certainty", "place_kind", "role_affected", "what_happened",
        "response", "outcome", "reported_to", "decision", "lesson", "gender_dimension",
        "linked_activity_id", "review_by", "incident_kind",
    )  # fmt: skip
    # The kind of a day that is known by its year is a year.
    assert [n for n in told_fields if n != "on" and marks[n].said not in said] == []


def test_nobody_is_suspected_in_the_incident_report(marked: Any, text: Any) -> None:
    """A log that names who did it is read against those who kept it."""
    (actor,) = (m for m in marked("en").marks if (m.kind, m.field) == ("incident", "actor_id"))
    bare = [r for r in marked("en").workspace if r.kind != "sheet"]

    for report in REPORTS:
        assert actor.said not in text(_data(report, Workspace.of(bare)))


@pytest.mark.parametrize("report", REPORTS)
def test_sexual_violence_is_in_neither_paper(workspaces: Any, text: Any, report: str) -> None:
    """Safety rule 1.3: a count of one outs somebody."""
    sealed = _incident(1, "2026-11-20", incident_kind="i_sexual", what_happened="Zzmarker")
    held = workspaces("large", "en")

    with_it = text(_data(report, Workspace.of((*held, sealed))))

    assert with_it == text(_data(report, held))


def test_a_period_tells_what_lies_in_it_and_says_how_many_it_left_out(text: Any) -> None:
    """A paper that is silent about what it leaves out looks complete."""
    held = [_incident(n, f"2026-0{n}-15", what_happened=f"marker{n}") for n in range(1, 6)]
    asked = {"since": "2026-02-15", "until": "2026-04-14"}

    said = text(_data("incidents", Workspace.of(held), **asked))

    assert [n for n in range(1, 6) if f"marker{n}" in said] == [2, 3]
    assert "from 15 Feb 2026 to 14 Apr 2026" in said
    assert "Left out: outside these days: 3" in said
    assert "No. 2 ·" in said, "the number is the same in every period"


@pytest.mark.parametrize(
    ("precision", "on", "since", "counts"),
    [
        ("month", "2026-03-01", "2026-03-31", (1, 0)), ("day", "2026-03-30", "2026-03-31", (0, 1)),
        ("month", "2026-03-31", "2026-04-01", (0, 1)), ("year", "2025-01-01", "2025-12-31", (1, 0)),
    ],
)  # fmt: skip
def test_what_is_known_by_its_month_is_told_when_it_may_lie_in_the_period(
    precision: str, on: str, since: str, counts: tuple[int, int]
) -> None:
    """In doubt the reader decides, not the program."""
    held = Workspace.of([_incident(1, on, date_precision=precision)])

    found = told(_data("incidents", held, since=since))

    assert (len(found.incidents), found.outside) == counts


@given(
    days=st.lists(st.dates(), max_size=8),
    since=st.none() | st.dates(),
    until=st.none() | st.dates(),
)
def test_nothing_is_told_twice_and_nothing_is_lost(
    days: list[date], since: date | None, until: date | None
) -> None:
    """Told and left out are together all there is."""
    held = Workspace.of(_incident(n, day.isoformat()) for n, day in enumerate(days))
    since, until = sorted((since, until)) if since and until else (since, until)  # type: ignore[type-var]
    asked = {"since": since.isoformat() if since else None, "until": until}

    found = told(_data("trend", held, **{k: str(v) for k, v in asked.items() if v}))

    assert len({item.id for item in found.incidents}) + found.outside == len(days)
    assert sorted(found.numbers.values()) == list(range(1, len(days) + 1))


def test_each_year_has_its_line_and_every_incident_a_place(workspaces: Any) -> None:
    """A mark that is missing hides what repeats."""
    other = [
        _incident(1, "2023-05-04"), _incident(2, "2023-01-01", date_precision="year"),
        *(_incident(n, "2021-07-07") for n in range(3, 20)),
    ]  # fmt: skip
    data = _data("trend", Workspace.of((*workspaces("large", "en"), *other)))

    blocks = trend.months_blocks(data)

    lines = _all(blocks, Timeline)
    said = repr(blocks)
    assert [len(line.months) for line in lines] == [12, 12, 12]
    assert len(lines[0].happenings) == 10
    assert "No room in the picture, but in the list: no. 11, 12, 13, 14, 15, 16, 17." in said
    assert "Known by the year only, so in no month: no. 18." in said
    assert "For the years in between, nothing is written down." in said


def test_bars_count_whole_incidents_and_nothing_else(workspaces: Any) -> None:
    """An average or a share looks more exact than what anybody knows."""
    held = workspaces("large", "en")
    data = _data("trend", held)

    kinds, gravity = _all(trend.counts_blocks(data), Bars)

    count = len(held.all(Incident))
    for chart in (kinds, gravity):
        assert sum(bar.value for bar in chart.bars) == count
        assert all(bar.shown == str(int(bar.value)) for bar in chart.bars)


def test_the_trend_says_what_its_numbers_cannot_say(workspaces: Any, text: Any) -> None:
    """Few were written down does not mean that few happened."""
    said = text(_data("trend", workspaces("large", "en")))

    assert "Few were written down does not mean that few happened." in said
    assert "The same kind of thing happened" in said
    assert "Did the same happen to two or more groups like ours nearby?" in said
    assert re.search(r"\d[.,]\d|\d ?%", said) is None, "no decimals, no shares"


def test_a_pattern_outside_the_period_is_not_told(workspaces: Any, text: Any) -> None:
    """The paper of last year must not say what happened this month."""
    held = workspaces("large", "en")

    said = text(_data("trend", held, until="2026-08-31"))

    assert "The same kind of thing happened" not in said


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_an_empty_workspace_is_told_calmly(text: Any, report: str, lang: str) -> None:
    """Nothing blocks, ever."""
    said = text(_data(report, Workspace(), lang))

    assert messages(lang).text("report.log.none_next") in said
    assert "⟦" not in said


@pytest.mark.parametrize("report", REPORTS)
def test_days_without_anything_say_that_there_are_others(text: Any, report: str) -> None:
    """An empty period is not an empty log."""
    held = Workspace.of([_incident(1, "2026-03-01")])

    said = text(_data(report, held, since="2026-06-01"))

    assert "Nothing is written down for these days (from 1 Jun 2026 on)" in said
    assert "Written down for other days: 1." in said


@pytest.mark.parametrize(
    ("lang", "text"),
    [("ar", f"{'w' * 2_000} 🙂 نهر {'long words ' * 250}"), ("en", "long words " * 4_000)],
)
def test_huge_and_mixed_texts_are_typeset(lang: str, text: str) -> None:
    """An accident with the clipboard must not cost the report."""
    huge = _incident(1, "2026-11-20").model_copy(
        update={
            "what_happened": text,
            "place_kind": "نهر 🙂 river",
            "reported_to": (text[:300],) * 9,
        }
    )
    data = _data("incidents", Workspace.of([huge, _sign(text)]), lang)
    blocks = (*incidents.boxes_blocks(data), *incidents.signs_blocks(data))

    assert typeset(Document(lang, "-", blocks)).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("report", "lang"), [("incidents", "ar"), ("trend", "ar"), ("trend", "fr")]
)
def test_no_paper_overlaps_is_cut_or_too_small(
    workspaces: Any, paper_inspector: Any, report: str, lang: str
) -> None:
    """A line that hides another is missing on the bad day."""
    data = _data(report, workspaces("small" if lang == "ar" else "large", lang), lang)

    found = paper_inspector(typeset(Made(report, TICKET, lambda _: data).document), margin_mm=14)

    assert (found.overlapping, found.outside, found.drawn_outside) == ((), (), 0)
