"""Reads content packs: bounded YAML and Markdown, every issue with its place."""

from amparo.content.age import Age, mechanism_age
from amparo.content.issues import Issue
from amparo.content.loading import check, check_report, foundations, load
from amparo.content.pack import Pack
from amparo.content.values import (
    Item,
    Measure,
    Mechanism,
    Meta,
    Scenario,
    Source,
    Term,
    Vocabulary,
)

__all__ = [
    "Age",
    "Issue",
    "Item",
    "Measure",
    "Mechanism",
    "Meta",
    "Pack",
    "Scenario",
    "Source",
    "Term",
    "Vocabulary",
    "check",
    "check_report",
    "foundations",
    "load",
    "mechanism_age",
]
