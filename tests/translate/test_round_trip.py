"""What a translator writes comes back whole, and nothing else changes."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from amparo.errors import LanguageError, OutputExistsError, ProjectMissingError
from amparo.translate import Project, bring_in, export, project, status
from amparo.translate import catalogue as catalogues
from amparo.translate import prose as lessons
from amparo.translate.values import CATALOGUE

Files = Callable[..., dict[str, Path]]
Snapshot = Callable[[], dict[str, bytes]]
LANGS = ["es", "fr", "ar"]


def _swap(path: Path, old: str, new: str) -> Path:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, text.count(old)
    path.write_text(text.replace(old, new), "utf-8")
    return path


@pytest.mark.parametrize("form", ["po", "xliff"])
@pytest.mark.parametrize("lang", LANGS)
def test_what_comes_back_unchanged_changes_nothing(
    here: Project, files_of: Files, snapshot: Snapshot, lang: str, form: str
) -> None:
    """All that is shipped also keeps the rules that translators are asked to keep."""
    before = snapshot()

    done = bring_in(here, [*files_of(lang, form).values()])

    assert (done.troubles, done.changed, done.stale, done.unsure) == ((), 0, 0, 0)
    assert snapshot() == before


def test_every_shipped_file_is_written_as_it_stands() -> None:
    """A translator's one word must not show up as a thousand changed lines."""
    for part in project().parts():
        order = {entry.key: entry.counts for entry in part.entries("en")}
        for lang in project().languages():
            path = part.path(lang)
            if not path.is_file():
                continue
            if part.kind == CATALOGUE:
                again = catalogues.written(path, lang, order, part.words(lang))
            else:
                again = lessons.written(part.path("en"), path, part.words(lang))
            assert again == path.read_text("utf-8"), path


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("po", 'msgstr "Listo"', 'msgstr "Ya está"'),
        ("xliff", ">Listo</target>", ">Ya está</target>"),
    ],
)
def test_one_changed_sentence_changes_one_line(
    here: Project, files_of: Files, snapshot: Snapshot, form: str, old: str, new: str
) -> None:
    """Everything around it stays byte for byte."""
    before = snapshot()
    sent = _swap(files_of("es", form)["interface-ui"], old, new)

    done = bring_in(here, [sent])

    name = "src/amparo/locale/es/ui.po"
    assert done.changed == 1
    assert snapshot() == {**before, name: before[name].replace(b'"Listo"', '"Ya está"'.encode())}


@pytest.mark.parametrize("form", ["po", "xliff"])
def test_all_plural_forms_of_arabic_survive(
    here: Project, files_of: Files, copy: Path, form: str
) -> None:
    """Six forms, each for other numbers; one lost form says a wrong number of days."""
    sent = files_of("ar", form)["interface-report"]
    forms = catalogues.read(copy / "src/amparo/locale/ar/report.po")["report.alert.days"]
    _swap(
        sent,
        forms[4] + ('"' if form == "po" else "</"),
        forms[4] + "!" + ('"' if form == "po" else "</"),
    )

    done = bring_in(here, [sent])

    assert done.changed == 1
    now = catalogues.read(copy / "src/amparo/locale/ar/report.po")["report.alert.days"]
    assert now == (*forms[:4], forms[4] + "!", forms[5])


@pytest.mark.parametrize("form", ["po", "xliff"])
def test_a_lesson_keeps_its_lines(here: Project, files_of: Files, copy: Path, form: str) -> None:
    """One sentence a line is what makes a lesson fit for reading aloud."""
    sent = files_of("es", form)["foundations-measures"]
    title = lessons.read(copy / "curricula/foundations/es/measures.md")["m_incident_log:title"][0]
    edge = ('"', '"') if form == "po" else (">", "<")
    _swap(sent, title.join(edge), f"{title} común".join(edge))

    done = bring_in(here, [sent])

    text = (copy / "curricula/foundations/es/measures.md").read_text("utf-8")
    assert done.changed == 1
    assert f"## m_incident_log\n\n### title\n\n{title} común\n\n### what\n" in text


@pytest.mark.parametrize("form", ["po", "xliff"])
def test_a_language_that_did_not_exist_begins_with_one_file(
    here: Project, files_of: Files, copy: Path, form: str
) -> None:
    """Many peoples' languages are in no table of any program."""
    sent = files_of("mam", form)["interface-review"]
    mine = "Mi'x o'ncheylet"
    if form == "po":
        _swap(sent, 'practitioner"\nmsgstr ""', f'practitioner"\nmsgstr "{mine}"')
    else:
        _swap(sent, "practitioner</source>", f"practitioner</source><target>{mine}</target>")

    done = bring_in(here, [sent])

    assert (done.changed, done.empty) == (1, 1)
    made = catalogues.read(copy / "src/amparo/locale/mam/review.po")
    assert made == {"paper.not_reviewed": (mine,)}
    reviews = (copy / "src/amparo/locale/reviews.yaml").read_text("utf-8")
    assert "mam: {reviewed_by_role: null, reviewed_on: null}\n" in reviews


