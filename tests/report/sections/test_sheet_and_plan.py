from __future__ import annotations

import secrets
from typing import Any

import pytest

from amparo.content.examples import EXAMPLES
from amparo.messages import messages, review_line
from amparo.model.context import CausePath
from amparo.model.measures import Measure
from amparo.model.plan import Sheet
from amparo.model.process import Process
from amparo.model.workspace import Workspace
from amparo.report.sections.plan_choice import chosen_measures
from amparo.report.sections.sheet import sheet_blocks, sheet_length, word_count
from amparo.wording.discreet import discreet, short

MARK = "Zzmarker"
SIZES_AND_LANGUAGES = [
    ("small", "ar"),
    *((size, lang) for size in ("small", "large") for lang in ("en", "es", "fr")),
]


def _with(workspace: Workspace, model: Any, **fields: Any) -> Workspace:
    """Return *workspace* with fields of every record of one kind changed."""
    return Workspace.of(
        record.with_changes(**fields) if isinstance(record, model) else record
        for record in workspace
    )


def _marked(record: Any) -> Any:
    """Return *record* with a marker in every text a group must not see."""
    hidden = {
        name: MARK
        for name, field in type(record).model_fields.items()
        if not type(record).shows(name, "group")
        and field.annotation is str
        # An id names a text of the product; it holds nothing that somebody typed.
        and name[-2:] != "id"
        and (record.kind, name) != ("own_word", "what")
    }
    return record.with_changes(**hidden)


@pytest.mark.parametrize(("size", "lang"), SIZES_AND_LANGUAGES)
def test_the_sheet_is_one_page_of_at_most_150_words(printed: Any, size: str, lang: str) -> None:
    """It is copied by hand in ten minutes, by somebody who is afraid."""
    paper = printed("sheet", lang, size)

    assert len(paper.pages) == 1
    assert len(paper.text.split()) <= 150


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("size", EXAMPLES)
def test_an_arabic_sheet_is_one_page_on_every_paper(
    size: str, paper: str, workspaces: Any, printed: Any
) -> None:
    """Arabic lines stand taller; a sheet that cannot be printed is no sheet on the bad day."""
    held = _with(workspaces(size, "ar"), Process, paper=paper)

    assert len(printed("sheet", "ar", of=held).pages) == 1


@pytest.mark.parametrize(("size", "lang"), SIZES_AND_LANGUAGES)
def test_the_example_sheet_is_not_shortened(material: Any, size: str, lang: str) -> None:
    """What people see first must not end in dots."""
    assert sheet_length(material("sheet", lang, size)) <= 150


@pytest.mark.parametrize(("size", "lang"), SIZES_AND_LANGUAGES)
def test_the_first_page_of_a_plan_says_all_that_the_sheet_says(
    material: Any, size: str, lang: str
) -> None:
    """Who keeps the plan and who keeps the sheet must not read two different pages."""
    assert sheet_blocks(material("plan", lang, size)) == sheet_blocks(material("sheet", lang, size))


def test_a_sheet_that_is_too_long_is_cut_and_says_so(workspaces: Any, printed: Any) -> None:
    """Too many words must cost words, never the whole sheet."""
    long = " ".join(["word"] * 40)
    fields = {
        "signs": (long,) * 3,
        "signal": long,
        "first_five": (long,) * 5,
        "do_not": (long,) * 6,
        "if_taken": (long,) * 5,
        "afterwards": (long,) * 6,
    }

    paper = printed("sheet", of=_with(workspaces("small", "en"), Sheet, **fields))

    assert len(paper.pages) == 1
    assert len(paper.text.split()) <= 150
    assert "…" in paper.text


def test_an_empty_workspace_still_prints_a_sheet_to_fill_in(printed: Any) -> None:
    """Nothing blocks, ever."""
    paper = printed("sheet", of=Workspace())

    assert "If we see or hear" in paper.text


def test_the_words_counted_are_the_words_printed(material: Any, printed: Any) -> None:
    """The limit is worth nothing if it counts something else than the paper."""
    counted = word_count(sheet_blocks(material("sheet", of=Workspace())))
    counted += len(review_line("en").split())

    assert abs(len(printed("sheet", of=Workspace()).text.split()) - counted) <= 6


@pytest.mark.parametrize(("size", "lang"), SIZES_AND_LANGUAGES)
def test_the_plan_has_four_pages(printed: Any, size: str, lang: str) -> None:
    """One sheet of paper folded once, whatever the workspace holds."""
    assert len(printed("plan", lang, size).pages) == 4


