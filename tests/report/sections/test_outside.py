"""What leaves the group: three papers that tell no more than was decided."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from amparo.errors import AudienceError
from amparo.method.budget import budget
from amparo.model.base import Record, field_reach
from amparo.model.context import CausePath
from amparo.model.fields import FieldSpec, form_of
from amparo.model.registry import read_record
from amparo.model.statements import Statement
from amparo.model.support import SupportRequest
from amparo.model.workspace import Workspace
from amparo.report.blocks import Table, plain
from amparo.report.leaving import leaving
from amparo.report.opened import Report
from amparo.report.run import run_report
from amparo.report.sections.material import Material
from amparo.report.sections.outside import statements_for
from amparo.report.ticks import Ticks

LANGS = ("ar", "en", "es", "fr")
OUTSIDE = ("allies", "public", "donor")
MARKS = {reach: f"Zz{reach}zz" for reach in ("keepers", "group", "allies", "public")}
MAY_SHOW = {"allies": {"allies", "public"}, "public": {"public"}, "donor": set()}


def _marked(record: Record, label: str) -> Record:
    """Return *record* with, in every text, a mark that says how far it may travel."""
    values = record.model_dump(mode="json")
    for spec in form_of(record.kind):
        mark = MARKS[field_reach(type(record), spec.name)]
        values[spec.name] = _filled(spec, values[spec.name], mark)
    return read_record(record.kind, {**values, "sensitivity": label})


def _filled(spec: FieldSpec, value: Any, mark: str) -> Any:
    if spec.control in {"word", "line", "text"}:
        return [mark] * max(len(value), 1) if spec.many else mark
    if spec.control == "group" and value:
        inside = [
            {**one, **{sub.name: _filled(sub, one.get(sub.name), mark) for sub in spec.fields
                       if not sub.many and sub.control in {"word", "line", "text"}}}
            for one in (value if spec.many else [value])
        ]  # fmt: skip
        return inside if spec.many else inside[0]
    return value


@pytest.fixture(scope="session")
def donor(workspaces: Any, material: Any) -> Any:
    def get(lang: str, size: str = "small") -> Material:
        cut = material("donor", lang, size)
        whole = workspaces(size, lang)
        return Material(
            cut.workspace, "donor", "allies", lang, None, cut.today, budget=budget(whole)
        )

    return get


def _pdf(data: Material) -> bytes:
    going = leaving(data)
    ticks = Ticks(going.digest, ("A", "B"), len(going.sentences))
    return run_report(data.report, "0" * 32, lambda _: data, ticks=ticks)


@pytest.fixture(scope="session")
def paper_of(material: Any, donor: Any, read_paper: Any) -> Any:
    made: dict[tuple[str, str], Any] = {}

    def get(report: str, lang: str) -> Any:
        if (report, lang) not in made:
            data = donor(lang) if report == "donor" else material(report, lang)
            made[report, lang] = read_paper(_pdf(data))
        return made[report, lang]

    return get


@pytest.mark.parametrize("label", ["amber_strict", "clear"])
@pytest.mark.parametrize("report", OUTSIDE)
def test_no_text_goes_further_than_its_field_and_its_label_say(
    report: str, label: str, workspaces: Any, material: Any
) -> None:
    """One name in one sentence that was never meant for others can cost a life."""
    ws = Workspace.of(_marked(record, label) for record in workspaces("large", "en"))
    data = material(report, "en", of=ws)

    shown = repr([getattr(Report(data), name)().blocks for name in _sections(report)])

    expected = MAY_SHOW[report] if label == "clear" else set()
    assert {reach for reach, mark in MARKS.items() if mark in shown} == expected


def _sections(report: str) -> tuple[str, ...]:
    return {
        "allies": ("ally_words", "ally_asks", "ally_help", "ally_answer"),
        "public": ("public_words", "public_demands"),
        "donor": ("budget",),
    }[report]


@pytest.mark.parametrize("report", OUTSIDE)
def test_a_section_copied_into_another_report_is_refused(report: str, material: Any) -> None:
    """Gaps on the group's own plan would look like decisions."""
    data = material("plan", "en")

    for name in _sections(report):
        with pytest.raises(AudienceError):
            getattr(Report(data), name)()


