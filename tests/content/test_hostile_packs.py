"""A pack comes from elsewhere: nothing in it may hurt the machine or hide from its author."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from amparo.content import check, check_report, load
from amparo.errors import PackError

FIXTURES = Path(__file__).parent / "fixtures"
SITUATIONS = sorted(path.name for path in FIXTURES.iterdir() if (path / "expected.txt").exists())
MakePack = Callable[..., Path]


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_issue_of_a_pack_is_found_with_its_place(pack_with: MakePack, situation: str) -> None:
    """An author mends a pack in one go only if one run names all of it, line by line."""
    folder = pack_with(situation)
    expected = (FIXTURES / situation / "expected.txt").read_text("utf-8").splitlines()

    found = [f"{issue.place} {issue.fact}" for issue in check(folder)]

    assert found == expected


@pytest.mark.parametrize("lang", ["en", "es", "fr", "ar"])
@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_issue_has_a_sentence_in_every_language(
    pack_with: MakePack, situation: str, lang: str
) -> None:
    """Somebody who writes a pack in Spanish reads what is wrong in Spanish."""
    lines = check_report(pack_with(situation), lang)

    assert len(lines) > 1
    assert not [line for line in lines if "⟦" in line]


def test_sound_pack_has_no_issue_and_says_so(sound_pack: Path) -> None:
    """Without a good end nobody knows that the check ran."""
    assert check(sound_pack) == ()
    assert check_report(sound_pack, "es") == (
        "Sin problemas: paquete sound 0.1.0, 5 entradas, idiomas en.",
    )


def test_load_refuses_a_pack_and_names_the_first_place(pack_with: MakePack) -> None:
    """A page shows one clear sentence instead of half a pack."""
    folder = pack_with("unknown_words")

    with pytest.raises(PackError, match=r"measures\.yaml:3: unknown_word") as caught:
        load(folder)

    assert caught.value.values["count"] == 9
    assert caught.value.values["line"] == 3


def test_load_refuses_words_that_hold_a_contact_each_time(pack_with: MakePack) -> None:
    """A telephone number slipped into a language file must never reach a page."""
    pack = load(pack_with("contact_in_the_words"))

    for _ in range(2):
        with pytest.raises(PackError, match=r"telephone|web_address"):
            pack.text("en", "mechanism", "made_up_office", "time_frame")


def test_translations_that_are_not_there_do_not_stop_a_pack(pack_with: MakePack) -> None:
    """A pack half translated is still of use."""
    pack = load(pack_with("missing_language"))

    assert pack.text("es", "measure", "m_bell", "title") == "⟦m_bell.title⟧"


def test_language_that_is_begun_is_shown_and_judged_as_far_as_it_goes(pack_with: MakePack) -> None:
    """Two words of one's own help; what is still missing is no fault, a contact always is."""
    folder = pack_with()
    (folder / "ar").mkdir()
    glossary = folder / "ar" / "glossary.md"
    glossary.write_text("## signal\n\n### term\n\nإشارة\n\n### definition\n\nصوت\n", "utf-8")

    assert load(folder).text("ar", "term", "signal", "term") == "إشارة"
    assert check(folder) == ()

    glossary.write_text(glossary.read_text("utf-8") + "+44 20 7946 0018\n", "utf-8")

    assert [issue.key for issue in check(folder)] == ["telephone"]


@pytest.mark.parametrize("lang", ["..", "../en", "EN", "en/", ""])
def test_code_that_is_no_language_reads_no_file(pack_with: MakePack, lang: str) -> None:
    """The code stands in an address; it must not lead out of the pack."""
    assert load(pack_with()).text(lang, "term", "signal", "term") == "⟦signal.term⟧"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("measures: [" + "x," * 200_001 + "]", "too_many_nodes"),
        ("# " + "x" * 2_000_001, "too_big"),
        ("measures: " + "[" * 500_000, "too_deep"),
        ("? " * 500_000, "key_not_text"),
        ("measures: " + "{a: " * 400_000, "too_deep"),
        ("- " * 900_000, "too_deep"),
        ("measures: '" + "x" * 1_900_000, "yaml_syntax"),
        ("a: \x00", "yaml_syntax"),
    ],
)
def test_huge_file_is_refused_at_once(pack_with: MakePack, text: str, key: str) -> None:
    """A file made to eat memory or time costs seconds at most on the oldest laptop."""
    folder = pack_with(measures=text)

    issues = check(folder)

    assert key in {issue.key for issue in issues}


def test_huge_language_file_is_read_in_time(pack_with: MakePack) -> None:
    """The signs for numbers and addresses must not run for ever on a line made for it."""
    folder = pack_with()
    many = 300_000
    lines = ("1 " * 150_000, "(" * many, "( " * 150_000 + "x", "a@" * many, "1" + "-" * many)
    text = "## signal\n\n### term\n\n" + "\n".join(lines)
    (folder / "en" / "glossary.md").write_text(text, "utf-8")

    check(folder)


def test_bytes_that_are_no_text_are_one_issue_with_a_line(pack_with: MakePack) -> None:
    """A file saved in an old code page is the most common mistake."""
    folder = pack_with()
    (folder / "glossary.yaml").write_bytes("terms:\n  # señal\n".encode("latin-1"))

    issues = [issue for issue in check(folder) if issue.path == "glossary.yaml"]

    assert [(issue.line, issue.key) for issue in issues] == [(2, "not_utf8")]


def test_link_out_of_the_pack_is_refused(pack_with: MakePack, tmp_path: Path) -> None:
    """A pack must not show a file of the machine it is opened on."""
    folder = pack_with()
    secret = tmp_path / "secret.md"
    secret.write_text("## signal\n\n### term\n\nSecret\n", "utf-8")
    (folder / "en" / "glossary.md").unlink()
    (folder / "en" / "glossary.md").symlink_to(secret)

    issues = check(folder)

    assert "en/glossary.md:1 link" in [f"{issue.place} {issue.fact}" for issue in issues]
    assert "Secret" not in str(issues)


def test_pipe_in_place_of_a_file_does_not_wait(pack_with: MakePack) -> None:
    """A pipe would hold the check for ever."""
    folder = pack_with()
    (folder / "glossary.yaml").unlink()
    os.mkfifo(folder / "glossary.yaml")

    assert "glossary.yaml:1" in [issue.place for issue in check(folder)]


def test_no_pack_at_all_is_one_issue(tmp_path: Path) -> None:
    """A wrong folder name deserves a sentence, not a traceback."""
    assert [issue.fact for issue in check(tmp_path / "nowhere")] == ["file_missing"]
