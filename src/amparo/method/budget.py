"""What the plan costs, said so that it tells a donor nothing about the plan.

A budget travels: to a donor's accountant, a bank, an office for money from abroad. So a line is a
neutral category, a rough size and a count; never a title, a phase, a threat, a letter or a day.

Source:
    domain safety rule 1.13 (donor budgets use neutral categories). The categories are ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

from amparo.method.purpose import live
from amparo.model.measures import Measure
from amparo.model.vocabularies import Cost, Dimension
from amparo.model.workspace import Workspace

Category = Literal[
    "training", "equipment", "travel", "care", "communication", "coordination", "advice",
    "supplies", "own_work", "other",
]  # fmt: skip
CATEGORIES: tuple[Category, ...] = get_args(Category)
_COSTS: tuple[Cost, ...] = get_args(Cost)

# A donor reads what most groups buy. Three choices need a reason:
# - No line says "legal fees", "security" or "protection": such a line tells that there is a case
#   or a danger. A lawyer is advice, as an accountant or a translator is.
# - What looks after homes and roads is travel while it is small, equipment when it is not.
# - What looks after minds is care, one word for health, rest, food for the sick and childcare.
_SMALL: frozenset[str] = frozenset({"none", "low"})
_OF: dict[Dimension, Category] = {
    "physical": "equipment",
    "digital": "communication",
    "psychosocial": "care",
    "legal": "advice",
    "advocacy": "coordination",
    "economic": "supplies",
}
# The fields of a measure that a budget is made from: who may not have them gets no budget.
MADE_FROM = frozenset(
    {"measure", "measure.dimension", "measure.cost", "measure.effort", "measure.funded"}
)


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One line of a budget.

    Attributes:
        category: what it is for, in a neutral word.
        cost: the rough size of one, ``none`` to ``high``.
        count: how many, 1 or more.
        funded: how many of them are paid for already.
    """

    category: Category
    cost: Cost
    count: int
    funded: int


def budget(ws: Workspace, without: Collection[str] = ()) -> tuple[BudgetLine, ...]:
    """Return the lines of a budget, by category, the larger first.

    Args:
        ws: the whole workspace; what was dropped costs nothing, and what is red stays out, also
            as a number.
        without: kinds and fields (``kind.field``) that the reader does not get.
    """
    if MADE_FROM & set(without):
        return ()
    told = [measure for measure in live(ws) if measure.sensitivity != "red"]
    lines = Counter((category(measure), measure.cost) for measure in told)
    paid = Counter((category(measure), measure.cost) for measure in told if measure.funded)
    return tuple(
        BudgetLine(name, cost, lines[name, cost], paid[name, cost])
        for name in CATEGORIES
        for cost in reversed(_COSTS)
        if lines[name, cost]
    )


def category(measure: Measure) -> Category:
    """Return the neutral word for what a measure costs."""
    if measure.cost == "none":
        return "own_work"
    # What costs little money and much time is learned, not bought.
    if measure.dimension == "digital" and measure.cost == "low" and measure.effort != "low":
        return "training"
    if measure.dimension == "physical" and measure.cost in _SMALL:
        return "travel"
    return _OF.get(measure.dimension, "other")
