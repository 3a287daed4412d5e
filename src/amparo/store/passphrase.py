"""Passphrases a person can remember, and recovery words two people can share."""

from __future__ import annotations

import secrets
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from amparo.errors import LanguageError, SlotError

WORD_LANGUAGES = {"en": "english", "es": "spanish", "fr": "french"}
RECOVERY_WORDS = 6
MIN_CHARACTERS = 12
MIN_DIFFERENT_CHARACTERS = 6
# The first things anybody would try; each is compared without spaces, case and accents.
_TRIVIAL = (
    "password", "passphrase", "contrasena", "clave", "secreto", "motdepasse", "secret", "qwerty",
    "amparo",
)  # fmt: skip

Weakness = Literal["short", "few_characters", "common"]


def suggest(lang: str, words: int = 6) -> str:
    """Return *words* random words (11 bits each) joined by spaces, in plain letters.

    Raises:
        LanguageError: there is no word list for *lang*.

    Source:
        word lists of BIP-39 (``mnemonic``); accents are dropped and words with ñ left out, which
        are ours, so that every keyboard can type the words.
    """
    chosen = _typeable_words(lang)
    return " ".join(secrets.choice(chosen) for _ in range(words))


def all_words(lang: str) -> tuple[str, ...]:
    """Return the word list of *lang* in plain letters, for what is said in words and not secret.

    Raises:
        LanguageError: there is no word list for *lang*.
    """
    return _typeable_words(lang)


def word_language(lang: str) -> str:
    """Return *lang* if there is a word list for it, else ``en``: any keyboard can type that."""
    return lang if lang in WORD_LANGUAGES else "en"


def recovery_words(lang: str) -> str:
    """Return six random words, to be kept in two places three and three."""
    return suggest(lang, RECOVERY_WORDS)


def split(words: str) -> tuple[str, str]:
    """Part six recovery words into two halves of three.

    Raises:
        SlotError: they are not six words.
    """
    each = normalise(words).split()
    if len(each) != RECOVERY_WORDS:
        raise SlotError(f"{len(each)} recovery words, expected {RECOVERY_WORDS}")
    half = RECOVERY_WORDS // 2
    return " ".join(each[:half]), " ".join(each[half:])


def join(one: str, other: str) -> str:
    """Put two halves together; which comes first does not matter.

    Raises:
        SlotError: together they are not six words.
    """
    return canonical_recovery(f"{one} {other}")


def canonical_recovery(words: str) -> str:
    """Return the one form of six recovery words that opens a slot.

    Case, accents, spaces and hyphens do not count, and neither does which half is said first;
    the order within a half does, for it is worth five bits to whoever holds the other half.

    Raises:
        SlotError: they are not six words.
    """
    return " ".join(sorted(split(words)))


def looks_like_recovery(text: str) -> bool:
    """Tell whether *text* has as many words as a set of recovery words."""
    return len(normalise(text).split()) == RECOVERY_WORDS


def normalise(text: str) -> str:
    """Return *text* in small letters without accents, words parted by single spaces."""
    apart = unicodedata.normalize("NFKD", text.replace("-", " ").replace(",", " "))
    plain = "".join(char for char in apart if not unicodedata.combining(char))
    return " ".join(plain.casefold().split())


def tidy(text: str) -> str:
    """Return a passphrase as it is used: composed letters, single spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def weakness(text: str) -> Weakness | None:
    """Say why a passphrase of one's own is too weak, or None when it may be used."""
    used = tidy(text)
    bare = normalise(used).replace(" ", "")
    if len(used) < MIN_CHARACTERS:
        return "short"
    if len(set(bare)) < MIN_DIFFERENT_CHARACTERS:
        return "few_characters"
    leftover = bare.strip("0123456789!?.*_#@$%&+")
    if any(leftover.replace(word, "") == "" for word in _TRIVIAL) or _is_run(bare):
        return "common"
    return None


def _is_run(text: str) -> bool:
    # "abcdefghijkl", "123456789012", "qwertyuiopas": each sign follows from the one before.
    steps = {(ord(after) - ord(before)) % 10 for before, after in pairwise(text)}
    return len(steps) == 1 or text in "qwertyuiopasdfghjklzxcvbnm" * 2


@lru_cache(maxsize=4)
def _typeable_words(lang: str) -> tuple[str, ...]:
    if lang not in WORD_LANGUAGES:
        raise LanguageError("no word list for this language", known=", ".join(WORD_LANGUAGES))
    from mnemonic import Mnemonic

    listed = Mnemonic(WORD_LANGUAGES[lang]).wordlist
    composed = (unicodedata.normalize("NFC", word) for word in listed)
    return tuple(normalise(word) for word in composed if "ñ" not in word)