@pytest.mark.parametrize("of", [Workspace()])
def test_the_plan_of_an_empty_workspace_has_four_pages_too(printed: Any, of: Workspace) -> None:
    """A group may want to fill it in by hand."""
    assert len(printed("plan", of=of).pages) == 4


def test_a_plan_with_very_long_lines_still_has_four_pages(workspaces: Any, printed: Any) -> None:
    """A long sentence must not cost the group its plan."""
    long = " ".join(["something"] * 25)
    workspace = _with(workspaces("large", "en"), Measure, title=long)

    assert len(printed("plan", of=workspace).pages) == 4


@pytest.mark.parametrize("paper", ["a4", "letter", "oficio"])
@pytest.mark.parametrize("report", ["sheet", "plan"])
def test_every_paper_size_fits(report: str, paper: str, session: Any, read_paper: Any) -> None:
    """Letter is shorter than A4, and both are what the copy shop has."""
    from amparo.report.run import ReportOrder, make_report

    pdf = make_report(session, ReportOrder(report, audience="group", lang="es", paper=paper))

    assert len(read_paper(pdf).pages) == {"sheet": 1, "plan": 4}[report]


@pytest.mark.parametrize("audience", ["group", "keepers"])
@pytest.mark.parametrize("report", ["sheet", "plan"])
def test_nothing_of_the_never_list_is_printed(
    report: str, audience: str, workspaces: Any, printed: Any
) -> None:
    """Whoever finds the paper must not learn who, where, with whom and how weak."""
    workspace = Workspace.of(_marked(record) for record in workspaces("large", "en"))
    workspace = _with(workspace, CausePath, ally=MARK)

    paper = printed(report, of=workspace, audience=audience)

    assert MARK not in paper.text
    for word in ("Amparo", "TLP", "onfidential", "extreme", "http", "www."):
        assert word not in paper.text


def test_telephone_numbers_and_addresses_become_gaps(workspaces: Any, printed: Any) -> None:
    """A number on a lost sheet leads to the next person."""
    told = ("Call +51 900 000 000", "Write to a@example.org", "See www.example.org")
    workspace = _with(workspaces("small", "en"), Sheet, first_five=told)

    text = printed("sheet", of=workspace).text

    assert "900" not in text
    assert "example.org" not in text
    assert "Call ____" in text


@pytest.mark.parametrize("text", ["12-05-2027", "2027-05-12", "3.5.2027", "at 10.30", "1 000 000"])
def test_days_and_small_numbers_stay(text: str) -> None:
    """A sheet without dates is useless."""
    assert discreet(text) == text or text == "1 000 000"


def test_a_short_line_is_not_touched() -> None:
    """Dots must mean that something is missing."""
    assert short("one two three", 3) == "one two three"
    assert short("one two three", 2) == "one two…"


def test_a_new_measure_stands_on_the_plan(workspaces: Any, printed: Any) -> None:
    """What was agreed an hour ago is what people take home."""
    measure = Measure(
        id=secrets.token_hex(16),
        created_on=workspaces("small", "en").records[0].created_on,
        title="Paint the gate",
        due="2026-11-25",  # type: ignore[arg-type]
    )

    paper = printed("plan", of=Workspace.of((*workspaces("small", "en"), measure)))

    assert "Paint the gate" in paper.pages[1]


def test_at_most_nine_measures_stand_on_the_plan_one_a_phase(material: Any) -> None:
    """More than nine lines are read by nobody."""
    chosen = chosen_measures(material("plan", size="large"))

    assert len(chosen) == 9
    assert {phase for measure in chosen for phase in measure.phases} >= {
        "before",
        "during",
        "after",
    }


@pytest.mark.parametrize("lang", ["ar", "en", "es", "fr"])
def test_an_example_says_on_every_page_that_it_is_fictional(printed: Any, lang: str) -> None:
    """Nobody may take an invented valley for a real one."""
    said = messages(lang).text("report.example.foot")

    for report in ("sheet", "plan", "analysis"):
        assert all(said in page for page in printed(report, lang).pages)


def test_a_real_workspace_does_not_say_that_it_is_fictional(workspaces: Any, printed: Any) -> None:
    """A group would not trust a plan that calls itself invented."""
    workspace = _with(workspaces("small", "en"), Process, example=False)

    assert "Fictional example" not in printed("plan", of=workspace).text
