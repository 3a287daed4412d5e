"""The words a screen shows: sentences of the catalogue, labels of vocabularies, forms."""

from __future__ import annotations

from typing import Any, get_args

from amparo.board import forms
from amparo.messages import Messages
from amparo.model.vocabularies import VOCABULARIES
from amparo.wording.choices import pack_of

_EVERYWHERE = ("ui.", "scale.", "band.", "state.", "part.shell.", "part.form.", "part.threat_tabs.")


def texts(words: Messages) -> dict[str, str]:
    """Return every sentence that any part of a screen may use, key -> text."""
    found: dict[str, str] = {}
    for prefix in _EVERYWHERE:
        found |= words.under(prefix)
    return found


def part(
    words: Messages,
    sentences: tuple[str, ...],
    kinds: tuple[str, ...],
    vocabularies: tuple[str, ...],
) -> dict[str, Any]:
    """Return what one part needs beyond ``texts``.

    Args:
        words: the catalogue of the page's language.
        sentences: the beginnings of the keys that its script says (``part.house.``).
        kinds: of record that it edits.
        vocabularies: further vocabularies that it offers as choices.
    """
    offered = dict.fromkeys(vocabularies)
    for kind in kinds:
        offered |= dict.fromkeys(forms.vocabularies_of(kind))
    if "threat_types" in offered:
        offered |= dict.fromkeys(("threat_categories",))
    text: dict[str, str] = {}
    for prefix in sentences:
        text |= words.under(prefix)
    said: dict[str, Any] = {
        "text": text,
        "choices": forms.choices(words, tuple(offered)),
        "forms": {kind: forms.form(words, kind) for kind in kinds},
    }
    if "threat_types" in offered:
        said["threat_groups"] = threat_groups()
    return said


def threat_groups() -> dict[str, str]:
    """Return threat type -> category, so that a long list can be shown in eight parts."""
    pack = pack_of("taxonomies")
    items = (
        (id_, pack.item("threat_types", id_)) for id_ in get_args(VOCABULARIES["threat_types"])
    )
    return {id_: item.category or "" for id_, item in items if item}
