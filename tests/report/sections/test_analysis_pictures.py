"""The weeks ahead and the grid of actors, as the analysis shows them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from amparo.model.actors import Actor
from amparo.model.context import Upcoming
from amparo.model.measures import Measure
from amparo.model.workspace import Workspace
from amparo.report.blocks import Block, Paragraph, Table, plain
from amparo.report.blocks_charts import ActorGrid, Agenda
from amparo.report.sections.analysis_agenda import DAYS, WEEKS, agenda_blocks, due_days
from amparo.report.sections.analysis_checks import measures_blocks
from amparo.report.sections.analysis_context import forces_blocks
from amparo.report.sections.words import Words

Make = Callable[..., Any]


def _only(blocks: tuple[Block, ...], kind: Any) -> Any:
    (found,) = (block for block in blocks if isinstance(block, kind))
    return found


def _due_in(data: Any, *days: int, status: str = "agreed") -> list[Measure]:
    return [
        Measure.read(
            {"id": f"{n:032x}", "created_on": data.today, "title": f"In {day}", "status": status,
             "due": data.today + timedelta(days=day)}
        )
        for n, day in enumerate(days)
    ]  # fmt: skip


@pytest.mark.parametrize("lang", ["ar", "en", "es", "fr"])
def test_every_mark_of_the_agenda_has_its_line_in_the_list(material: Make, lang: str) -> None:
    """A number without words makes people guess."""
    blocks = agenda_blocks(material("analysis", lang))
    agenda, table = _only(blocks, Agenda), _only(blocks, Table)

    assert [mark.label for mark in agenda.marks] == [plain(row[0]) for row in table.rows]
    assert len(agenda.weeks) == WEEKS
    assert len(table.rows) > 5


def test_the_agenda_holds_ninety_days_and_no_more(material: Make) -> None:
    """Today belongs to it, the ninety-first day does not."""
    data = material("analysis")
    of = Workspace.of(_due_in(data, -1, 0, 6, 7, DAYS, DAYS + 1))

    agenda = _only(agenda_blocks(material("analysis", of=of)), Agenda)

    assert [mark.week for mark in agenda.marks] == [0, 0, 1, WEEKS - 1]


def test_what_is_late_is_counted_and_what_is_done_is_not(material: Make) -> None:
    """An agenda that hides what is late comforts nobody for long."""
    data = material("analysis")
    late = Workspace.of(_due_in(data, -3, -2))
    done = Workspace.of(_due_in(data, -3, 5, status="working"))

    said = [
        " ".join(plain(b.text) for b in agenda_blocks(material("analysis", of=of)) if isinstance(b, Paragraph))
        for of in (late, done)
    ]  # fmt: skip

    assert "still open: 2" in said[0]
    assert "still open" not in said[1]


def test_a_day_that_comes_by_itself_is_told_apart(material: Make) -> None:
    """Nobody has to do a payment of the lender; everybody has to know of it."""
    data = material("analysis", size="large")
    coming = {item.title for item in data.workspace.all(Upcoming)}

    due = due_days(Words("en"), data)

    assert any(item.comes for item in due)
    assert {item.what for item in due if item.comes} <= coming


def test_the_agenda_closes_the_measures_also_when_there_are_none(material: Make) -> None:
    """Nothing blocks, ever."""
    of = Workspace.of(_due_in(material("analysis"), 3))

    assert _only(measures_blocks(material("analysis", of=of)), Agenda)
    assert "Nothing has a day" in repr(measures_blocks(material("analysis", of=Workspace())))


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_everybody_stands_once_on_the_grid(material: Make, lang: str) -> None:
    """Who is not on it is forgotten; who is on it twice counts twice."""
    data = material("analysis", lang, size="large")

    grid = _only(forces_blocks(data), ActorGrid)

    actors = data.workspace.all(Actor)
    assert len(grid.actors) == len(actors) > 10
    assert sum(not one.known for one in grid.actors) == sum(a.stance is None for a in actors) > 0


def test_the_grid_is_told_in_words(material: Make) -> None:
    """Who listens to the page learns the same."""
    grid = _only(forces_blocks(material("analysis")), ActorGrid)

    assert all(actor.label in grid.alt for actor in grid.actors)
    assert "strongly against us: " in grid.alt
