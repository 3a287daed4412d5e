"""A translator's file may come from anybody: nothing it holds reaches the project unasked."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.messages import messages
from amparo.translate import Project, bring_in, po_file, xliff_file
from amparo.translate.importing import MAX_BYTES
from amparo.translate.po_file import BadFileError

Files = Callable[..., dict[str, Path]]
Snapshot = Callable[[], dict[str, bytes]]
READY = 'msgctxt "ui.ready"\nmsgid "Ready"\nmsgstr "Listo"'
SAVED = 'msgctxt "ui.save.saved"\nmsgid "Saved {time}"\nmsgstr "Guardado {time}"'
DAYS = 'msgstr[0] "{number} día"\nmsgstr[1] "{number} días"'
TITLE = 'msgctxt "m_incident_log:title"\nmsgid "Shared incident log"\nmsgstr '
ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
XLIFF = b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2">'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'

# part, what stands there, what a translator sent instead, the key of what to mend
BAD_TEXTS = [
    ("interface-ui", SAVED, SAVED.replace("Guardado {time}", "Guardado"), "names"),
    ("interface-ui", SAVED, SAVED.replace("Guardado {time}", "Guardado {hora}"), "names"),
    ("interface-ui", SAVED, SAVED.replace('do {time}"', 'do {time} {time}"'), "names"),
    ("interface-ui", SAVED, SAVED.replace('do {time}"', 'do {time} {time.__class__}"'), "braces"),
    ("interface-ui", SAVED, SAVED.replace('do {time}"', 'do {time} {0}"'), "braces"),
    ("interface-ui", SAVED, SAVED.replace('do {time}"', 'do {time!r}"'), "names"),
    ("interface-ui", READY, READY.replace("Listo", "Listo {"), "braces"),
    ("interface-ui", READY, READY.replace("Listo", "<b>Listo</b>"), "markup"),
    ("interface-ui", READY, READY.replace("Listo", "<script>x</script>"), "markup"),
    ("interface-ui", READY, READY.replace("Listo", "[Listo](x)"), "markup"),
    ("interface-ui", READY, READY.replace("Listo", "Lis\u200bto"), "hidden_sign"),
    ("interface-ui", READY, READY.replace("Listo", "\u202eListo"), "hidden_sign"),
    ("interface-ui", READY, READY.replace("Listo", "Listo\u2066"), "hidden_sign"),
    ("interface-ui", READY, READY.replace("Listo", "Lis\u00adto"), "hidden_sign"),
    ("interface-ui", READY, READY.replace("Listo", "Listo\U000e0041"), "hidden_sign"),
    ("interface-ui", READY, READY.replace("Listo", "Lis\u200cto"), "hidden_sign"),
    ("interface-ui", READY, READY.replace("Listo", "Lis\\tto"), "hidden_sign"),
    ("interface-ui", READY, READY.replace("Listo", "www.example.org"), "web_address"),
    ("interface-ui", READY, READY.replace("Listo", "a@example.org"), "mail"),
    ("interface-ui", READY, READY.replace("Listo", "555 010 0199"), "telephone"),
    ("interface-ui", READY, READY.replace("Listo", "Listo "), "edges"),
    ("interface-ui", READY, READY.replace("Listo", "Listo\\nya"), "line_breaks"),
    ("interface-ui", READY, READY.replace("Listo", "Listo " * 60 + "ya"), "too_long"),
    ("interface-ui", READY, READY.replace("ui.ready", "ui.nothing"), "unknown_key"),
    ("interface-report", DAYS, 'msgstr[0] "{number} día"\nmsgstr[1] ""', "forms"),
    ("interface-report", DAYS, 'msgstr[0] "un día"\nmsgstr[1] "días"', "names"),
    ("foundations-measures", TITLE, TITLE + '"- un punto"\n#', "not_a_list"),
    ("foundations-measures", TITLE, TITLE + '"# un punto"\n#', "heading"),
    ("foundations-measures", TITLE, TITLE + '"<!-- x -->"\n#', "heading"),
    ("foundations-measures", TITLE, TITLE + '"uno\\n\\ndos"\n#', "empty_line"),
    ("foundations-measures", TITLE, TITLE + '"**uno**"\n#', "markup"),
    ("foundations-measures", TITLE, TITLE + '"llamen al +1 555 0100 199"\n#', "telephone"),
    ("examples-small", '"- español\\n"', '"español\\n"', "points"),
    ("examples-small", '"- español\\n"', '"- español\\n"\n"- otra\\n"', "points"),
]
BAD_FILES = [
    ("a.po", b"\xff\xfe\x00", "not_utf8"),
    ("a.po", 'msgid ""\nmsgstr "é"'.encode("latin-1"), "not_utf8"),
    ("a.po", b'msgid "a', "bad_po"),
    ("a.po", b'msgstr "a"\nmsgid_plural "b"\n', "no_part"),
    ("a.po", b'"X-Amparo-Part: interface/ui\\n"\nmsgfoo "a"', "bad_po"),
    ("a.po", b'msgid ""\nmsgstr ""\n"Language: es\\n"\n', "no_part"),
    ("a.po", b'msgid ""\nmsgstr ""\n"X-Amparo-Part: interface/ui\\n"\n', "no_language"),
    ("a.po", b'msgid ""\nmsgstr ""\n"Language: es\\n"\n"X-Amparo-Part: ../../x\\n"\n',
     "unknown_part"),
    ("a.po", b'msgid ""\nmsgstr ""\n"Language: en\\n"\n"X-Amparo-Part: interface/ui\\n"\n',
     "english"),
    ("a.xlf", b"<xliff", "bad_xliff"),
    ("a.xlf", b"<html/>", "bad_xliff"),
    ("a.xlf", ENTITY.encode() + b"<x>&a;</x>", "entities"),
    ("a.xlf", LAUGHS.encode() + b"<x>&b;</x>", "entities"),
    ("a.xlf", b"<a>" * 100_000, "bad_xliff"),
    ("a.xlf", XLIFF + b'<file original="interface/ui"/></xliff>', "no_language"),
    ("a.xlf", XLIFF + b'<file target-language="es"/></xliff>', "no_part"),
    ("a.exe", b"", "ending"),
]  # fmt: skip


@pytest.mark.parametrize("bad", BAD_TEXTS, ids=lambda bad: f"{bad[0]}-{bad[3]}")
def test_a_text_that_breaks_a_rule_is_named_and_nothing_is_written(
    here: Project, files_of: Files, snapshot: Snapshot, bad: tuple[str, str, str, str]
) -> None:
    """A lost name in braces stops a page; a wrong number sends somebody to the wrong door."""
    part, stands, sent, key = bad
    before = snapshot()
    files = files_of("es")
    text = files[part].read_text("utf-8")
    assert text.count(stands) == 1
    files[part].write_text(text.replace(stands, sent), "utf-8")
    good = files["interface-review"]
    good.write_text(
        good.read_text("utf-8").replace("Sin revisión", "Sin ninguna revisión"), "utf-8"
    )

    done = bring_in(here, [good, files[part]])

    assert key in {one.key for one in done.troubles}
    assert {one.file for one in done.troubles} == {files[part].name}
    assert snapshot() == before


@pytest.mark.parametrize(("name", "data", "key"), BAD_FILES)
def test_a_file_that_cannot_be_read_is_named_and_nothing_is_written(
    here: Project, snapshot: Snapshot, tmp_path: Path, name: str, data: bytes, key: str
) -> None:
    """The translator learns what to do; no traceback, no other file read."""
    before = snapshot()
    sent = tmp_path / name
    sent.write_bytes(data)

    done = bring_in(here, [sent])

    assert [(one.file, one.key) for one in done.troubles] == [(name, key)]
    assert snapshot() == before


def test_what_to_mend_is_said_in_every_language_without_what_was_typed(
    here: Project, files_of: Files
) -> None:
    """A file of a translator may hold more than words for us."""
    sent = files_of("es")["interface-ui"]
    text = sent.read_text("utf-8").replace('msgstr "Listo"', 'msgstr "Secret {x}"')
    sent.write_text(text.replace('"ui.undo"', '"ui.\u202eundo"'), "utf-8")

    done = bring_in(here, [sent])

    assert len(done.troubles) == 2
    for lang in ("en", "es", "fr", "ar"):
        said = "\n".join(one.sentence(messages(lang)) for one in done.troubles)
        assert f"{sent.name}: ui.ready: " in said
        assert "Secret" not in said
        assert "\u202e" not in said
        assert "⟦" not in said


def test_a_file_above_the_limit_is_refused_unread(here: Project, tmp_path: Path) -> None:
    """A phone's whole memory must not go into one file."""
    sent = tmp_path / "big.po"
    with sent.open("wb") as file:
        file.truncate(MAX_BYTES + 1)

    assert [one.key for one in bring_in(here, [sent]).troubles] == ["too_big"]


