"""A budget counts under neutral words and tells nothing of the plan."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any, get_args

import pytest

from amparo.method.budget import CATEGORIES, MADE_FROM, budget, category
from amparo.model.vocabularies import Cost, Dimension, Effort
from amparo.model.workspace import Workspace


def test_every_measure_has_a_neutral_category(maker: Any) -> None:
    """A line that nobody can place is a line that somebody asks about."""
    made = [
        maker.measure(dimension=dimension, cost=cost, effort=effort)
        for dimension in get_args(Dimension)
        for cost in get_args(Cost)
        for effort in get_args(Effort)
    ]

    assert {category(measure) for measure in made} == set(CATEGORIES) - {"other"}


def test_no_category_names_a_case_or_a_danger() -> None:
    """An office that reads a bank transfer must not learn that there is a trial."""
    assert not {"legal", "security", "protection", "risk", "emergency"} & set(CATEGORIES)


def test_lines_are_counted_by_category_and_size(maker: Any) -> None:
    """Two small things of one kind are one line; what was dropped, and what is red, is none."""
    ws = Workspace.of([
        maker.measure(dimension="legal", cost="low", funded=True),
        maker.measure(dimension="legal", cost="low"),
        maker.measure(dimension="legal", cost="high"),
        maker.measure(dimension="digital", cost="med"),
        maker.measure(dimension="economic", cost="none"),
        maker.measure(dimension="legal", cost="low", status="dropped"),
        maker.measure(dimension="legal", cost="low", sensitivity="red"),
    ])  # fmt: skip

    assert [astuple(line) for line in budget(ws)] == [
        ("communication", "med", 1, 0),
        ("advice", "high", 1, 0),
        ("advice", "low", 2, 1),
        ("own_work", "none", 1, 0),
    ]


@pytest.mark.parametrize("name", sorted(MADE_FROM))
def test_who_may_not_have_the_measures_gets_no_counts_of_them(maker: Any, name: str) -> None:
    """A narrower reader must not read between the lines."""
    ws = Workspace.of([maker.measure(cost="low")])

    assert budget(ws)
    assert budget(ws, [name]) == ()
