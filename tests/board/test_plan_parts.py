"""The parts of S9, S10 and S11: ways, measures, ideas, protocols, ladder, wheel, sheet."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest

from amparo.board import Scene
from amparo.board.parts import (
    alert_ladder,
    measure_board,
    protocols,
    sheet_editor,
    strategy_chooser,
    wheel,
)
from amparo.board.parts.measure_board import MOST_IDEAS
from amparo.content.examples import example
from amparo.messages import messages
from amparo.model.fields import form_of
from amparo.model.measures import Measure
from amparo.model.plan import AlertLevel, ProtocolEvent
from amparo.model.risk import StrategyChoice
from amparo.model.threats import Threat
from amparo.model.workspace import Workspace
from amparo.wording.choices import pack_of

TODAY = date(2026, 11, 25)
SMALL = Workspace.of(example("small", "en", TODAY))
LARGE = Workspace.of(example("large", "en", TODAY))


def _scene(workspace: Workspace, lang: str = "en", **options: Any) -> Scene:
    return Scene(workspace, {}, messages(lang), TODAY, options)


def _board(workspace: Workspace = SMALL, lang: str = "en", **options: Any) -> dict[str, Any]:
    return measure_board.draw(_scene(workspace, lang, **options))


@pytest.mark.parametrize(
    ("kind", "sections"),
    [("measure", measure_board.SECTIONS), ("sheet", sheet_editor.SECTIONS)],
)
def test_every_field_has_its_place_in_a_section(kind: str, sections: Any) -> None:
    """A field that no section names would hide under "More" and be forgotten."""
    placed = [name for _, names in sections for name in names]

    assert sorted(placed) == sorted(spec.name for spec in form_of(kind))


def test_an_idea_always_comes_with_its_caveats_its_age_and_who_looked_at_it() -> None:
    """Advice without its danger has hurt people."""
    shown = _board()["ideas"]["shown"]

    assert 0 < len(shown) <= MOST_IDEAS
    for idea in shown:
        assert idea["caveats"]
        assert idea["sources"]
        assert idea["year"] >= 2000
        assert idea["reviewed"] is False


def test_old_knowledge_is_marked_as_old() -> None:
    """A group must see that somebody has to look again."""
    later = Scene(SMALL, {}, messages("en"), date(2040, 1, 1), {})

    assert all(idea["stale"] for idea in measure_board.draw(later)["ideas"]["shown"])
    assert not _board()["ideas"]["shown"][0]["stale"]


def test_what_is_taken_over_is_a_whole_measure_that_the_group_still_edits() -> None:
    """It begins as an idea, with nobody's letter and no date."""
    threat = SMALL.all(Threat)[0]
    gives = _board()["ideas"]["shown"][0]["gives"]

    made = Measure.read({"id": "b" * 32, "created_on": TODAY, "threat_ids": [threat.id], **gives})
    after = _board(Workspace.of([*SMALL, made]))

    assert (made.status, made.owner_role, made.due) == ("idea", None, None)
    assert made.from_catalogue not in {idea["id"] for idea in after["ideas"]["shown"]}


def test_others_are_shown_six_at_a_time_and_begin_again_at_the_end() -> None:
    """Nobody is shown twenty-six ideas at once, and nobody is stuck at the last one."""
    every = _board()["ideas"]["all"]
    pages = [_board(first=first)["ideas"] for first in range(0, every, MOST_IDEAS)]

    seen = [idea["id"] for page in pages for idea in page["shown"]]

    assert len(seen) == len(set(seen)) == every
    assert _board(first=every + 1)["ideas"]["first"] == 0


def test_an_empty_place_is_asked_for_by_name_and_nonsense_is_passed_over() -> None:
    """The page sends words, and words are never trusted."""
    ideas = _board(phase="after", approach="reactive_restore")["ideas"]
    wrong = _board(phase="never", approach=7, threat="x", first=True)["ideas"]

    assert all(idea["gives"]["approach"] == "reactive_restore" for idea in ideas["shown"])
    assert all("after" in idea["gives"]["phases"] for idea in ideas["shown"])
    assert (wrong["phase"], wrong["approach"]) == (None, None)