@pytest.mark.parametrize("report", OUTSIDE)
@pytest.mark.parametrize("lang", LANGS)
def test_the_papers_fit_their_pages_in_every_language(
    report: str, lang: str, paper_of: Any, paper_inspector: Any
) -> None:
    """Two pages for allies, one for everybody and for a donor, and nothing is cut."""
    paper = paper_of(report, lang)

    faults = paper_inspector(paper.pdf, min_pt=10.0, margin_mm=14.0)

    assert len(paper.pages) <= (2 if report == "allies" else 1)
    assert "⟦" not in paper.text
    assert faults.none, faults


def test_the_longest_statements_still_fit(material: Any, read_paper: Any) -> None:
    """Who wrote much must get a paper, and be told by dots that it was shortened."""
    base = {"created_on": "2026-11-01", "what_happens": "word " * 900}
    lists = {
        "what_we_ask": ["ask " * 60] * 7, "how_to_help": ["help " * 50] * 7,
        "please_do_not": ["not " * 60] * 5,
    }  # fmt: skip
    records: list[Record] = [
        Statement.read({**base, **lists, "id": f"{number:032x}", "title": "title " * 40,
                        "reader": reader, "sensitivity": "clear"})
        for number, reader in enumerate(("allies", "public") * 4)
    ]  # fmt: skip
    records += [
        CausePath.read({"id": f"{number:032x}", "created_on": "2026-11-01", "driver_id": "a" * 32,
                        "ask": "ask " * 60, "who_decides": "who " * 60, "lever": "law " * 60,
                        "first_small_win": "win " * 60, "sensitivity": "clear"})
        for number in range(20, 30)
    ]  # fmt: skip
    records += [
        SupportRequest.read({"id": f"{number:032x}", "created_on": "2026-11-01",
                             "request_type": "r_accompaniment", "consent": "collective_consent",
                             "sensitivity": "clear"})
        for number in range(40, 50)
    ]  # fmt: skip
    ws = Workspace.of(records)

    assert len(read_paper(_pdf(material("allies", "fr", of=ws))).pages) == 2
    assert len(read_paper(_pdf(material("public", "ar", of=ws))).pages) == 1


def test_the_public_paper_says_when_nothing_was_decided(material: Any) -> None:
    """An empty page with a heading could be filled in by anybody."""
    blocks = Report(material("public", "en", of=Workspace())).public_words().blocks

    assert "Nothing has been decided for the public yet." in repr(blocks)


def test_what_was_written_for_allies_is_not_on_the_public_paper(paper_of: Any) -> None:
    """Two readers, two texts."""
    public, allies = paper_of("public", "en").text, paper_of("allies", "en").text

    assert "Stand beside us" in allies
    assert "Stand beside us" not in public
    assert "No dam without a free answer" in public
    assert "No dam without a free answer" not in allies


def test_a_statement_that_ended_is_not_told(material: Any, workspaces: Any) -> None:
    """What was true in spring calls people to a place in autumn."""
    data = material("allies", "en")
    late = data.today + timedelta(days=365)
    after = Material(data.workspace, "allies", "allies", "en", None, late)

    assert statements_for(data, "allies")
    assert statements_for(after, "allies") == ()


def test_no_letter_and_no_source_of_help_is_on_the_paper_for_allies(material: Any) -> None:
    """In a committee of seven a letter is a name."""
    data = material("allies", "en", "large")
    blocks = repr([getattr(Report(data), name)().blocks for name in _sections("allies")])

    assert data.workspace.all(SupportRequest)
    assert "someone of the group" in blocks
    # The letters of the example stand alone in a cell, or with a comma after them.
    assert not [
        letter for letter in "ABCDEFGH" if f"'{letter}'" in blocks or f"'{letter}," in blocks
    ]


def test_the_budget_has_counts_and_empty_amounts_and_nothing_else(donor: Any) -> None:
    """Whoever pays learns what it costs, not what is feared."""
    data = donor("en", "large")
    (table,) = [block for block in Report(data).budget().blocks if isinstance(block, Table)]

    assert len(data.workspace.all(Statement)) == 2, "the reader's cut holds other records"
    assert {plain(row[-1]).strip() for row in table.rows} == {""}
    assert plain(table.rows[-1][2]) == str(sum(line.count for line in data.budget))
    assert not [title for title in _titles(donor) if title in repr(table)]


def _titles(donor: Any) -> list[str]:
    from amparo.content.examples import example

    day = donor("en").today
    return [r.title for r in example("large", "en", day) if r.kind == "measure"]  # type: ignore[attr-defined]
