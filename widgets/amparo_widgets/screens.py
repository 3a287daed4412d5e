"""Which parts make up which screen: one line a screen, in reading order."""

from __future__ import annotations

from typing import Any

from amparo_widgets.actor_cards import ActorCards
from amparo_widgets.actor_map import ActorMap
from amparo_widgets.alert_ladder import AlertLadder
from amparo_widgets.cause_path import CausePath
from amparo_widgets.cause_tree import CauseTree
from amparo_widgets.checkup import Checkup
from amparo_widgets.drill_maker import DrillMaker
from amparo_widgets.foot import Foot
from amparo_widgets.holdings import Holdings
from amparo_widgets.house import House
from amparo_widgets.incident_log import IncidentLog
from amparo_widgets.measure_board import MeasureBoard
from amparo_widgets.money_chain import MoneyChain
from amparo_widgets.own_room import OwnRoom
from amparo_widgets.own_words import OwnWords
from amparo_widgets.papers import Papers
from amparo_widgets.part import Part
from amparo_widgets.protocols import Protocols
from amparo_widgets.quick import Quick
from amparo_widgets.records import Records
from amparo_widgets.respond import Respond
from amparo_widgets.review import Review
from amparo_widgets.risk_map import RiskMap
from amparo_widgets.sheet_editor import SheetEditor
from amparo_widgets.start import Start
from amparo_widgets.step_head import StepHead
from amparo_widgets.strategy_chooser import StrategyChooser
from amparo_widgets.support_map import SupportMap
from amparo_widgets.threat_card import ThreatCard
from amparo_widgets.timeline import Timeline
from amparo_widgets.vote import Vote
from amparo_widgets.wheel import Wheel

# A part and what it is made with; ``kinds`` are the kinds of record it edits.
Place = tuple[type[Part], dict[str, Any]]


def _records(*kinds: str) -> Place:
    return (Records, {"kinds": kinds})


def _step(step: str, *places: Place) -> tuple[Place, ...]:
    return ((StepHead, {"step": step}), *places, (Foot, {"step": step}))


SCREENS: dict[str, tuple[Place, ...]] = {
    "start": ((Start, {}),),
    "quick": ((Quick, {}),),
    "respond": ((Respond, {}), (IncidentLog, {}), (ThreatCard, {})),
    "drill_maker": ((DrillMaker, {}),),
    "own_room": ((OwnRoom, {}),),
    "checkup": ((Checkup, {}),),
    "own_words": ((OwnWords, {}),),
    "papers": ((Papers, {}),),
    "s0": _step("s0", _records("process")),
    "s1": _step("s1", _records("profile", "activity", "practice", "contribution")),
    "s2": _step(
        "s2", (Timeline, {}), (CauseTree, {}), (CausePath, {}), _records("context_factors")
    ),
    "s3": _step("s3", (ActorMap, {}), (MoneyChain, {}), (ActorCards, {})),
    "s4": _step("s4", (Holdings, {})),
    "s5": _step("s5", (IncidentLog, {}), _records("indicator")),
    "s6": _step("s6", (ThreatCard, {}), (RiskMap, {})),
    "s7": _step("s7", (House, {}), _records("identity_factor")),
    "s8": _step("s8", (Vote, {}), (RiskMap, {}), _records("risk_limit")),
    "s9": _step("s9", (StrategyChooser, {})),
    "s10": _step("s10", (MeasureBoard, {})),
    "s11": _step(
        "s11", (SheetEditor, {}), (AlertLadder, {}), (Protocols, {}), _records("rule"), (Wheel, {})
    ),
    "s12": _step("s12", (SupportMap, {})),
    "s13": _step("s13", _records("drill", "agreement", "wellbeing_check")),
    "s14": _step("s14", (Review, {})),
}
