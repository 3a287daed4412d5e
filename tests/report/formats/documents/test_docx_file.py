"""A text document that a partner can edit and comment on, and that tells nothing of its maker."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Any

import docx as python_docx
import pytest
from docx.enum.shape import WD_INLINE_SHAPE_TYPE
from docx.oxml.ns import qn

from amparo.report import blocks as b
from amparo.report.office_docx import docx

LANGS = ("en", "es", "fr", "ar")


def _opened(data: bytes) -> Any:
    return python_docx.Document(io.BytesIO(data))


def _file(*blocks: b.Block, lang: str = "en", **settings: Any) -> Any:
    return _opened(docx(b.Document(lang, "T", blocks, **settings)))


def test_the_file_holds_no_author_no_hour_and_nothing_of_the_template(
    written: Any, parts: Any
) -> None:
    """R37: properties of a file have sent people to prison."""
    held = parts(written("docx", "analysis", "en"))

    names = set(re.findall(rb"<(?:dc|cp|dcterms):(\w+)[ >]", held["docProps/core.xml"]))
    assert names == {b"coreProperties", b"title", b"created", b"modified"}
    assert not [name for name in held if re.search("thumbnail|app.xml|custom|theme", name)]
    everything = b"".join(held.values())
    assert not re.search(rb"python-docx|Microsoft Mac|w:rsid|w14:docId", everything)


def test_the_only_day_in_the_file_says_nothing(written: Any) -> None:
    """When a plan was made tells when people met."""
    data = written("docx", "plan", "es")

    core = _opened(data).core_properties
    never = datetime(1980, 1, 1, tzinfo=UTC)
    assert (core.created, core.modified, core.author, core.title) == (
        never, never, "", "Apuntes de la cosecha",
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.create_system for entry in package.infolist()} == {0}


def test_names_of_whoever_comments_later_are_not_kept(written: Any, parts: Any) -> None:
    """A partner's word processor would else write its owner's name into the file."""
    settings = parts(written("docx", "plan", "en"))["word/settings.xml"]

    assert b"removePersonalInformation" in settings
    assert b"removeDateAndTime" in settings


def test_the_same_document_gives_the_same_bytes(made: Any, written: Any) -> None:
    """Two copies that differ tell when and where each was made."""
    assert docx(made("analysis", "ar").document) == written("docx", "analysis", "ar")


@pytest.mark.parametrize("lang", LANGS)
def test_headings_are_headings(lang: str, made: Any, written: Any) -> None:
    """They fill the table of contents, and people who listen jump between them."""
    wanted = [x for x in made("plan", lang).document.blocks if isinstance(x, b.Heading)]

    file = _opened(written("docx", "plan", lang))

    found = [p for p in file.paragraphs if p.style.name.startswith("Heading")]
    assert [p.text for p in found] == [b.plain(heading.text) for heading in wanted]
    assert [p.style.name for p in found] == [f"Heading {heading.level}" for heading in wanted]


def test_lists_are_lists_and_each_counts_from_its_own_start() -> None:
    """Whoever adds a step wants the next number, not a typed one."""
    first, second = (
        b.Numbered(("a", "b")),
        b.Numbered(("c", (b.Paragraph("d"), b.Bullets(("e",)))), 9),
    )

    file = _file(first, second, b.Checklist(("f",)))

    lists = [p._p.pPr.numPr for p in file.paragraphs if p._p.pPr.numPr is not None]
    ids = [number.numId.val for number in lists]
    starts = [
        int(start.get(qn("w:val")))
        for start in file.part.numbering_part.element.iter(qn("w:startOverride"))
    ]
    assert [p.text for p in file.paragraphs] == list("abcdef")
    assert starts == [1, 9]
    assert len(set(ids)) == 4
    assert [number.ilvl.val for number in lists] == [0, 0, 0, 0, 1, 0]


def test_a_table_repeats_its_header_on_every_page() -> None:
    """On page three nobody remembers what the second column was."""
    columns = (b.Column("What", 3), b.Column("Who"))
    rows = tuple((f"step {i}", "A") for i in range(60))

    table = _file(b.Table(columns, rows, empty_rows=2)).tables[0]

    heads = [row for row in table._tbl.tr_lst if row.find(f".//{qn('w:tblHeader')}") is not None]
    assert heads == [table._tbl.tr_lst[0]]
    assert len(table._tbl.tr_lst) == 63


@pytest.mark.parametrize(
    ("paper", "millimetres"), [("a4", (210, 297)), ("letter", (216, 279)), ("oficio", (216, 340))]
)
def test_paper_and_margins_are_those_of_the_document(
    paper: Any, millimetres: tuple[int, int]
) -> None:
    """It is printed where the group lives."""
    section = _file(b.Paragraph("x"), paper=paper, margin_mm=14).sections[0]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == millimetres
    assert round(section.left_margin.mm) == round(section.right_margin.mm) == 14


def test_charts_are_pictures_with_their_words_in_and_below_them(made: Any, written: Any) -> None:
    """Who cannot see it, and who copies the text out, both have it."""
    file = _opened(written("docx", "analysis", "fr"))

    told = [picture.get("descr") for picture in file.element.body.iter(qn("wp:docPr"))]
    texts = {p.text for p in file.paragraphs}
    assert len(told) == 6
    assert all(text in texts for text in told)
    assert {shape.type for shape in file.inline_shapes} == {WD_INLINE_SHAPE_TYPE.PICTURE}


def test_words_of_a_chart_are_not_said_twice() -> None:
    """Some sections say them themselves."""
    from amparo.report.blocks_charts import Spoke, Wheel

    wheel = Wheel("flat here", tuple(Spoke(name, 2) for name in "abcde"))

    file = _file(wheel, b.Paragraph("flat here"))

    assert [p.text for p in file.paragraphs if p.text] == ["flat here"]


def test_arabic_is_set_from_the_right_everywhere(written: Any) -> None:
    """A plan whose columns stand in the wrong order gives the wrong person the keys."""
    file = _opened(written("docx", "plan", "ar"))

    body = file.element.body
    assert all(p.pPr.find(qn("w:bidi")) is not None for p in body.iter(qn("w:p")))
    assert all(t.tblPr.find(qn("w:bidiVisual")) is not None for t in body.iter(qn("w:tbl")))
    assert body.sectPr.find(qn("w:bidi")) is not None
    language = file.styles.element.find(f".//{qn('w:lang')}")
    assert language.get(qn("w:bidi")).startswith("ar")


def test_numbers_in_arabic_keep_their_order() -> None:
    """A telephone that is turned around rings somewhere else."""
    (paragraph,) = _file(b.Paragraph("اتصل +51 900-000 الآن"), lang="ar").paragraphs

    runs = {run.text: run._r.rPr is not None and run._r.rPr.find(qn("w:rtl")) is not None
            for run in paragraph.runs}  # fmt: skip
    assert runs["\u200e+51 900-000\u200e"] is False
    assert runs["اتصل "] is True


def test_the_first_letter_stays_the_first_in_arabic() -> None:
    """A acts and B is the deputy; a comma between them must not make them change places."""
    (paragraph,) = _file(b.Paragraph("A، B"), lang="ar").paragraphs

    assert paragraph.text == "A\u200f، \u200fB"


def test_a_new_page_begins_where_the_document_says_and_never_first() -> None:
    """An empty first page is a page that somebody forgets in the printer."""
    file = _file(b.PageBreak(), b.Paragraph("one"), b.PageBreak(), b.Paragraph("two"))

    assert [(p.text, bool(p.paragraph_format.page_break_before)) for p in file.paragraphs] == [
        ("one", False),
        ("two", True),
    ]


def test_a_report_that_shrinks_to_fit_its_pages_does_so_here_too() -> None:
    """The plan is four pages in every form, as far as a word processor can be told."""
    lines = tuple(b.Paragraph("one line") for _ in range(36))

    file = _file(*lines, max_pages=1, body_pt=14, floor_pt=10)

    size = int(file.styles.element.find(f".//{qn('w:sz')}").get(qn("w:val"))) / 2
    assert 10 <= size < 14


def test_a_document_that_fits_no_page_is_still_written() -> None:
    """A text document flows on; there it can be shortened."""
    long = tuple(b.Paragraph("many words " * 90) for _ in range(20))

    file = _file(*long, max_pages=1, body_pt=14)

    assert len(file.paragraphs) == 20
