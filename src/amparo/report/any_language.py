"""Our few words around a notebook of any language."""

from __future__ import annotations

from amparo.errors import LanguageError
from amparo.messages import Messages, messages


def any_language(lang: str) -> Messages:
    """Return the catalogue of *lang*, or the English one when nobody wrote it."""
    try:
        return messages(lang)
    except LanguageError:
        # An ordinary notebook may be in any language; these few words are then in English.
        return messages("en")