def test_a_pipe_is_not_waited_for(here: Project, tmp_path: Path) -> None:
    """A program that hangs is closed, and with it the work of an afternoon."""
    os.mkfifo(tmp_path / "a.po")

    assert [one.key for one in bring_in(here, [tmp_path / "a.po"]).troubles] == ["unreadable"]


def test_a_link_in_the_project_is_not_written_through(
    here: Project, files_of: Files, copy: Path, tmp_path: Path
) -> None:
    """A copy that somebody handed over must not overwrite other files of this computer."""
    sent = files_of("es")["interface-ui"]
    sent.write_text(sent.read_text("utf-8").replace('"Listo"', '"Ya está"'), "utf-8")
    place = copy / "src/amparo/locale/es/ui.po"
    elsewhere = tmp_path / "elsewhere.po"
    place.rename(elsewhere)
    place.symlink_to(elsewhere)
    before = elsewhere.read_bytes()

    assert [one.key for one in bring_in(here, [sent]).troubles] == ["link"]
    assert elsewhere.read_bytes() == before


def test_two_files_that_contradict_each_other_are_refused(
    here: Project, files_of: Files, tmp_path: Path
) -> None:
    """Whichever came last must not win unseen."""
    first = files_of("es")["interface-ui"]
    second = tmp_path / "second.po"
    second.write_text(first.read_text("utf-8").replace('"Listo"', '"Ya está"'), "utf-8")

    assert [one.key for one in bring_in(here, [first, second]).troubles] == ["two_texts"]


