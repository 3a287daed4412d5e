"""One short line for a record, so that a screen can list it and another record can point at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amparo.content import Pack
from amparo.model.base import Record
from amparo.model.workspace import Workspace

_LONGEST = 90
# Kind -> the fields that say what a record is, the first that is filled in wins.
_SAYING: dict[str, tuple[str, ...]] = {
    "process": ("code_name",),
    "own_word": ("text",),
    "profile": ("vision",),
    "driver": ("how_it_shows_here", "driver"),
    "cause_path": ("ask", "first_small_win", "who_decides"),
    "relation": ("relation_type",),
    "incident": ("what_happened", "incident_kind"),
    "indicator": ("note",),
    "threat": ("sentence",),
    "declared_analysis": ("conclusion", "facts"),
    "factor": ("vulnerability", "capacity"),
    "identity_factor": ("factor",),
    "risk_limit": ("limit",),
    "strategy_choice": ("families",),
    "alert_level": ("colour",),
    "support_request": ("to_whom", "request_type"),
    "mechanism_check": ("mechanism_id",),
    "consent": ("purpose",),
    "drill": ("what_failed", "on"),
    "wellbeing_check": ("note", "on"),
    "review": ("trigger", "on"),
    "wheel": ("on",),
}
_USUAL = ("title", "label", "text")

Label = Callable[[str, Any], str]


def label_of(record: Record, name_choice: Label) -> str:
    """Return the line that stands for *record*.

    Args:
        record: whole, or cut to an audience.
        name_choice: gives the label of a choice or a day, by name of the field and its value.
    """
    for name in (*_SAYING.get(record.kind, ()), *_USUAL):
        value = getattr(record, name, None)
        if value:
            return _short(_said(name, value, name_choice))
    return ""


def _said(name: str, value: Any, name_choice: Label) -> str:
    if isinstance(value, tuple):
        return ", ".join(name_choice(name, one) for one in value)
    return name_choice(name, value)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def mechanism_labels(pack: Pack, lang: str) -> list[list[str]]:
    """Return (id, name) of every door outside the group, by name."""
    return sorted(
        ([id_, pack.text(lang, "mechanism", id_, "name")] for id_ in pack.mechanisms),
        key=lambda pair: pair[1].casefold(),
    )


def measure_labels(pack: Pack, lang: str) -> list[list[str]]:
    """Return (id, title) of every measure of the catalogue, in its order."""
    return [[id_, pack.text(lang, "measure", id_, "title")] for id_ in pack.measures]


def records_of(workspace: Workspace, kind: str) -> tuple[Record, ...]:
    """Return the records of one kind, in the order they were made."""
    return tuple(record for record in workspace if record.kind == kind)
