"""One look at a workspace: what several rules need is worked out once.

Source:
    ours; every judgement comes from the other parts of the method.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from amparo.method import balance, decisions, patterns
from amparo.method.checkup.values import NOTHING_OLD, ContentFacts, Hit
from amparo.method.findings import Finding
from amparo.method.priorities import Priority, ranked
from amparo.method.purpose import live
from amparo.method.states import newest
from amparo.method.uncut import whole
from amparo.model.base import Record
from amparo.model.measures import Measure
from amparo.model.plan import Sheet
from amparo.model.process import Process
from amparo.model.risk import RiskState
from amparo.model.support import SupportRequest
from amparo.model.threats import Threat
from amparo.model.workspace import Workspace

R = TypeVar("R", bound=Record)
_NOBODY_SAID = Process(id="0" * 32, created_on=date.min)


@dataclass(frozen=True)
class Look:
    """A whole workspace, a day, and what is known about the content."""

    ws: Workspace
    today: date
    content: ContentFacts = NOTHING_OLD

    def all(self, model: type[R]) -> tuple[R, ...]:
        """Return the records of one kind that nobody has cut."""
        return whole(self.ws, model)

    def age(self, day: date) -> int:
        """Return how many days ago *day* was; below 0 when it is still to come."""
        return (self.today - day).days

    def past(self, day: date | None) -> bool:
        """Tell whether there is a day and it is over."""
        return day is not None and day < self.today

    def told(self, rule: str, part: str) -> Iterator[Hit]:
        """Return what a rule of balance or decisions has already judged."""
        for finding in self._findings:
            if (finding.rule, finding.part) == (rule, part):
                first = next(iter(finding.record_ids), None)
                yield Hit(self.ws.get(first), values=finding.values, do_key=finding.do_key)

    @cached_property
    def begun(self) -> bool:
        """Whether there is anything yet that a plan could be made of."""
        return bool(self.threats or self.measures or self.sheet)

    @cached_property
    def threats(self) -> tuple[Threat, ...]:
        """Every threat, in order."""
        return self.all(Threat)

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure that was not dropped."""
        whole_ids = {measure.id for measure in self.all(Measure)}
        return tuple(measure for measure in live(self.ws) if measure.id in whole_ids)

    @cached_property
    def sheet(self) -> Sheet | None:
        """The emergency sheet."""
        return self.ws.one(Sheet)

    @cached_property
    def process(self) -> Process:
        """How this conversation is held; empty when nobody has said."""
        return self.ws.one(Process) or _NOBODY_SAID

    @cached_property
    def requests(self) -> tuple[SupportRequest, ...]:
        """The requests for help that are still open."""
        return tuple(
            request
            for request in self.all(SupportRequest)
            if not request.outcome and not request.closed_reason
        )

    @cached_property
    def ranked(self) -> tuple[Priority, ...]:
        """Every threat with its band, the most pressing first."""
        return ranked(self.ws)

    @cached_property
    def pressing(self) -> tuple[Threat, ...]:
        """The threats whose risk is high or extreme."""
        return tuple(item.threat for item in self.ranked if item.band in ("high", "extreme"))

    @cached_property
    def current(self) -> dict[str, RiskState]:
        """Threat id -> the newest judgement as things are today."""
        return newest(self.ws, "current")

    @cached_property
    def target(self) -> dict[str, RiskState]:
        """Threat id -> the newest judgement of what we hope."""
        return newest(self.ws, "target")

    @cached_property
    def hits(self) -> tuple[patterns.PatternHit, ...]:
        """The patterns in what happened that no review has answered yet."""
        return tuple(hit for hit in patterns.find(self.ws, self.today) if not hit.looked_at)

    @cached_property
    def _findings(self) -> tuple[Finding, ...]:
        return (*decisions.due(self.ws, self.today), *balance.warnings(self.ws))