def test_an_example_that_is_not_translated_goes_out_empty_and_comes_back_whole(
    here: Project, files_of: Files, copy: Path
) -> None:
    """Translating the example is the first thing that most translators do."""
    sent = files_of("fr")["examples-small"]
    text = sent.read_text("utf-8")
    english = lessons.read(copy / "curricula/examples/en/small.md")
    filled = []
    for block in text.split("\n\n"):
        source = block.partition("msgid ")[2].partition("\nmsgstr")[0]
        filled.append(block.rstrip("\n").removesuffix('msgstr ""') + f"msgstr {source}"
                      if block.rstrip("\n").endswith('msgstr ""') else block)  # fmt: skip
    sent.write_text("\n\n".join(filled), "utf-8")

    done = bring_in(here, [sent])

    assert done.troubles == ()
    assert done.changed == len(english)
    made = copy / "curricula/examples/fr/small.md"
    assert made.read_bytes() == (copy / "curricula/examples/en/small.md").read_bytes()


def test_what_a_translation_program_does_to_a_file_changes_nothing(
    here: Project, files_of: Files, snapshot: Snapshot
) -> None:
    """It wraps lines, ends them otherwise and adds headers, also the translator's own name."""
    before = snapshot()
    sent = files_of("ar")["interface-report"]
    own = ('"Last-Translator: A. Name <a@example.org>\\n"', '"X-Amparo-Part: interface/report\\n"')
    wrapped = io.BytesIO()
    write_po(wrapped, read_po(sent.read_text("utf-8").splitlines()), width=60, no_location=True)
    text = (
        wrapped.getvalue()
        .decode("utf-8")
        .replace('msgstr ""\n', "\n".join(('msgstr ""', *own, "")), 1)
    )
    assert "X-Amparo-Part" in text
    sent.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    done = bring_in(here, [sent])

    assert (done.troubles, done.changed, done.stale) == ((), 0, 0)
    assert snapshot() == before


def test_the_translator_s_name_stays_out_of_the_project(
    here: Project, files_of: Files, snapshot: Snapshot
) -> None:
    """Who translates for defenders may be looked for like them."""
    sent = _swap(files_of("es")["interface-ui"], 'msgstr "Listo"', 'msgstr "Ya está"')
    _swap(sent, '"MIME-Version', '"Last-Translator: A. Name <a@example.org>\\n"\n"MIME-Version')
    _swap(
        sent,
        '#. En una pantalla del cuaderno (interface/ui). Corto, con palabras sencillas.\nmsgctxt "ui.ready"',
        '# A. Name\nmsgctxt "ui.ready"',
    )

    assert bring_in(here, [sent]).changed == 1
    assert not [name for name, data in snapshot().items() if b"A. Name" in data]


def test_a_check_writes_nothing(here: Project, files_of: Files, snapshot: Snapshot) -> None:
    """Look before you leap."""
    before = snapshot()
    sent = _swap(files_of("es")["interface-ui"], 'msgstr "Listo"', 'msgstr "Ya está"')

    done = bring_in(here, [sent], check=True)

    assert (done.changed, [path.name for path in done.written]) == (1, ["ui.po"])
    assert snapshot() == before


def test_what_is_unsure_or_older_than_the_english_is_left_out(
    here: Project, files_of: Files, snapshot: Snapshot
) -> None:
    """An old sentence may say the opposite of what is meant today."""
    before = snapshot()
    sent = files_of("es")["interface-ui"]
    _swap(sent, 'msgctxt "ui.undo"', '#, fuzzy\nmsgctxt "ui.undo"')
    _swap(sent, 'msgid "Ready"', 'msgid "Not ready"')

    done = bring_in(here, [sent])

    assert (done.stale, done.unsure, done.changed) == (1, 1, 0)
    assert snapshot() == before


def test_notes_say_where_a_text_appears_and_what_stays(files_of: Files) -> None:
    """Without a place, "Open" is a verb in one file and an adjective in the next."""
    text = files_of("es")["interface-ui"].read_text("utf-8")
    block = next(one for one in text.split("\n\n") if 'msgctxt "ui.save.saved"' in one)

    assert "#. En una pantalla" in block
    assert "#. Dejar tal cual: {time}" in block


def test_an_export_never_writes_over_a_translator_s_work(
    here: Project, files_of: Files, tmp_path: Path
) -> None:
    """Half a day of work is in those files."""
    files_of("es")

    with pytest.raises(OutputExistsError):
        export(here, "es", tmp_path / "es-po")


@pytest.mark.parametrize("lang", ["en", "../es", "Es", "x", "", "spanish"])
def test_only_a_code_of_a_language_is_exported(here: Project, tmp_path: Path, lang: str) -> None:
    """The code becomes the name of a folder."""
    with pytest.raises(LanguageError):
        export(here, lang, tmp_path / "out")


def test_a_folder_that_is_no_copy_of_the_project_is_refused(tmp_path: Path) -> None:
    """Nobody finds words that were written to the wrong place."""
    with pytest.raises(ProjectMissingError):
        project(tmp_path)


def test_completeness_counts_what_is_missing_and_never_rounds_up(here: Project, copy: Path) -> None:
    """100 % with one sentence missing is how a key gets onto somebody's screen."""
    path = copy / "src/amparo/locale/es/ui.po"
    text = path.read_text("utf-8")
    path.write_text(text.replace('msgstr "Listo"', 'msgstr ""'), "utf-8")

    rows = {(row.part, row.lang): row for row in status(here)}

    assert rows["interface/ui", "es"].missing == ("ui.ready",)
    assert rows["interface/ui", "es"].percent < 100
    assert rows["examples/small", "es"].percent == 100
    assert rows["examples/small", "fr"].percent == 0
