"""A report as a spreadsheet: one sheet a table, every cell text, nothing that computes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from amparo.messages import messages
from amparo.report.formats.table_values import Head, Table
from amparo.report.formats.tables import tables_of
from amparo.report.formats.xlsx_text import to_xml_text
from amparo.report.formats.zipped import zipped
from amparo.report.made import Made

_TEXT_FORMAT = "@"
_WIDTHS = {"id": 14, "short": 18, "long": 42}
_LINE_PT, _HIGHEST_PT = 15.0, 400.0
# Narrow letters: a line holds a little more than the width of its column in digits, and a
# little less in the thick letters of a head.
_SPARE = 4
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\\*?:/\[\]\x00-\x1f]+")
_RESERVED = "history"
_FORMULA_LIKE = frozenset("=+-@\t\r\n'＝＋－＠")
_HEAD_FILL = PatternFill("solid", fgColor="F0EDE6")
_LINE = Border(bottom=Side(style="thin", color="D5D0C5"))
_INK, _GREY = "1F2933", "4A5763"

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org"
# In place of what the library writes: its own name, and the time of making.
_PROPERTIES = {
    "docProps/app.xml": f'{_XML}<Properties xmlns="{_OFFICE}/officeDocument/2006/'
    'extended-properties"/>',
    "docProps/core.xml": f'{_XML}<cp:coreProperties xmlns:cp="{_OFFICE}/package/2006/metadata/'
    'core-properties" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    '<dcterms:created xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z</dcterms:modified>'
    "</cp:coreProperties>",
}


def write(made: Made) -> bytes:
    """Return a workbook that LibreOffice and Excel open; the same records give the same bytes.

    Raises:
        ReportError: the report cannot be made, or a value is longer than a cell may be.
    """
    is_rtl = messages(made.data.lang).direction == "rtl"
    return as_xlsx(tables_of(made), is_rtl=is_rtl)


def as_xlsx(tables: Iterable[Table], *, is_rtl: bool = False) -> bytes:
    """Return *tables* as a workbook, one sheet each."""
    book = Workbook()
    first: Any = book.active
    for style in _styles(is_rtl=is_rtl):
        book.add_named_style(style)
    used: set[str] = set()
    for table in tables:
        sheet = book.create_sheet() if used else first
        sheet.title = _sheet_name(table.title, used)
        sheet.sheet_view.rightToLeft = is_rtl
        _fill(sheet, table)
    out = io.BytesIO()
    book.save(out)
    return zipped(_neutral(out))


def _styles(*, is_rtl: bool) -> Iterator[NamedStyle]:
    """Yield the four looks of a cell; the library is slow to dress each cell by itself."""
    # A choice in Latin letters would else stand at the far edge of its column.
    side = "right" if is_rtl else "left"
    looks = (
        ("Name", Font(name="Calibri", size=8, color=_GREY), False, _HEAD_FILL),
        ("Head", Font(name="Calibri", size=11, color=_INK, bold=True), True, _HEAD_FILL),
        ("Value", Font(name="Calibri", size=11, color=_INK), True, None),
        # An id is looked up, not read: on one line, cut at the edge of its column.
        ("Id", Font(name="Calibri", size=9, color=_GREY), False, None),
    )
    for name, font, wraps, fill in looks:
        # The beginning of an id has to be seen, in every direction of reading.
        place = Alignment(
            horizontal="left" if name == "Id" else side,
            vertical="top",
            wrap_text=wraps,
            indent=1,
        )
        yield NamedStyle(
            name,
            font=font,
            fill=fill or PatternFill(),
            border=_LINE,
            alignment=place,
            number_format=_TEXT_FORMAT,
        )


def _fill(sheet: Any, table: Table) -> None:
    heads = table.head_rows
    for place, head in enumerate(table.heads, 1):
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width = _WIDTHS[head.width]
        # What is typed below stays text too: no day turns into a number.
        column.number_format = _TEXT_FORMAT
    for number, row in enumerate((*heads, *table.rows), 1):
        for place, (text, head) in enumerate(zip(row, table.heads, strict=True), 1):
            if text:
                _put(sheet.cell(number, place), text, _style(number, len(heads), head))
        if number >= len(heads):
            sheet.row_dimensions[number].height = _height(
                row, table.heads, is_head=number == len(heads)
            )
    sheet.freeze_panes = sheet.cell(len(heads) + 1, 2)
    _for_printing(sheet, len(heads))


def _height(row: tuple[str, ...], heads: tuple[Head, ...], *, is_head: bool) -> float:
    """Guess how many lines a row takes: not every program looks for itself when it opens one."""
    spare = -_SPARE if is_head else _SPARE
    lines = [
        sum(1 + len(line) // (_WIDTHS[head.width] + spare) for line in text.split("\n"))
        for text, head in zip(row, heads, strict=True)
        if is_head or head.width != "id"
    ]
    return min(max((*lines, 1)) * _LINE_PT, _HIGHEST_PT)


def _for_printing(sheet: Any, heads: int) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"1:{heads}"


def _style(number: int, heads: int, head: Head) -> str:
    if number <= heads:
        return "Name" if number < heads else "Head"
    return "Id" if head.width == "id" else "Value"


def _put(cell: Any, text: str, style: str) -> None:
    cell.style = style
    cell.value = to_xml_text(text)
    # The library would take "=..." for a formula.
    cell.data_type = "s"
    if text[0] in _FORMULA_LIKE:
        cell.quotePrefix = True


def _sheet_name(title: str, used: set[str]) -> str:
    """Return a name that spreadsheets allow: 31 characters, no signs of a path, once a book."""
    bare = " ".join(_NOT_IN_NAMES.sub(" ", title).split()).strip("'") or "1"
    name, number = _cut(bare, _LONGEST_NAME), 1
    while name.lower() in used or name.lower() == _RESERVED:
        number += 1
        end = f" {number}"
        name = _cut(bare, _LONGEST_NAME - len(end)) + end
    used.add(name.lower())
    return name


def _cut(text: str, most: int) -> str:
    # Counted as spreadsheets do, a sign beyond the common ones twice.
    while len(text.encode("utf-16-le")) // 2 > most:
        text = text[:-1]
    return text.rstrip(" '")


def _neutral(file: io.BytesIO) -> Iterator[tuple[str, bytes]]:
    with ZipFile(file) as archive:
        for name in archive.namelist():
            yield name, _PROPERTIES[name].encode() if name in _PROPERTIES else archive.read(name)
