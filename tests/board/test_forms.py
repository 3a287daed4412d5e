"""Every form speaks plain words in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from amparo.board import words
from amparo.board.forms import keys
from amparo.messages import messages
from amparo.model.fields import FieldSpec, form_of
from amparo.model.registry import BY_KIND
from amparo.report.sections.step_forms import step_blocks
from amparo.report.sections.words import Words
from amparo.resources import package_folder
from amparo.wording.choices import vocabulary_label

LANGS = ("en", "es", "fr", "ar")
# The plain steps (little ... very much) say nothing of these: each has words of its own.
OWN_STEPS = {"five": range(1, 6), "four": range(5)}
LONGEST_HINT = 25
LONGEST_EMPTY = 45
LETTER = {"en": "letter", "es": "letra", "fr": "lettre", "ar": "حر"}
FULL_STOPS = (".", "。", "।", "۔")


def _all_keys() -> list[str]:
    return sorted({key for kind in BY_KIND for key in keys(kind)})


def _scales(kind: str, specs: tuple[FieldSpec, ...]) -> Iterator[str]:
    for spec in specs:
        if spec.control == "scale" and spec.vocabulary in OWN_STEPS:
            steps = OWN_STEPS[spec.vocabulary]
            yield from (f"choice.{kind}.{spec.name}.{step}" for step in steps)
        yield from _scales(kind, spec.fields)


def _letters(before: str, specs: tuple[FieldSpec, ...]) -> Iterator[str]:
    for spec in specs:
        if spec.control == "letter":
            yield f"{before}.{spec.name}"
        yield from _letters(f"{before}.{spec.name}", spec.fields)


def _hints(lang: str) -> dict[str, str]:
    fields = messages(lang).under("field.")
    return {key: text for key, text in fields.items() if key.endswith(".hint")}


@pytest.mark.parametrize("lang", LANGS)
def test_every_kind_field_and_choice_has_its_words(lang: str) -> None:
    """A key on screen helps nobody."""
    words = messages(lang)

    assert [key for key in _all_keys() if not words.has(key)] == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_scale_has_words_of_its_own(lang: str) -> None:
    """ "Some" says little about how bad a thing was; each step is a picture of its own."""
    words = messages(lang)
    wanted = {key for kind in BY_KIND for key in _scales(kind, form_of(kind))}

    assert sorted(key for key in wanted if not words.has(key)) == []


@pytest.mark.parametrize("lang", LANGS)
def test_no_label_ends_in_a_full_stop(lang: str) -> None:
    """A label names; only hints and the words of an empty list are sentences."""
    words = messages(lang)
    labels = [key for key in _all_keys() if not re.fullmatch(r"kind\.\w+\.empty", key)]

    assert [key for key in labels if words.text(key).endswith(FULL_STOPS)] == []


@pytest.mark.parametrize("lang", LANGS)
def test_hints_and_empty_lists_are_short_sentences(lang: str) -> None:
    """Somebody tired reads two lines, not five."""
    hints = _hints(lang)
    empty = {f"kind.{kind}.empty": messages(lang).text(f"kind.{kind}.empty") for kind in BY_KIND}

    assert hints
    assert [key for key, text in hints.items() if len(text.split()) > LONGEST_HINT] == []
    assert [key for key, text in empty.items() if len(text.split()) > LONGEST_EMPTY] == []
    whole = (*FULL_STOPS, "?", "؟")
    assert [k for k, text in {**hints, **empty}.items() if not text.endswith(whole)] == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_language_warns_at_the_same_fields(lang: str) -> None:
    """A warning that is missing in one language is a name written down in that language."""
    known = set(_all_keys())
    hints = _hints(lang)

    assert {key.removesuffix(".hint") for key in hints} <= known
    assert set(hints) == set(_hints("en"))


@pytest.mark.parametrize("lang", LANGS)
def test_every_letter_is_asked_for_as_a_letter(lang: str) -> None:
    """People are letters: wherever one is asked for, the label or its hint says so."""
    words = messages(lang).under("field.")
    asked = [key for kind in BY_KIND for key in _letters(f"field.{kind}", form_of(kind))]

    assert len(asked) > 20
    said = {key: f"{words[key]} {words.get(f'{key}.hint', '')}".lower() for key in asked}
    assert [key for key, text in said.items() if LETTER[lang] not in text] == []


@pytest.mark.parametrize("lang", LANGS)
def test_no_label_of_a_form_is_left_over(lang: str) -> None:
    """Words of a field that is gone grow old unseen."""
    text = (package_folder("locale") / lang / "forms.po").read_text("utf-8")
    written = set(re.findall(r'^msgid "(.+)"$', text, re.MULTILINE))
    scales = {key for kind in BY_KIND for key in _scales(kind, form_of(kind))}
    hints = {key for key in written if key.endswith(".hint")}

    assert written - hints - scales - set(_all_keys()) == set()


@pytest.mark.parametrize("lang", ["en", "es", "fr", "ar"])
def test_an_act_of_sexual_violence_is_offered_in_no_list(lang: str) -> None:
    """It is kept in no log; who could pick it would have told it before being refused."""
    said = words.part(messages(lang), (), ("incident",), ("incident_kinds",))
    label = vocabulary_label(messages(lang), "incident_kinds", "i_sexual")

    offered = [text for _, text in said["choices"]["incident_kinds"]]
    paper = str(step_blocks(Words(lang), "s5"))

    assert len(offered) > 10
    assert label not in offered
    assert f"'{label}'" not in paper
