"""Every error of the store has a sentence in each language."""

from __future__ import annotations

import pytest

from amparo.errors import ConflictError, FormatVersionError, RecordMissingError, StoreError
from amparo.messages import messages


def _all(error: type) -> list[type]:
    return [error, *(found for child in error.__subclasses__() for found in _all(child))]


ERRORS = [*_all(StoreError), ConflictError, RecordMissingError]
VALUES = {FormatVersionError: {"found": 7, "expected": 1}}


@pytest.mark.parametrize("lang", ["en", "es", "fr", "ar"])
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.key)
def test_an_error_says_in_words_what_to_do(error, lang) -> None:
    """A person reads this in the worst moment."""
    sentence = messages(lang).error(error(**VALUES.get(error, {})))

    assert not sentence.startswith("⟦")
    assert sentence.endswith(".")
    assert "{" not in sentence


@pytest.mark.parametrize("lang", ["en", "es", "fr", "ar"])
def test_what_an_opening_has_to_say_has_a_sentence(lang) -> None:
    """A notice without words would show its key."""
    assert messages(lang).has("store.notice.no_counter")
