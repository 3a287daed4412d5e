"""Flags in four languages, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.report.flags import FLAGS, Flag, flags_of

FOUND: list[tuple[Flag, str]] = [
    ("telephone", "Call 55 5555 0100 first"),
    ("telephone", "Llamen al +00 (000) 555-0100"),
    ("telephone", "الرقم ٠٥٥٥ ٠١٠ ٠٠٠"),
    ("email", "Write to someone@example.org"),
    ("position", "It is at 14.0833, -87.2167"),
    ("position", "14° 5' N"),
    ("identity", "DNI 4555X0123"),
    ("identity", "her passport no. AB12345"),
    ("identity", "carte d'identité 12AB34567"),
    ("identity", "رقم الهوية 123456789"),
    ("identity", "number 1234567"),
    ("plate", "a white car ABC-123"),
    ("plate", "una camioneta P 4521"),
    ("plate", "une voiture AB-123-CD"),
    ("plate", "سيارة ب ط ر 123"),
    ("address", "see www.example.org"),
    ("address", "https://example.org/x"),
    ("address", "in the group t.me/x"),
    ("address", "post to @rivervoices"),
    ("address", "example.com says so"),
    ("family", "the daughter of the teacher"),
    ("family", "They asked for her brother"),
    ("family", "the teacher's wife"),
    ("family", "la hija de la maestra"),
    ("family", "Preguntaron por su hermano"),
    ("family", "la fille de l'institutrice"),
    ("family", "Ils cherchent son père"),
    ("family", "ابنة المعلمة"),
    ("family", "سألوا عن أخته"),
    ("family", "وزوجة المعلم"),
    ("day_time", "We meet on Friday at 5 pm"),
    ("day_time", "El viernes a las cinco"),
    ("day_time", "Vendredi à 17 h 30"),
    ("day_time", "يوم الجمعة الساعة الخامسة"),
    ("day_time", "12/3 at 18:00"),
    ("letter", "Ask B before you come"),
    ("letter", "B: gives the signal"),
    ("letter", "Pregunten a C"),
    ("letter", "Demandez à D"),
    ("letter", "اسألوا B قبل المجيء"),
]
NEAR_MISSES = [
    # Days, years, small numbers and amounts.
    "Between 2019 and 2021 three people spoke",
    "2019-2021",
    "It ended on 2026-11-24",
    "Forty families and 12000 trees",
    # Conventions and sizes.
    "We ask for what ILO 169 says",
    "El convenio OIT 169",
    "print it on A4 paper",
    # Words that are also letters.
    "A dam is planned",
    "What I saw",
    "Y la asamblea decide",
    "À nous de décider",
    # Families of everybody, and words that only look like kin.
    "The sons and daughters of the river",
    "Mother tongue and sister organisations",
    "There is a reason of weight",
    "Las hijas y los hijos del río",
    "La madre tierra",
    "Les femmes de la communauté",
    "Une chanson de la rivière",
    "بنات القرية وأبناؤها",
    "لا تبنوا على الأرض",
    "المدينة والوالي",
    # A day alone, or an hour alone.
    "We meet on Friday",
    "We start at 5 pm",
    "La asamblea es el domingo",
    "يوم الجمعة",
    # Full stops without spaces, and e-mail like words.
    "El río.El banco",
    "etc. and so on",
]


@pytest.mark.parametrize(("flag", "sentence"), FOUND)
def test_what_may_betray_somebody_is_pointed_at(flag: Flag, sentence: str) -> None:
    """Two tired people at midnight overlook a number that a machine sees."""
    assert flag in flags_of(sentence)


@pytest.mark.parametrize("sentence", NEAR_MISSES)
def test_what_only_looks_like_it_is_left_alone(sentence: str) -> None:
    """Who is warned of everything stops reading warnings."""
    assert flags_of(sentence) == ()


def test_every_flag_is_tried() -> None:
    """A pattern that nobody tries may be broken for years."""
    assert {flag for flag, _ in FOUND} == set(FLAGS)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=5000))
def test_no_text_stops_the_search(text: str) -> None:
    """The list must come, whatever was typed."""
    assert set(flags_of(text)) <= set(FLAGS)


@pytest.mark.parametrize("piece", ["1 ", "a-", "1.1.", "A ", "ب ", "su ", "@a", "1°", "x@", "a."])
def test_a_text_made_to_be_slow_is_read_in_time(piece: str) -> None:
    """One field must not hold up the only laptop in the room; a slow pattern never ends here."""
    assert set(flags_of(piece * (5000 // len(piece)))) <= set(FLAGS)
