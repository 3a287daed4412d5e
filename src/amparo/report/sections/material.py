"""What a section is given: a workspace already cut for its reader, and how to write it down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from amparo.method.budget import BudgetLine
from amparo.model.process import Process
from amparo.model.reach import Audience
from amparo.model.workspace import Workspace


class ReportData(Protocol):
    """The answer of the keeper to a ticket."""

    @property
    def workspace(self) -> Workspace:
        """The records this audience may see, cut before they left the keeper."""
        ...

    @property
    def report(self) -> str:
        """``sheet``, ``plan``, ``analysis`` or ``blank``."""
        ...

    @property
    def audience(self) -> Audience:
        """Who will hold the paper."""
        ...

    @property
    def lang(self) -> str:
        """Code of the language."""
        ...

    @property
    def paper(self) -> str | None:
        """``a4``, ``letter`` or ``oficio``; None takes what the workspace says."""
        ...

    @property
    def today(self) -> date:
        """The day on which the ticket was given."""
        ...

    @property
    def parameters(self) -> Mapping[str, str | int]:
        """What was asked for beside the reader; ``amparo.report.parameters`` types it."""
        ...

    @property
    def chosen(self) -> tuple[str, ...] | None:
        """Ids of the measures for the plan, chosen before the cut; None when nobody chose."""
        ...

    @property
    def counts(self) -> tuple[int, int, int] | None:
        """How many measures make us ready, prevent, act on causes; None when nobody counted."""
        ...

    @property
    def review_on(self) -> date | None:
        """The next review, judged before the cut; None when nobody judged."""
        ...

    @property
    def before(self) -> Workspace | None:
        """The records at an agreed plan, cut alike; None where there is nothing to compare."""
        ...

    @property
    def budget(self) -> tuple[BudgetLine, ...]:
        """What the plan costs, counted before the cut; empty but for a donor."""
        ...


@dataclass(frozen=True, slots=True)
class Material:
    """Report data held in hand: blank forms, trials and tests need no keeper."""

    workspace: Workspace
    report: str
    audience: Audience
    lang: str
    paper: str | None
    today: date
    chosen: tuple[str, ...] | None = None
    review_on: date | None = None
    parameters: Mapping[str, str | int] = field(default_factory=dict)
    counts: tuple[int, int, int] | None = None
    before: Workspace | None = None
    budget: tuple[BudgetLine, ...] = ()


def is_example(data: ReportData) -> bool:
    """Tell whether the workspace is a fictional example."""
    process = data.workspace.one(Process)
    return process is not None and process.example
