"""Reads the tables of a zip of CSV files, as an export wrote them or a spreadsheet saved them."""

from __future__ import annotations

import csv
import io
import re

from amparo.report.formats.cells import MOST_CHARACTERS
from amparo.report.formats.csv_files import unguarded
from amparo.report.importing.limits import (
    MAX_COLUMNS,
    MAX_FILE_BYTES,
    MAX_ROWS,
    ImportFileError,
    opened_zip,
    unpacked,
)
from amparo.report.importing.sheets import Cell, Row, Sheet

NAME = re.compile(r"\d{2,4}\.csv", re.ASCII)


def read_csv(data: bytes) -> tuple[Sheet, ...]:
    """Return one sheet a file.

    Raises:
        ImportFileError: it is damaged, too big, or no text.
    """
    archive = opened_zip(data)
    files = sorted(
        (one for one in archive.infolist() if NAME.fullmatch(one.filename)),
        key=lambda one: one.filename,
    )
    # Text takes up to four bytes a sign once it is read.
    if sum(one.file_size for one in files) > MAX_FILE_BYTES:
        raise ImportFileError("too_many")
    sheets: list[Sheet] = []
    left = MAX_ROWS
    for one in files:
        sheets.append(_sheet(unpacked(archive, one.filename), left))
        left -= len(sheets[-1])
    return tuple(sheets)


def _sheet(data: bytes, most_rows: int) -> Sheet:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ImportFileError("not_text") from None
    head = text.partition("\n")[0]
    # Spreadsheets in Spanish and French write semicolons.
    delimiter = ";" if head.count(";") > head.count(",") else ","
    rows: list[Row] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, ""), delimiter=delimiter), 1):
            if number > most_rows or len(cells) > MAX_COLUMNS:
                raise ImportFileError("too_many")
            if found := _cells(cells):
                rows.append(Row(number, found))
    except csv.Error:
        raise ImportFileError("damaged") from None
    return tuple(rows)


def _cells(cells: list[str]) -> dict[int, Cell]:
    if any(len(cell) > MOST_CHARACTERS for cell in cells):
        raise ImportFileError("too_many")
    return {place: unguarded(cell) for place, cell in enumerate(cells, 1) if cell}
