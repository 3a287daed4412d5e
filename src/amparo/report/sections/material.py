"""What a section is given: a workspace already cut for its reader, and how to write it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

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
    def step(self) -> str | None:
        """The one step a paper is made for; None for all."""
        ...

    @property
    def chosen(self) -> tuple[str, ...] | None:
        """Ids of the measures for the plan, chosen before the cut; None when nobody chose."""
        ...

    @property
    def review_on(self) -> date | None:
        """The next review, judged before the cut; None when nobody judged."""
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
    step: str | None = None


def is_example(data: ReportData) -> bool:
    """Tell whether the workspace is a fictional example."""
    process = data.workspace.one(Process)
    return process is not None and process.example
