"""The PDF itself: bytes, tags, fonts, sizes, text."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from amparo.errors import FontMissingError, ReportError
from amparo.report import paper_fonts
from amparo.report.blocks import Document, Paragraph, code
from amparo.report.typeset import page_count, typeset


def _fonts(pdf: bytes) -> list[pikepdf.Object | None]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = [item for item in opened.objects if isinstance(item, pikepdf.Dictionary)]
        descriptors = [item for item in found if item.get("/Type") == "/FontDescriptor"]
        return [item.get("/FontFile2", item.get("/FontFile3")) for item in descriptors]


def test_the_same_document_gives_the_same_bytes(document):
    """Two people compare a copy with the original; a changed byte must mean a changed word."""
    first = typeset(document())

    second = typeset(document())

    assert first == second


def test_another_process_gives_the_same_bytes():
    """Nothing of the machine's state (hash seed, memory, time) may reach the paper."""
    program = (
        "import sys; from amparo.report.blocks import *; from amparo.report.typeset import typeset;"
        "sys.stdout.buffer.write(typeset(Document('es', 'T', (Heading('Hola'), Paragraph('ñ')))))"
    )

    runs = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }

    assert len(runs) == 1
    assert next(iter(runs)).startswith(b"%PDF")


def test_r37_metadata_tells_nothing_but_title_and_language(document):
    """A PDF that carries a name, a computer or an hour can convict somebody."""
    with pikepdf.open(io.BytesIO(typeset(document()))) as pdf:
        info = {key: str(value) for key, value in pdf.docinfo.items()}
        xmp = pdf.Root.Metadata.read_bytes().decode()

    assert set(info) <= {"/Title", "/Creator"}
    assert info["/Title"] == "Notas"
    assert re.fullmatch(r"Typst [0-9.]+", info["/Creator"])
    assert not re.search(r"CreateDate|ModifyDate|dc:creator|/root|/home|/tmp|[Aa]mparo", xmp)


def test_no_path_and_no_product_name_in_the_bytes(document):
    """The paper must not say which program and whose folder it came from."""
    pdf = typeset(document())

    assert not re.search(rb"[Aa]mparo|/home/|/root/|/work/|/tmp/", pdf)


def test_the_pdf_claims_ua_1_and_is_tagged(document):
    """People who listen to the page need the order and the roles of its parts."""
    with pikepdf.open(io.BytesIO(typeset(document()))) as pdf:
        xmp = pdf.Root.Metadata.read_bytes().decode()
        marked = bool(pdf.Root.MarkInfo.Marked)
        tree = "/StructTreeRoot" in pdf.Root
        lang = str(pdf.Root.Lang)

    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert (marked, tree, lang) == (True, True, "es")


def test_charts_have_their_words_in_the_tags(document):
    """A picture without words is a hole for whoever cannot see it."""
    pdf = typeset(document())

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        alts = [
            str(item.Alt)
            for item in opened.objects
            if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        ]

    assert "El banco presta a la empresa." in alts
    assert "Doce amenazas en el mapa." in alts


@pytest.mark.parametrize("lang", ["es", "ar"])
def test_all_fonts_are_embedded(document, lang):
    """A print shop without our fonts would otherwise print other letters, or none."""
    fonts = _fonts(typeset(document(lang=lang)))

    assert len(fonts) >= 3
    assert all(font is not None for font in fonts)


def test_spanish_text_can_be_searched(document, paper_inspector):
    """Accents that are only drawn cannot be found, read aloud or copied."""
    text = paper_inspector(typeset(document())).text

    assert "Ñandú, pingüino, corazón: ¿quién avisa? ¡Vamos!" in text
    assert "+51 900 000 000" in text


def test_arabic_text_can_be_searched(document, paper_inspector):
    """The same for a script whose letters change their shape."""
    text = paper_inspector(typeset(document(lang="ar"))).text

    assert "البوابة" in text
    assert "الرقم" in text


def test_a_telephone_is_seen_left_to_right_in_arabic(document, paper_inspector):
    """A number that is turned around rings somewhere else."""
    seen = paper_inspector(typeset(document(lang="ar"))).seen

    assert any("+51900000000" in line for line in seen)


@pytest.mark.parametrize(
    ("paper", "size"), [("a4", (595.3, 841.9)), ("letter", (612, 792)), ("oficio", (612.3, 963.8))]
)
def test_paper_has_its_size(paper, size):
    """A page made for other paper is cut or shrunk by the copier."""
    pdf = typeset(Document("es", "T", (Paragraph("x"),), paper=paper))

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        box = [float(side) for side in opened.pages[0].mediabox]

    assert box[2:] == pytest.approx(size, abs=0.1)


