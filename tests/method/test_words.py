"""Every sentence the method may ask for exists, in every whole language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from amparo.messages import messages
from amparo.method.words import band_key, confidence_key, imminence_key, method_keys, state_key

LOCALE = Path(__file__).parents[2] / "src" / "amparo" / "locale"


@pytest.mark.parametrize("lang", ["en", "es", "fr", "ar"])
def test_every_key_has_its_sentence(lang) -> None:
    """A key on screen helps nobody."""
    catalogue = messages(lang)

    assert [key for key in method_keys() if not catalogue.has(key)] == []


@pytest.mark.parametrize("lang", ["en", "es", "fr", "ar"])
def test_no_sentence_is_left_over(lang) -> None:
    """A sentence nobody asks for grows old unseen."""
    text = (LOCALE / lang / "method.po").read_text(encoding="utf-8")

    assert set(re.findall(r'^msgid "(.+)"$', text, re.MULTILINE)) == set(method_keys())


@pytest.mark.parametrize("lang", ["es", "fr", "ar"])
def test_every_language_fills_in_the_same_values(lang) -> None:
    """A value lost in translation is a number somebody needed."""
    english, other = messages("en"), messages(lang)
    holes = re.compile(r"\{\w+\}")

    differ = [
        key
        for key in method_keys()
        if set(holes.findall(english.text(key))) != set(holes.findall(other.text(key)))
    ]

    assert differ == []


@pytest.mark.parametrize("lang", ["en", "es", "fr", "ar"])
def test_words_that_push_people_away_are_not_used(lang) -> None:
    """Safety rule 6."""
    text = (LOCALE / lang / "method.po").read_text(encoding="utf-8").lower()

    assert (
        re.findall(
            r"stakeholder|mitiga|residual|parte interesada|activos|partie prenante|atténuation|résiduel",
            text,
        )
        == []
    )


def test_bands_and_states_have_plain_words() -> None:
    """The words of safety rule 6."""
    spanish, english, french = messages("es"), messages("en"), messages("fr")

    assert [spanish.text(band_key(b)) for b in ("low", "moderate", "high", "extreme")] == [
        "bajo", "moderado", "alto", "extremo",
    ]  # fmt: skip
    assert [french.text(band_key(b)) for b in ("low", "moderate", "high", "extreme")] == [
        "faible", "modéré", "élevé", "extrême",
    ]  # fmt: skip
    assert english.text(state_key("inherent")) == "without protection"
    assert english.text(state_key("target")) == "what we hope"
    assert english.text(confidence_key("low")) == "we are not sure"
    assert spanish.text(imminence_key("now")) == "ahora"
