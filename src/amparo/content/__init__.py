"""Reads content packs: bounded YAML and Markdown, every issue with its place."""

from amparo.content.age import Age, mechanism_age
from amparo.content.issues import Issue
from amparo.content.loading import OWN_PACK, check, check_report, foundations, load
from amparo.content.pack import Pack
from amparo.content.values import (
    ActorCard,
    Item,
    Lever,
    Measure,
    Mechanism,
    Meta,
    Question,
    Quick,
    Scenario,
    Source,
    Step,
    Term,
    Vocabulary,
)

__all__ = [
    "OWN_PACK",
    "ActorCard",
    "Age",
    "Issue",
    "Item",
    "Lever",
    "Measure",
    "Mechanism",
    "Meta",
    "Pack",
    "Question",
    "Quick",
    "Scenario",
    "Source",
    "Step",
    "Term",
    "Vocabulary",
    "check",
    "check_report",
    "foundations",
    "load",
    "mechanism_age",
]