@pytest.mark.parametrize("paper", ["a4", "letter", "oficio"])
@pytest.mark.parametrize("lang", ["es", "ar"])
def test_nothing_overlaps_or_leaves_the_page(document, paper_inspector, lang, paper):
    """Whoever holds the paper cannot scroll to see what was cut."""
    faults = paper_inspector(typeset(document(lang=lang, paper=paper)))

    assert faults.overlapping == ()
    assert faults.outside == ()
    assert faults.drawn_outside == 0


@pytest.mark.parametrize(("body", "least"), [(10.0, 10.0), (11.0, 10.0), (14.0, 10.0)])
def test_no_letter_is_smaller_than_ten_points(document, paper_inspector, body, least):
    """Small print is lost in the second photocopy."""
    faults = paper_inspector(typeset(document(body_pt=body)), min_pt=least)

    assert faults.too_small == ()


def test_a_page_counter_reads_left_to_right_in_arabic(document, paper_inspector):
    """ "4 / 2" of four pages looks like a missing sheet."""
    pdf = typeset(document(lang="ar"))

    pages = page_count(pdf)

    assert any(line.startswith(f"1/{pages}") for line in paper_inspector(pdf).seen)


def test_one_page_has_no_page_number(paper_inspector):
    """A sheet is one sheet; "1 / 1" is one thing more to copy by hand."""
    text = paper_inspector(typeset(Document("es", "T", (Paragraph("x"),), foot="7"))).text

    assert "/" not in text
    assert "7" in text


def test_a_plan_shrinks_until_it_fits():
    """Four pages are four pages: the group counts the sheets."""
    blocks = (Paragraph("palabra " * 500),)
    whole = Document("es", "T", blocks, body_pt=12)

    fitted = typeset(replace(whole, max_pages=page_count(typeset(whole)) - 1))

    assert page_count(fitted) == page_count(typeset(whole)) - 1


def test_a_plan_that_cannot_fit_is_refused():
    """Cutting the end off in silence could cut off the meeting place."""
    document = Document("es", "T", (Paragraph("palabra " * 9000),), max_pages=4)

    with pytest.raises(ReportError, match="expected at most 4"):
        typeset(document)


def test_a_sheet_never_shrinks_below_fourteen_points():
    """Fourteen points are what a tired person reads at night; the caller has to shorten."""
    document = Document("es", "T", (Paragraph("palabra " * 500),), body_pt=14, max_pages=1)

    with pytest.raises(ReportError, match="at 14 pt"):
        typeset(document)


@pytest.mark.parametrize(
    "setting", [{"body_pt": 9.0}, {"margin_mm": 2.0}, {"paper": "a5"}, {"lang": "../x"}]
)
def test_a_setting_out_of_range_is_refused(setting):
    """Settings come from a notebook, which anybody may have edited."""
    document = Document(**{"lang": "es", "title": "T", "blocks": (Paragraph("x"),), **setting})

    with pytest.raises(ReportError):
        typeset(document)


def test_numbers_stay_whole_at_the_end_of_a_line(paper_inspector):
    """Half a telephone number on the next line is dialled wrongly."""
    lines = tuple(Paragraph(("x" * n, " ", code("+51 900 000 000"))) for n in range(60, 85))

    text = paper_inspector(typeset(Document("es", "T", lines))).text

    assert text.count("+51 900 000 000") == len(lines)


def test_a_missing_font_is_named(tmp_path, monkeypatch):
    """A damaged installation has to say so, not print another letter."""
    shutil.copytree(paper_fonts.font_folder(), tmp_path / "fonts")
    (tmp_path / "fonts" / "NotoNaskhArabic-Bold.ttf").unlink()
    monkeypatch.setattr(paper_fonts, "package_folder", lambda _name: tmp_path / "fonts")

    with pytest.raises(FontMissingError) as caught:
        paper_fonts.font_folder()

    assert caught.value.values == {"font": "NotoNaskhArabic-Bold.ttf"}


def test_the_fonts_are_small_and_come_with_their_licence():
    """The Open Font License asks for its text beside the fonts; a slow line asks for few bytes."""
    folder = paper_fonts.font_folder()

    size = sum(path.stat().st_size for path in folder.glob("*.ttf"))

    assert size < 4_000_000
    assert {path.name for path in folder.glob("*.ttf")} == set(paper_fonts.FILES)
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text("utf-8")


def test_r38_templates_import_no_package():
    """A package import would try the network."""
    templates = Path(paper_fonts.__file__).parent / "templates"

    text = "".join(path.read_text("utf-8") for path in templates.glob("*.typ"))

    assert "@" not in re.sub(r"//[^\n]*", "", text)
