"""What the parts of "what surrounds us" show: the line of time, the tree of causes, the paths."""

from __future__ import annotations

import json
from datetime import date

import pytest

from amparo.board.parts import cause_path, cause_tree, timeline
from amparo.board.scene import Scene
from amparo.content.examples import Size, example
from amparo.messages import messages
from amparo.model.base import Record
from amparo.model.context import CausePath, Driver, TimelineEvent, Upcoming
from amparo.model.registry import read_record
from amparo.model.workspace import Workspace

TODAY = date(2026, 11, 24)
PARTS = (timeline, cause_tree, cause_path)


def _scene(lang: str, *records: Record) -> Scene:
    return Scene(Workspace.of(records), {}, messages(lang), TODAY)


def _example(lang: str = "en", size: Size = "large") -> Scene:
    return _scene(lang, *example(size, lang, TODAY))


def _made(kind: str, number: int = 1, **fields: object) -> Record:
    base = {"id": f"{number:032x}", "created_on": TODAY.isoformat()}
    return read_record(kind, {**base, **fields})


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__.rpartition(".")[2])
def test_a_part_says_everything_in_arabic_and_is_plain_json(part) -> None:
    """What is not translated shows as a key, and a widget sends nothing but JSON."""
    shown = json.dumps(part.draw(_example("ar", "small")), ensure_ascii=False)

    assert "⟦" not in shown


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__.rpartition(".")[2])
def test_an_empty_workspace_is_drawn_too(part) -> None:
    """A screen that breaks when nothing is written helps nobody to begin."""
    assert json.dumps(part.draw(_scene("en")))


def test_every_event_and_date_is_on_the_line_in_order_of_time() -> None:
    """An event that is missing hides why an attack came."""
    scene = _example()

    marks = timeline.draw(scene)["marks"]

    known = (*scene.workspace.all(TimelineEvent), *scene.workspace.all(Upcoming))
    assert {mark["id"] for mark in marks} == {one.id for one in known}
    assert [mark["on"] for mark in marks] == sorted(mark["on"] for mark in marks)
    assert all(0 <= mark["from"] <= mark["to"] <= 1 for mark in marks)


def test_what_is_coming_stands_behind_today_and_what_is_over_before() -> None:
    """A date that was missed must not look like one that can still be prepared."""
    drawn = timeline.draw(_example())
    places = {mark["state"]: [] for mark in drawn["marks"]}
    for mark in drawn["marks"]:
        places[mark["state"]].append(mark["to"])

    assert max(places["past"] + places["gone"]) <= drawn["now"] < min(places["soon"])


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        ("day", date(2024, 2, 10), date(2024, 2, 10)),
        ("month", date(2024, 2, 1), date(2024, 2, 29)),
        ("year", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_date_is_as_long_as_it_is_unsure(precision, first: date, last: date) -> None:
    """A month shown as a day claims more than anybody knows."""
    assert timeline.extent(date(2024, 2, 10), precision) == (first, last)


def test_a_day_of_a_leap_year_has_a_year_ahead_too() -> None:
    """On 29 February the screen must open as well."""
    leap = date(2028, 2, 29)
    line = timeline.Line(date(2027, 1, 1), leap)

    assert line.year_end == date(2029, 2, 28)
    assert line.place(date(2040, 1, 1)) == 1


def test_the_tree_asks_four_times_why_and_knows_who_can_move_a_cause() -> None:
    """Who stops at the guard never comes to the lender."""
    driver = _made("driver", driver="rc_tenure", whys=["no papers", "…"], reach="allies")

    (branch,) = cause_tree.draw(_scene("en", driver))["branches"]

    assert branch["why"] == ["no papers", "", "", ""]
    assert branch["reach"] == 1


def test_a_path_tells_which_stones_are_laid() -> None:
    """Seven stones: an empty one is what to talk about next."""
    driver = _made("driver", 1, driver="rc_tenure", reach="ours")
    path = _made("cause_path", 2, driver_id=driver.id, ask="enter the plots", due="2027-01-10")

    shown = cause_path.draw(_scene("en", driver, path))["paths"][path.id]

    assert shown["laid"] == 3
    assert shown["words"]["due"] == "10 Jan 2027"
    assert shown["words"]["lever"] == ""


def test_a_cause_within_reach_without_a_path_is_told_once_it_is_written() -> None:
    """A cause that nobody acts on comes back as an attack."""
    near = _made("driver", 1, driver="rc_tenure", reach="ours", how_it_shows_here="no papers")
    far = _made("driver", 2, driver="rc_climate", reach="beyond")

    told = cause_path.draw(_scene("en", near, far))["open"]

    assert told == [{"id": near.id, "label": "no papers"}]


@pytest.mark.parametrize("lang", ["en", "es", "fr", "ar"])
def test_every_lever_is_in_words_with_its_age_and_without_an_address(lang: str) -> None:
    """A lever sends people somewhere: it must be readable, and say how old it is."""
    levers = cause_path.draw(_scene(lang))["levers"]

    assert len(levers) > 15
    assert all(lever["name"] and lever["harm"] and lever["year"] >= 2000 for lever in levers)
    shown = json.dumps(levers, ensure_ascii=False)
    assert "⟦" not in shown
    assert "http" not in shown
    assert "@" not in shown


def test_the_large_example_has_paths_and_causes() -> None:
    """The pictures are looked at with these."""
    scene = _example()

    assert len(scene.workspace.all(CausePath)) == 3
    assert len(scene.workspace.all(Driver)) == 4