def test_an_entry_that_stands_twice_is_refused(here: Project, files_of: Files) -> None:
    """The second one would win unseen."""
    po, xliff = files_of("es")["interface-ui"], files_of("es", "xliff")["interface-ui"]
    po.write_text(f"{po.read_text('utf-8')}\n{READY}\n", "utf-8")
    text = xliff.read_text("utf-8")
    unit = text[text.index("<trans-unit") : text.index("</trans-unit>")] + "</trans-unit>"
    xliff.write_text(text.replace("<body>", "<body>" + unit, 1), "utf-8")

    done = bring_in(here, [po, xliff])

    assert [one.key for one in done.troubles] == ["twice", "twice"]


def test_arabic_may_use_the_joiners_it_needs(here: Project, files_of: Files) -> None:
    """What cannot be seen in Spanish is a letter's shape in Arabic and Persian."""
    sent = files_of("ar")["interface-ui"]
    sent.write_text(sent.read_text("utf-8").replace('"جاهز"', '"جا\u200cهز"'), "utf-8")

    done = bring_in(here, [sent])

    assert (done.troubles, done.changed) == ((), 1)


@given(
    text=st.text(
        alphabet=st.sampled_from('msgidctxtrplural_[]0129"\\\n #~,:ab{}<>/&;'), max_size=200
    )
)
def test_no_text_makes_a_reader_fall(text: str) -> None:
    """Whatever a strange program wrote, the answer is a sentence."""
    for read in (po_file.load, xliff_file.load):
        with suppress(BadFileError):
            read(text)
