"""The fictional examples: complete, sound, the same in every language, never stale."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from amparo.content.examples import EXAMPLES, Size, example, example_languages
from amparo.content.prosefile import contact_signs
from amparo.errors import LanguageError, PackError
from amparo.model.actors import Actor
from amparo.model.base import Record
from amparo.model.incidents import Incident
from amparo.model.plan import Sheet
from amparo.model.process import Process, Profile
from amparo.model.registry import read_record, to_json
from amparo.model.workspace import Workspace

TODAY = date(2031, 5, 6)
SIZES: tuple[Size, ...] = (*EXAMPLES, "large")
# What people meet is there in Arabic; the large one, for tests, is not yet.
LANGUAGES: dict[Size, tuple[str, ...]] = {
    **dict.fromkeys(EXAMPLES, ("ar", "en", "es", "fr")),
    "large": ("en", "es", "fr"),
}
CASES = [(size, lang) for size in SIZES for lang in LANGUAGES[size]]
SHOWN = [(size, lang) for size, lang in CASES if size != "large"]
TRANSLATED = [(size, lang) for size, lang in CASES if lang != "en"]
FICTIONAL = {"ar": "خيالي", "en": "fic", "es": "fic", "fr": "fic"}
RECORD_ID = re.compile("[0-9a-f]{32}")
# The fixed words of the printed sheet (domain safety rule 5), written generously.
HEADINGS = {
    "en": "If we see or hear Signal Second signal All clear First five things Who Alarm "
    "Children, elders, sick Door and words Calls Notes First aid Go to Do not Call, in this order "
    "Say: where, what, how many, hurt?, need If someone is taken After Meet at Look again on "
    "copy no. Lost or found? Change signal and word, tell the keeper",
    "es": "Si vemos u oímos Señal Segunda señal Ya pasó Primero, cinco cosas Quién Alarma "
    "Niños, mayores, enfermos Puerta y palabras Llamadas Notas Primeros auxilios Ir a No Llamar "
    "en este orden Diga: dónde, qué, cuántos, ¿heridos?, qué hace falta Si se llevan a alguien "
    "Después Reunión Volver a mirar el copia n.º ¿Perdida o hallada? Cambien señal y palabra, "
    "avisen a quien la guarda",
    "ar": "إذا رأينا أو سمعنا الإشارة وإلا زال الخطر أولًا من الإنذار الأطفال والمسنون والمرضى "
    "الباب والكلام الاتصالات التسجيل الإسعاف نذهب إلى ممنوع نتصل بهذا الترتيب نقول: أين، ماذا، كم، "
    "جرحى؟، ماذا نحتاج إذا أُخذ أحد بعد ذلك نلتقي في نراجع في نسخة رقم ضاعت؟ وُجدت؟ غيّروا "
    "الإشارة والكلمة؛ أخبروا المؤتمن",
    "fr": "Si nous voyons ou entendons Signal Deuxième signal Fin d'alerte D'abord cinq choses Qui "
    "Alarme Enfants, anciens, malades Porte et mots Appels Notes Premiers secours Aller à Ne pas "
    "Appeler, dans cet ordre Dire : où, quoi, combien, blessés ?, besoin Si quelqu'un est emmené "
    "Après Rendez-vous à Revoir le copie n° Perdue ou trouvée ? Changer signal et mot, prévenir "
    "qui garde",
}


def workspace(size: Size, lang: str = "en") -> Workspace:
    return Workspace.of(example(size, lang, TODAY))


def sentences(record: Record) -> Iterator[tuple[str, str]]:
    """Every text of a record that a person reads, with the path of its field."""
    yield from _texts(record.kind, record.model_dump(mode="json"))


def _texts(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, child in value.items():
            yield from _texts(f"{path}.{name}", child)
    elif isinstance(value, list):
        for number, child in enumerate(value):
            yield from _texts(f"{path}.{number}", child)


def mentioned_ids(value: Any) -> Iterator[str]:
    return (text for _, text in _texts("", value) if RECORD_ID.fullmatch(text))


def sheet_words(sheet: Sheet) -> list[str]:
    lists = (*sheet.signs, *sheet.first_five, *sheet.do_not, *sheet.if_taken, *sheet.afterwards)
    single = (sheet.signal, sheet.second_signal, sheet.all_clear, sheet.go_to, sheet.meet_at)
    letters = [letter for duty in sheet.duties for letter in (duty.letter, duty.deputy or "")]
    return " ".join((*lists, *single, *letters)).split()


@pytest.mark.parametrize(("size", "lang"), CASES)
def test_every_record_reads_back_as_it_was(size: Size, lang: str) -> None:
    """An example that the store would refuse shows nobody anything."""
    records = example(size, lang, TODAY)

    again = [read_record(record.kind, record.model_dump(mode="json")) for record in records]

    assert [to_json(record) for record in again] == [to_json(record) for record in records]


@pytest.mark.parametrize(("size", "lang"), TRANSLATED)
def test_both_languages_hold_the_same_records(size: Size, lang: str) -> None:
    """Someone who changes the language must find the same example."""
    english, other = example(size, "en", TODAY), example(size, lang, TODAY)

    assert [(r.kind, r.id) for r in english] == [(r.kind, r.id) for r in other]
    assert len({record.id for record in english}) == len(english)


@pytest.mark.parametrize(("size", "lang"), TRANSLATED)
def test_no_sentence_is_left_in_english(size: Size, lang: str) -> None:
    """A page that is half English is a page that a village cannot use."""
    english, other = (
        {
            path: text
            for r in example(size, one, TODAY)
            for path, text in _texts(r.id, r.model_dump(mode="json"))
        }
        for one in ("en", lang)
    )

    assert english.keys() == other.keys()
    same = [path for path in english if english[path] == other[path] and " " in english[path]]
    assert [path for path in same if not path.endswith(".foot_code")] == []


@pytest.mark.parametrize("size", SIZES)
def test_every_id_that_is_named_is_there(size: Size) -> None:
    """A tie to nothing breaks a report in front of the people it is for."""
    records = example(size, "en", TODAY)

    named = {id_ for record in records for id_ in mentioned_ids(record.model_dump(mode="json"))}

    assert named == {record.id for record in records}


@pytest.mark.parametrize("size", SIZES)
def test_it_is_the_same_on_another_day_but_for_the_dates(size: Size) -> None:
    """An example with old dates would look abandoned, or fire no pattern any more."""
    later = TODAY + timedelta(days=400)

    first, second = example(size, "en", TODAY), example(size, "en", later)

    assert [record.id for record in first] == [record.id for record in second]
    assert all(
        b.created_on - a.created_on == later - TODAY for a, b in zip(first, second, strict=True)
    )


@pytest.mark.parametrize(("size", "lang"), CASES)
def test_it_says_everywhere_that_it_is_fictional(size: Size, lang: str) -> None:
    """Nobody may take the example for a real community, or a company for a real one."""
    whole = workspace(size, lang)
    process, profile = whole.one(Process), whole.one(Profile)

    assert process is not None
    assert process.example
    assert FICTIONAL[lang] in process.code_name.lower()
    assert profile is not None
    assert FICTIONAL[lang] in profile.vision.lower()
    assert all(
        f"({FICTIONAL[lang]}" in a.label for a in whole.all(Actor) if a.actor_type != "unknown"
    )


@pytest.mark.parametrize(("size", "lang"), CASES)
def test_it_holds_no_contact_and_no_sexual_violence_incident(size: Size, lang: str) -> None:
    """A made-up number may be somebody's; some events are never logged here."""
    whole = workspace(size, lang)

    texts = [(p, t) for record in whole for p, t in sentences(record) if " " in t]

    assert not [path for path, text in texts if contact_signs(text)]
    assert not [i for i in whole.all(Incident) if i.incident_kind == "i_sexual"]


