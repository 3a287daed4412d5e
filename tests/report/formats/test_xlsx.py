"""The spreadsheet: text only, no trace of who made it, readable from the right."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.report.formats import format_of
from amparo.report.formats.table_values import Head, Table
from amparo.report.formats.xlsx_file import as_xlsx
from amparo.report.formats.xlsx_text import from_xml_text, to_xml_text
from amparo.report.importing.xlsx_reader import read_xlsx
from amparo.report.made import Made

Making = Callable[..., Made]
PAYLOADS = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", '=HYPERLINK("http://x","y")',
    "=cmd|'/c calc'!A0", "-2+3+cmd|' /C calc'!A0", "+441234", "@x", "＝1+1",
)  # fmt: skip


@pytest.fixture(scope="module")
def books(made: Making) -> dict[str, Any]:
    """One small workbook a language, opened."""
    files = {lang: format_of("xlsx").write(made("notes", lang)) for lang in ("en", "ar")}
    return {lang: (data, openpyxl.load_workbook(io.BytesIO(data))) for lang, data in files.items()}


def test_r36_what_looks_like_a_formula_is_text() -> None:
    """Whoever opens a sheet must not run what somebody typed into a form."""
    table = Table("", "T", (Head("", "a"),), tuple((payload,) for payload in PAYLOADS))

    data = as_xlsx([table])

    (sheet,) = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    cells: list[Any] = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] == ["s"] * len(PAYLOADS)
    assert all(cell.quotePrefix for cell in cells)
    assert b"<f" not in ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    (rows,) = read_xlsx(data)
    assert [row.text(1) for row in rows[1:]] == list(PAYLOADS)


def test_every_cell_is_text_also_what_somebody_types_later(books: Any) -> None:
    """A day that a program turned into a number is another day on the next computer."""
    for sheet in books["en"][1]:
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert cells
        assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}
        assert all(one.number_format == "@" for one in sheet.column_dimensions.values())


def test_r37_a_spreadsheet_tells_nobody_who_made_it_or_when(books: Any) -> None:
    """The program's name alone tells what a group has on its computer."""
    data, _ = books["en"]
    with ZipFile(io.BytesIO(data)) as archive:
        parts = [archive.read(name).lower() for name in archive.namelist()]
        times = {entry.date_time for entry in archive.infolist()}

    assert times == {(1980, 1, 1, 0, 0, 0)}
    assert not any(
        name in part
        for part in parts
        for name in (b"openpyxl", b"amparo", b"<application>", b":creator", b"modifiedby")
    )


def test_the_same_records_give_the_same_bytes(made: Making, books: Any) -> None:
    """Two copies that differ tell when and where each was made."""
    assert format_of("xlsx").write(made("notes", "en")) == books["en"][0]


def test_arabic_sheets_are_read_from_the_right(books: Any) -> None:
    """The first column stands where a reader begins."""
    assert all(sheet.sheet_view.rightToLeft for sheet in books["ar"][1])
    assert not any(sheet.sheet_view.rightToLeft for sheet in books["en"][1])


def test_heads_stay_in_sight_and_names_fit(books: Any) -> None:
    """A sheet with forty rows and no head is a riddle."""
    for _, book in books.values():
        assert all(len(name) <= 31 for name in book.sheetnames)
        assert len({name.lower() for name in book.sheetnames}) == len(book.sheetnames)
        assert {sheet.freeze_panes for sheet in book} == {"B3"}
        assert all(one.width > 10 for sheet in book for one in sheet.column_dimensions.values())


@pytest.mark.parametrize("title", ["a" * 40, "/:*?[]\\", "", "History", "'x'", "🌾" * 20])
def test_any_title_becomes_a_name_that_spreadsheets_take(title: str) -> None:
    """One that they do not take makes the whole file look damaged."""
    data = as_xlsx([Table("", title, (Head("", "a"),), ())] * 3)

    names = openpyxl.load_workbook(io.BytesIO(data)).sheetnames
    assert len({name.lower() for name in names}) == 3
    assert all(0 < len(name.encode("utf-16-le")) <= 62 for name in names)
    assert not any(sign in name for name in names for sign in "/:*?[]\\")
    assert "history" not in [name.lower() for name in names]


@settings(max_examples=50)
@given(
    text=st.text(alphabet=st.sampled_from("_x00Dd9aF\r\n\t\x00\ufffe é"), max_size=30) | st.text()
)
def test_any_text_of_a_cell_is_read_as_it_was(text: str) -> None:
    """What looks like an escape stays what somebody typed."""
    assert from_xml_text(to_xml_text(text)) == text