def test_the_three_counts_and_the_hints_come_from_the_method() -> None:
    """Ready for the bad day, prevents, acts on causes: never a share in percent."""
    small, large = _board(), _board(LARGE, "ar")

    assert small["counts"] == [["ready", 6], ["prevents", 2], ["causes", 1]]
    assert small["hints"] == []
    assert {"B3", "B5"} <= {hint["rule"] for hint in large["hints"]}
    assert all("⟦" not in str(hint) for hint in large["hints"])


def test_a_serious_threat_asks_for_two_ways_and_doubts_come_from_the_method() -> None:
    """The chooser says what the method judges, and nothing for an empty workspace."""
    drawn = strategy_chooser.draw(_scene(SMALL))
    choice = {"threat_id": drawn["threat"], "families": ["care"], "test": {"harms_nobody": 0}}
    made = StrategyChoice.read({"id": "c" * 32, "created_on": TODAY, **choice})

    harmful = strategy_chooser.draw(_scene(Workspace.of([*SMALL, made])))

    assert drawn["two"]
    assert drawn["doubts"] == ["second_way"]
    assert harmful["doubts"] == ["harms", "second_way"]
    assert [one["id"] for one in harmful["choices"]] == ["c" * 32]
    assert strategy_chooser.draw(_scene(Workspace()))["choices"] == []


def test_every_chosen_way_can_be_opened_with_its_threat() -> None:
    """A way that no tab shows could never be changed again."""
    held = {choice.id for choice in LARGE.all(StrategyChoice)}
    shown = {
        one["id"]
        for threat in LARGE.all(Threat)
        for one in strategy_chooser.draw(_scene(LARGE, "ar", threat=threat.id))["choices"]
    }

    assert shown == held


@pytest.mark.parametrize("lang", ["en", "es", "fr", "ar"])
def test_every_kind_of_bad_day_has_steps_to_begin_with_that_fit_one_line(lang: str) -> None:
    """A step is one line of at most 300 characters, in the language of the page."""
    drawn = protocols.draw(_scene(Workspace(), lang))["ideas"]
    known = pack_of("measures", "sources").measures

    assert set(drawn) == set(get_args(ProtocolEvent))
    assert {one for ids in protocols.IDEAS.values() for one in ids} <= set(known)
    for event, ideas in drawn.items():
        assert ideas or event == "other"
        for idea in ideas:
            assert idea["caveats"]
            assert all(0 < len(text) <= 300 and "⟦" not in text for text in idea["lines"])


def test_the_ladder_has_four_rungs_and_names_the_level_without_end() -> None:
    """Orange for months makes people stop looking up."""
    endless = [AlertLevel(id=f"{n:032x}", created_on=TODAY, colour=colour)
               for n, colour in enumerate(("green", "orange"), 1)]  # fmt: skip

    empty = alert_ladder.draw(_scene(Workspace()))
    drawn = alert_ladder.draw(_scene(Workspace.of(endless)))

    assert [rung["colour"] for rung in empty["rungs"]] == ["red", "orange", "yellow", "green"]
    assert drawn["endless"] == [endless[1].id]


def test_the_wheel_shows_the_newest_names_its_flattest_spoke_and_keeps_the_old_ones() -> None:
    """A group sees that it grew, not only what it lacks."""
    drawn = wheel.draw(_scene(LARGE, "ar"))

    assert drawn["flattest"] == "evaluating"
    assert len(drawn["values"]) == len(drawn["spokes"]) == 8
    assert len(drawn["earlier"]) == len(drawn["wheels"]) - 1 == 1
    assert wheel.draw(_scene(Workspace()))["flattest"] is None


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_sheet_is_seen_in_the_order_of_the_paper_and_counted(lang: str) -> None:
    """What is too long is seen before it is printed, also when nothing is written yet."""
    full = sheet_editor.draw(_scene(Workspace.of(example("small", lang, TODAY)), lang))
    empty = sheet_editor.draw(_scene(Workspace(), lang))

    assert [part["letter"] for part in empty["parts"]] == list("abcdefghi")
    assert 0 < empty["words"] < full["words"] <= full["most"] == 150