@pytest.mark.parametrize(("size", "lang"), SHOWN)
def test_the_sheet_can_be_copied_by_hand(size: Size, lang: str) -> None:
    """At most 150 words with its headings; longer is not read on the bad day."""
    sheet = workspace(size, lang).one(Sheet)

    assert sheet is not None
    assert len(sheet_words(sheet)) + len(HEADINGS[lang].split()) <= 150


@pytest.mark.parametrize(("size", "lang"), SHOWN)
def test_the_sheet_is_complete(size: Size, lang: str) -> None:
    """An empty line on the first sheet people see teaches them to leave lines empty."""
    sheet = workspace(size, lang).one(Sheet)

    assert sheet is not None
    assert (len(sheet.signs), len(sheet.first_five), len(sheet.do_not)) == (3, 5, 5)
    assert len(sheet.duties) == 6
    assert all(duty.deputy and duty.deputy != duty.letter for duty in sheet.duties)
    assert all((sheet.signal, sheet.second_signal, sheet.all_clear, sheet.go_to, sheet.meet_at))
    assert len(sheet.go_to.split()) == 1
    assert sheet.if_taken
    assert sheet.afterwards
    assert sheet.look_again_on is not None
    assert sheet.look_again_on > TODAY


def test_an_unknown_language_is_refused() -> None:
    """It is never silently English."""
    with pytest.raises(LanguageError):
        example("small", "xx", TODAY)
    assert {size: example_languages(size) for size in SIZES} == LANGUAGES


@pytest.mark.parametrize(
    ("fields", "prose", "place"),
    [
        ("kind: practice, helps_with: [flying]", "## a\n### text\nx", r"small\.yaml:2"),
        ("kind: cause_path, driver_id: id:b", "", r"small\.yaml:2: a names a record"),
        ("kind: practice", "## b\n### text\nx", r"en/small\.md:1: no record is called b"),
        ("kind: protocol, steps: [{role: A}]", "## a\n### steps.does\n- x\n- y", "as many lines"),
        ("kind: practice, *x", "", r"small\.yaml:2"),
        ("kind: practice}, {name: a, kind: practice", "", "a is there twice"),
    ],
)
def test_a_mistake_in_an_example_is_named_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fields: str, prose: str, place: str
) -> None:
    """Whoever mends a sentence must be told where, and never see half an example."""
    structure = f"defaults: {{created_on: today}}\nrecords: [{{name: a, {fields}}}]\n"
    (tmp_path / "examples" / "en").mkdir(parents=True)
    (tmp_path / "examples" / "small.yaml").write_text(structure, encoding="utf-8")
    (tmp_path / "examples" / "en" / "small.md").write_text(prose, encoding="utf-8")
    monkeypatch.setattr("amparo.content.examples.bundled", lambda _: tmp_path)

    with pytest.raises(PackError, match=place):
        example("small", "en", TODAY)
