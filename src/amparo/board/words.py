"""The words a screen shows: sentences of the catalogue and labels of the vocabularies."""

from __future__ import annotations

from typing import get_args

from amparo.content import Pack
from amparo.messages import Messages, messages
from amparo.model.vocabularies import VOCABULARIES

# Only what the screens offer as a choice; the rest stays out of the page's first load.
CHOICES = ("threat_types", "imminence", "confidence", "attack_phase", "approach", "measure_status")


def choices(pack: Pack, lang: str) -> dict[str, list[list[str]]]:
    """Return (id, label) pairs of every vocabulary that a screen offers, in the pack's order."""
    return {
        name: [[id_, _label(pack, lang, name, id_)] for id_ in get_args(VOCABULARIES[name])]
        for name in (*CHOICES, "threat_categories")
    }


def _label(pack: Pack, lang: str, name: str, id_: str) -> str:
    # A language whose lessons are not written yet may still have the words of the screens.
    words, key = messages(lang), f"choice.{name}.{id_}"
    return words.text(key) if words.has(key) else pack.label(lang, name, id_)


def threat_groups(pack: Pack) -> dict[str, str]:
    """Return threat type -> category, so that a long list can be shown in eight parts."""
    items = (
        (id_, pack.item("threat_types", id_)) for id_ in get_args(VOCABULARIES["threat_types"])
    )
    return {id_: item.category or "" for id_, item in items if item}


def texts(words: Messages) -> dict[str, str]:
    """Return every sentence that the parts of a screen use, key -> text."""
    found: dict[str, str] = {}
    for prefix in ("ui.", "scale.", "band.", "state."):
        found |= words.under(prefix)
    return found
