"""Short ways to tell a situation, and to ask one rule about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from amparo.method.checkup import NOTHING_OLD, RULES, ContentFacts, Result, check_up
from amparo.model.base import Record
from amparo.model.registry import BY_KIND
from amparo.model.workspace import Workspace

# Band -> a likelihood and an impact that give it.
_AT = {"low": (1, 2), "moderate": (3, 3), "high": (3, 4), "extreme": (4, 5)}
_NEEDED: dict[str, dict[str, Any]] = {
    "actor": {"label": "Company", "actor_type": "project_company", "stance": -1},
    "relation": {"from_id": "a" * 32, "to_id": "b" * 32, "relation_type": "colludes"},
    "info_item": {"label": "List", "stored_in": "paper", "sensitivity": "red"},
    "declared_analysis": {"threat_id": "0" * 32},
    "alert_level": {"colour": "red"},
    "rule": {"topic": "care", "text": "We rest"},
    "plan_version": {"number": 1},
    "mechanism_check": {"mechanism_id": "a_door"},
    "consent": {"level": "submit_named", "purpose": "A letter"},
    "cause_path": {"driver_id": "d" * 32},
    "factor": {"threat_id": "0" * 32},
    "strategy_choice": {"threat_id": "0" * 32},
}
_DATED = {"declared_analysis": "on", "plan_version": "on", "drill": "on", "consent": "given_on"}


class Scene:
    """A situation, told record by record."""

    def __init__(self, maker: Any, today: date) -> None:
        self._maker = maker
        self.today = today

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def one(self, kind: str, **fields: Any) -> Any:
        """One record of a kind, with what it needs filled in."""
        needed = dict(_NEEDED.get(kind, {}))
        if kind in _DATED:
            needed[_DATED[kind]] = self.today
        return self._maker.make(BY_KIND[kind], **{**needed, **fields})

    def risk(self, band: str, **threat: Any) -> list[Any]:
        """A threat and its judgement as things are today."""
        made = self._maker.threat(**threat)
        return [made, self._maker.state(made, *_AT[band])]

    def hoped(self, risk: list[Any], likelihood: int, impact: int) -> Any:
        return self._maker.state(risk[0], likelihood, impact, state="target")

    def against(self, risk: list[Any], **fields: Any) -> Any:
        """A measure against the first threat of a situation."""
        return self._maker.measure(threat_ids=[risk[0].id], **fields)

    def of(self, risk: list[Any], kind: str, **fields: Any) -> Any:
        """A record that names the first threat of a situation."""
        return self.one(kind, threat_id=risk[0].id, **fields)


Tell = Callable[[Scene], list[Any]]


@pytest.fixture
def scene(maker: Any, today: date) -> Scene:
    return Scene(maker, today)


@pytest.fixture
def seen(scene: Scene) -> Callable[..., list[Result]]:
    """Ask the check-up about a situation, and keep the answers of one rule."""

    def ask(rule: str, told: list[Record], content: ContentFacts = NOTHING_OLD) -> list[Result]:
        assert rule in {one.id for one in RULES}
        found = check_up(Workspace.of(told), scene.today, content)
        return [result for result in found if result.rule == rule]

    return ask
