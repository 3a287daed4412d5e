"""Nothing leaves the group before two people have read every sentence of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.content.examples import example
from amparo.errors import NotReadError
from amparo.method.budget import budget
from amparo.model.base import Record
from amparo.model.reach import Audience
from amparo.model.statements import Statement
from amparo.model.workspace import Workspace
from amparo.report.blank import make_blank
from amparo.report.formats import FORMATS
from amparo.report.leaving import leaving
from amparo.report.run import ReportOrder, execute, make_report, shown_report
from amparo.report.sections.material import Material
from amparo.report.ticks import Ticks, read_ticks, require_ticks, ticks_json
from amparo.resources import bundled

TODAY = date(2026, 11, 24)
OUTSIDE: list[tuple[str, Audience]] = [
    ("allies", "allies"), ("public", "public"), ("donor", "allies"),
]  # fmt: skip


@pytest.fixture(scope="module")
def whole() -> Workspace:
    return Workspace.of(example("small", "en", TODAY))


def _data(whole: Workspace, report: str, audience: Audience, lang: str = "en") -> Material:
    lines = budget(whole) if report == "donor" else ()
    cut = whole.for_audience(audience)
    return Material(cut, report, audience, lang, None, TODAY, budget=lines)


def _ticks(data: Material, *letters: str) -> Ticks:
    going = leaving(data)
    return Ticks(going.digest, letters or ("A", "B"), len(going.sentences))


def _with(whole: Workspace, model: type[Record], change: Callable[[Any], Any]) -> Workspace:
    return Workspace.of(change(one) if isinstance(one, model) else one for one in whole)


class DummySession:
    """A session without a keeper, whose records somebody may change."""

    def __init__(self, whole: Workspace) -> None:
        self.whole = whole
        self._asked: list[tuple[str, Audience, str]] = []

    def ticket(
        self,
        report: str,
        audience: Audience,
        lang: str,
        paper: str | None = None,
        *,
        parameters: Mapping[str, str | int] | None = None,
        without: Iterable[str] = (),
    ) -> str:
        assert (paper, parameters, tuple(without)) == (None, {}, ())
        self._asked.append((report, audience, lang))
        return f"{len(self._asked) - 1:032x}"

    def report_data(self, ticket: str) -> Material:
        return _data(self.whole, *self._asked[int(ticket, 16)])


@pytest.mark.parametrize(("report", "audience"), OUTSIDE)
@pytest.mark.parametrize("form", FORMATS)
def test_no_form_leaves_unread(
    whole: Workspace, report: str, audience: Audience, form: str
) -> None:
    """A table is copied and sent even faster than a paper."""
    order = ReportOrder(report, audience, "en", form=form)

    with pytest.raises(NotReadError):
        make_report(DummySession(whole), order)


def test_a_changed_copy_of_a_notebook_leaves_as_little_unread(whole: Workspace) -> None:
    """Whoever takes a section out of the paper still sends the others."""
    data = _data(whole, "allies", "allies")
    path = bundled("workbooks") / "reports" / "allies.ipynb"

    with pytest.raises(NotReadError):
        execute(path, "0" * 32, lambda _: data)
    assert execute(path, "0" * 32, lambda _: data, _ticks(data)).cells


def test_a_paper_is_shown_to_those_who_must_read_it(whole: Workspace) -> None:
    """Who reads sentence by sentence may also see how it will look, on the own screen only."""
    data = _data(whole, "allies", "allies")

    assert b"Stand beside us" in shown_report("allies", "0" * 32, lambda _: data)


def test_what_two_people_read_is_made(whole: Workspace) -> None:
    """The way out is open, for those who go it."""
    ticks = _ticks(_data(whole, "allies", "allies"))

    made = make_report(DummySession(whole), ReportOrder("allies", "allies", "en"), ticks)

    assert made.startswith(b"%PDF")


def test_what_was_changed_after_reading_is_refused(whole: Workspace) -> None:
    """A name that was added in the night has been read by nobody."""
    session = DummySession(whole)
    ticks = _ticks(_data(whole, "public", "public"))
    session.whole = _with(
        whole, Statement, lambda one: one.with_changes(what_happens="Somebody was added")
    )

    with pytest.raises(NotReadError, match="not what was read"):
        make_report(session, ReportOrder("public", "public", "en"), ticks)


@pytest.mark.parametrize(
    "change",
    [
        {"letters": ("A", "A")}, {"letters": ("A",)}, {"letters": ()}, {"letters": ("A", "B", "C")},
        {"letters": ("A", "b")}, {"letters": ("A", "María")}, {"digest": "0" * 16},
        {"sentences": 0},
    ],
)  # fmt: skip
def test_ticks_of_one_person_or_of_another_list_are_none(
    whole: Workspace, change: dict[str, Any]
) -> None:
    """One tired person is the one who overlooks it."""
    data = _data(whole, "allies", "allies")

    require_ticks(data, _ticks(data))
    with pytest.raises(NotReadError):
        require_ticks(data, replace(_ticks(data), **change))


def test_ticks_for_allies_do_not_open_the_way_to_everybody(whole: Workspace) -> None:
    """What a friend may know is not what anybody may know."""
    allies = _ticks(_data(whole, "allies", "allies"))

    for report, audience in OUTSIDE[1:]:
        with pytest.raises(NotReadError):
            require_ticks(_data(whole, report, audience), allies)


@pytest.mark.parametrize(
    ("report", "audience"), [("plan", "group"), ("sheet", "personal"), ("notes", "keepers")]
)
def test_papers_of_the_group_need_no_ticks(
    whole: Workspace, report: str, audience: Audience
) -> None:
    """On a bad day the sheet must come at once."""
    require_ticks(_data(whole, report, audience), None)


def test_empty_forms_need_no_ticks() -> None:
    """There is nothing on them to read."""
    assert make_blank(lang="en").startswith(b"%PDF")


def test_every_text_that_leaves_stands_in_the_list(whole: Workspace) -> None:
    """What is not in the list would leave unread, in a table if not on paper."""
    data = _data(whole, "allies", "allies")
    (one,) = [s for s in data.workspace.all(Statement) if s.reader == "allies"]
    listed = " ".join(sentence.text for sentence in leaving(data).sentences)

    texts = (one.title, *one.what_we_ask, *one.how_to_help, *one.please_do_not)

    assert not [text for text in texts if text not in listed]
    assert one.what_happens in listed
    assert "12 Feb 2027" in listed


def test_a_text_is_read_sentence_by_sentence(whole: Workspace) -> None:
    """A name in the ninth line of a block is the one that slips through."""
    told = "One. Two? Three!\nFour… خمسة؟ ستة"
    changed = _with(whole, Statement, lambda one: one.with_changes(what_happens=told))

    texts = [s.text for s in leaving(_data(changed, "public", "public")).sentences]

    assert [text for text in texts if text in {"One.", "Two?", "Three!", "Four…", "خمسة؟", "ستة"}]
    assert len(set(texts) & {"One.", "Two?", "Three!", "Four…", "خمسة؟", "ستة"}) == 6


def test_the_digest_is_of_the_words_and_not_of_the_language_of_the_screen(
    whole: Workspace,
) -> None:
    """Two who read in Spanish have read the paper that has French headings."""
    digests = {leaving(_data(whole, "allies", "allies", lang)).digest for lang in ("en", "fr")}

    assert len(digests) == 1


@given(word=st.text(st.characters(categories=("L", "N")), min_size=1, max_size=30))
def test_any_other_word_makes_another_digest(word: str) -> None:
    """Nobody can put in a word that nobody read."""

    def one(title: str) -> Material:
        statement = Statement.read(
            {"id": "a" * 32, "created_on": TODAY, "reader": "public", "title": title,
             "sensitivity": "clear"}
        )  # fmt: skip
        return _data(Workspace.of([statement]), "public", "public")

    before, after = leaving(one("first")), leaving(one(f"first {word}"))

    assert before.digest != after.digest


def test_a_flag_stands_beside_its_sentence(whole: Workspace) -> None:
    """The eye must find the number before the paper finds the reader."""
    told = "All is well. Call 55 5555 0100 first."
    changed = _with(whole, Statement, lambda one: one.with_changes(what_happens=told))

    flagged = [s for s in leaving(_data(changed, "public", "public")).sentences if s.flags]

    assert [(s.text, s.flags) for s in flagged] == [("Call 55 5555 0100 first.", ("telephone",))]


def test_a_file_of_ticks_comes_back_and_holds_no_text(whole: Workspace, tmp_path: Path) -> None:
    """It lies about on a stick and must tell nobody anything."""
    data = _data(whole, "allies", "allies")
    ticks = replace(_ticks(data), on="2026-11-24")
    path = tmp_path / "ticks.json"

    path.write_bytes(ticks_json(ticks))

    assert read_ticks(path) == ticks
    assert json.loads(path.read_text("utf-8")) == {
        "digest": ticks.digest, "letters": ["A", "B"], "sentences": ticks.sentences,
        "on": "2026-11-24",
    }  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{}", b"\xff", b"[" * 3000,
        b'{"digest": "0000000000000000", "letters": ["A", "B"], "sentences": true}',
        b'{"digest": "0000000000000000", "letters": "AB", "sentences": 1}',
        b'{"digest": "0000000000000000", "letters": ["A", ["B"]], "sentences": 1}',
        b'{"digest": "../", "letters": ["A", "B"], "sentences": 1}',
        b'{"digest": "0000000000000000", "letters": ["A", "B"], "sentences": 1, "on": "Maria"}',
        b'{"digest": "0000000000000000", "letters": ["A", "B"], "sentences": 1, "x": 1}',
    ],
)  # fmt: skip
def test_what_is_no_file_of_ticks_is_refused(tmp_path: Path, content: bytes) -> None:
    """A wrong file is picked easily."""
    path = tmp_path / "ticks.json"
    path.write_bytes(content)

    with pytest.raises(NotReadError):
        read_ticks(path)
    with pytest.raises(NotReadError):
        read_ticks(tmp_path / "none.json")
