"""Words people can remember and share."""

from __future__ import annotations

import pytest

from amparo.errors import LanguageError, SlotError
from amparo.store import passphrase


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_a_suggestion_is_six_plain_words_never_the_same(lang) -> None:
    """Six words of eleven bits, typed on any keyboard."""
    suggestions = {passphrase.suggest(lang) for _ in range(50)}

    assert len(suggestions) == 50
    assert all(len(one.split()) == 6 and one.isascii() and one.islower() for one in suggestions)
    assert all(passphrase.weakness(one) is None for one in suggestions)


def test_the_word_lists_are_long_enough_for_eleven_bits() -> None:
    """Fewer words would make guessing easier without anybody noticing."""
    assert len(passphrase._typeable_words("en")) == 2048
    assert len(set(passphrase._typeable_words("es"))) > 2000
    assert len(set(passphrase._typeable_words("fr"))) > 2000


def test_a_language_without_a_list_is_refused() -> None:
    """Never English words in silence."""
    with pytest.raises(LanguageError):
        passphrase.suggest("ar")


def test_recovery_words_split_and_join_whichever_half_is_first() -> None:
    """Two people keep three each and meet again."""
    words = passphrase.recovery_words("es")
    one, other = passphrase.split(words)

    assert passphrase.join(one, other) == passphrase.join(other, one)
    assert passphrase.join(one, other) == passphrase.canonical_recovery(words)
    assert len(one.split()) == len(other.split()) == 3


def test_recovery_words_do_not_mind_case_accents_or_hyphens() -> None:
    """Words come back from paper, read aloud, in another hand."""
    written = "ábaco abeja cielo dedo época fútbol"

    spoken = "DEDO-Epoca-futbol  Abaco, abeja, CIELO"

    assert passphrase.canonical_recovery(spoken) == passphrase.canonical_recovery(written)


def test_recovery_words_keep_their_order_within_a_half() -> None:
    """That order is worth five bits to whoever holds the other half."""
    assert passphrase.canonical_recovery("a b c d e f") != passphrase.canonical_recovery(
        "b a c d e f"
    )


def test_recovery_words_that_are_not_six_are_refused() -> None:
    """Better now than on the day they are needed."""
    with pytest.raises(SlotError, match="expected 6"):
        passphrase.split("one two three")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "short"),
        ("   \n", "short"),
        ("only eleven", "short"),
        ("aaaaaaaaaaaaaaaa", "few_characters"),
        ("abcabcabcabcabc", "few_characters"),
        ("password1234", "common"),
        ("Contraseña2026!", "common"),
        ("123456789012345", "common"),
        ("abcdefghijklmnop", "common"),
        ("qwertyuiopasdf", "common"),
        ("la lluvia cae en marzo", None),
    ],
)
def test_a_trivial_passphrase_is_refused_with_a_reason(text, why) -> None:
    """The first guesses of everybody must not open a workspace."""
    assert passphrase.weakness(text) == why


def test_the_same_letters_typed_on_two_systems_are_one_passphrase() -> None:
    """One system types é as one sign, another as two."""
    assert passphrase.tidy("cafe\u0301  con leche") == passphrase.tidy("caf\u00e9 con leche")
