"""What somebody types is printed as typed, and never costs the group its report."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.report import blocks as b
from amparo.report.paper_text import EMPTY_BOX, Setting, clean
from amparo.report.typeset import page_count, typeset

MARKUP = [
    '#read("/etc/passwd")',
    "$x^2 + sum_(i=1)$",
    "*bold* _under_ `raw`",
    "@preview/cetz:0.3.1",
    '#import "@preview/cetz:0.3.1"',
    "<label> @label",
    "= Heading",
    "\\ // comment /* comment */",
    "#sys.inputs.data",
    "~ -- --- ... \"quotes\" 'single'",
]
ODD = [
    "👩‍👩‍👧‍👦 😀 🇵🇪 emoji",
    "漢字かな 한국어 हिन्दी",
    "\ud800 lone \udfff surrogates",
    "\x00\x07\x1b[31mcontrol\x9b",
    "a\u202eevil\u2066 direction",
    "z\u0337\u0321\u031b\u032e\u0354\u0316\u0301 stacked",
    "עברית mixed العربية 123 mixed",
    "\ufdfd \ufdfa",
    "\uffff\U0010ffff\ue000\ufeff",
    "line\u2028separator\rreturn\x0bfeed",
]


def _everywhere(text: str) -> tuple[b.Block, ...]:
    styles = (text, b.strong(text), b.emphasis(text), b.code(text), b.Run(text, mono=True))
    return (
        b.Heading(text),
        *(b.Paragraph(style) for style in styles),
        b.Bullets((text,)),
        b.Table((b.Column(text), b.Column("x", 3)), ((text, text),)),
        b.KeyValues(((text, text),)),
        b.Box(text, (b.Blanks(2, text),)),
        b.Preformatted(text),
    )


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_printed_letter_by_letter(paper_inspector, text):
    """Text that becomes program could read a file of the workshop computer into the paper."""
    printed = paper_inspector(typeset(b.Document("es", "T", (b.Paragraph(text),)))).text

    assert text in printed


@pytest.mark.parametrize("lang", ["es", "ar"])
@pytest.mark.parametrize("text", ODD)
def test_odd_characters_never_stop_a_report(text, lang):
    """One emoji in one sentence must not cost a group its plan."""
    pdf = typeset(b.Document(lang, text, _everywhere(text), foot=text))

    assert page_count(pdf) >= 1


@pytest.mark.parametrize("text", ["漢字", "한국어", "हिन्दी"])
def test_a_character_without_a_font_leaves_a_visible_box(text):
    """A reader has to see that something stood there."""
    assert set(clean(text)) == {EMPTY_BOX}


def test_marks_that_reorder_words_are_removed():
    """A hidden mark can make "do not go" read as something else."""
    assert clean("a\u202eb\u2066c\u200ed") == "abcd"


@given(st.text(max_size=60))
@settings(max_examples=40, deadline=None)
def test_any_text_can_be_printed(text):
    """Nobody can list all the ways to type; the machine tries some."""
    pdf = typeset(b.Document("ar", text, (b.Heading(text), b.Paragraph((text, b.strong(text))))))

    assert page_count(pdf) >= 1


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_cleaning_twice_changes_nothing_more(text):
    """Text passes several hands; it must not change with each."""
    once = clean(text)

    assert clean(once) == once


def test_a_cell_of_a_hundred_thousand_letters_runs_over_pages(paper_inspector):
    """Somebody will paste a whole court file into one field."""
    table = b.Table((b.Column("a", 3), b.Column("b")), (("palabra " * 12500, "y" * 5000),))

    faults = paper_inspector(typeset(b.Document("es", "T", (table,))))

    assert faults.pages > 20
    assert faults.none


def test_a_word_wider_than_its_cell_is_broken(paper_inspector):
    """Links and codes have no spaces; they must not run into the next column."""
    columns = tuple(b.Column(name) for name in ("Acompañamiento", "Responsabilidades", "Cuándo"))
    row = ("electroencefalografista", "https://ejemplo.invalid/" + "abc" * 40, "W" * 60)

    faults = paper_inspector(
        typeset(b.Document("es", "T", (b.Table(columns, (row,)),), body_pt=14))
    )

    assert faults.none


def test_a_word_in_many_styles_is_broken_too(paper_inspector):
    """A word can be too wide although each of its parts is short."""
    paragraph = b.Paragraph(tuple(b.strong("abc") for _ in range(400)))

    faults = paper_inspector(typeset(b.Document("es", "T", (paragraph,))))

    assert faults.none


def test_a_table_of_thirty_columns_is_split(paper_inspector):
    """Ordinary notebooks show wide tables; paper is narrow."""
    columns = tuple(b.Column(f"columna{i}") for i in range(30))
    rows = tuple(tuple(f"valor{i}x{j}" for i in range(30)) for j in range(4))

    faults = paper_inspector(typeset(b.Document("es", "T", (b.Table(columns, rows),))))

    assert faults.none
    assert "29" in faults.text


def test_blocks_nested_without_end_are_still_printed(paper_inspector):
    """A list in a list in a list is a mistake, not a reason to lose the page."""
    block: b.Block = b.Paragraph("hondo")
    for _ in range(40):
        block = b.Box("t", (b.Bullets(((block,),)),))

    faults = paper_inspector(typeset(b.Document("es", "T", (block,))))

    assert "hondo" in faults.text


def test_empty_blocks_are_printed_as_nothing():
    """A blank form is made of empty records."""
    blocks = (
        b.Heading(""),
        b.Paragraph(""),
        b.Bullets(()),
        b.Bullets(("",)),
        b.Table((), ()),
        b.Table((b.Column(""),), ()),
        b.KeyValues(()),
        b.Columns(()),
        b.Box("", ()),
        b.Blanks(0),
        b.Together(()),
        b.Preformatted(""),
    )

    assert page_count(typeset(b.Document("es", "", blocks))) == 1


def test_numbers_are_left_to_right_inside_arabic():
    """A telephone that is turned around rings somewhere else."""
    setting = Setting(lang="ar", pt=11, rtl=True)

    parts = setting.runs((b.Run("اتصل +51 900-000 الآن"),), 400)

    assert [part["t"] for part in parts if part.get("l")] == ["+51 900-000"]


_CALLER = """
import sys
from amparo.report.blocks import *
from amparo.report.typeset import typeset
text = '#import "@preview/cetz:0.3.1": *'
typeset(Document("es", text, (Heading(text), Paragraph((text, code(text))), Preformatted(text))))
"""


def test_r38_nothing_calls_out():
    """A report made in a village must not knock at a server, not even in vain."""
    calls: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    done = threading.Event()

    def listen() -> None:
        while not done.is_set():
            try:
                calls.append(server.accept()[0].recv(100))
            except TimeoutError:
                continue

    listener = threading.Thread(target=listen)
    listener.start()
    proxy = f"http://127.0.0.1:{server.getsockname()[1]}"
    names = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")

    subprocess.run([sys.executable, "-c", _CALLER], check=True, env=dict.fromkeys(names, proxy))
    done.set()
    listener.join()
    server.close()

    assert calls == []
