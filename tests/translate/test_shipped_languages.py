"""What every language that we ship has to keep: completeness, places, plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import pytest

from amparo.translate import project, status
from amparo.translate.plurals import form_count, plural_header
from amparo.translate.project import ENGLISH, Part
from amparo.translate.rules import faults
from amparo.translate.status import percent
from amparo.translate.values import CATALOGUE, Entry

HERE = project()
PARTS = HERE.parts()
LANGS = HERE.languages()
LEAST_PERCENT = 95
MOST_WORDS = 25
# Words that hide people, and what they are called in each language (safety rule 6).
HIDING = re.compile(
    r"stakeholder|mitigat|residual|mitigaci|mitigar|partes? interesadas?|atténuat|atténuer|résiduel"
    r"|parties? prenantes?|أصحاب المصلحة|صاحب المصلحة|الأطراف المعنية|متبقي|التخفيف من",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?؟])\s+|\n")
_WORD = re.compile(r"\w")


@lru_cache(maxsize=256)
def _entries(part: Part, lang: str) -> tuple[Entry, ...]:
    return part.entries(lang)


def _texts(lang: str) -> Iterator[tuple[Part, str, str]]:
    for part in PARTS:
        for entry in _entries(part, lang):
            for text in entry.source if lang == ENGLISH else entry.target:
                yield part, entry.key, text


def _words(sentence: str) -> int:
    return sum(bool(_WORD.search(word)) for word in sentence.split())


def test_no_shipped_language_has_less_than_95_percent_of_the_interface() -> None:
    """A key between brackets on every second screen is worse than another language."""
    rows = [row for row in status(HERE) if row.is_interface]

    for lang in LANGS[1:]:
        own = [row for row in rows if row.lang == lang]
        missing = sum(len(row.missing) for row in own)
        gaps = {row.part: len(row.missing) for row in own if row.missing}
        assert percent(sum(row.total for row in own), missing) >= LEAST_PERCENT, (lang, gaps)


@pytest.mark.parametrize("lang", LANGS[1:])
def test_no_language_has_a_sentence_that_english_does_not_have(lang: str) -> None:
    """Nobody sees it, so nobody mends it."""
    for part in PARTS:
        own = part.words(lang).keys()
        assert own - {entry.key for entry in _entries(part, lang)} == set(), part.name


@pytest.mark.parametrize("lang", LANGS)
def test_one_language_has_one_plural_rule(lang: str) -> None:
    """The first file's rule counts for all of them."""
    rules = {
        re.findall(r'"Plural-Forms: (.*?)\\n"', path.read_text("utf-8"))[0]
        for path in (HERE.locale / lang).glob("*.po")
    }

    assert rules == {plural_header(lang, HERE.locale / lang)}


@pytest.mark.parametrize("lang", LANGS[1:])
def test_every_shipped_text_keeps_what_translators_are_asked_to_keep(lang: str) -> None:
    """Names in braces, plural forms, lists; no markup, no contact, nothing that is not seen."""
    forms = form_count(plural_header(lang, HERE.locale / lang))

    wrong = {
        (part.name, entry.key): found
        for part in PARTS
        for entry in _entries(part, lang)
        if entry.target
        and (found := faults(entry, entry.target, kind=part.kind, lang=lang, forms=forms))
    }

    assert wrong == {}


@pytest.mark.parametrize("lang", LANGS)
def test_no_sentence_on_a_screen_is_longer_than_25_words(lang: str) -> None:
    """A sentence must survive being read aloud once, in a room with children."""
    long = {
        (part.name, key): _words(sentence)
        for part, key, text in _texts(lang)
        if part.kind == CATALOGUE
        for sentence in _SENTENCE.split(text)
        if _words(sentence) > MOST_WORDS
    }

    assert long == {}


@pytest.mark.parametrize("lang", LANGS)
def test_words_that_hide_people_stand_in_no_text(lang: str) -> None:
    """Plain words, in lessons as on screens."""
    used = {(part.name, key) for part, key, text in _texts(lang) if HIDING.search(text)}

    assert used == set()


def test_no_key_stands_in_two_catalogues() -> None:
    """All files of a language are read as one, and the later one would win unseen."""
    keys = [key for part, key, _ in _texts(ENGLISH) if part.kind == CATALOGUE]
    catalogues = [entry.key for part in PARTS if part.kind == CATALOGUE
                  for entry in _entries(part, ENGLISH)]  # fmt: skip

    assert set(keys) == set(catalogues)
    assert sorted(catalogues) == sorted(set(catalogues))


def test_no_french_line_begins_with_the_mark_of_the_sentence_before() -> None:
    """French leaves a space before its colon; a line must not break there."""
    loose = [
        key
        for part, key, text in _texts("fr")
        if part.kind == CATALOGUE and re.search(r" [:;?!»](\s|$)|« ", text)
    ]

    assert loose == []
