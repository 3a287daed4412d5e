"""A report as CSV: a zip with one file a table, for other programs.

The files are called ``01.csv``, ``02.csv`` and so on: a name must not tell what it is.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from amparo.report.formats.table_values import Table
from amparo.report.formats.tables import tables_of
from amparo.report.formats.zipped import zipped
from amparo.report.made import Made

# Spreadsheets take a text that starts so for a formula; wide forms too, with some keyboards.
_DANGER = "=+\\-@\t\r\n＝＋－＠"
_STARTS_SO = re.compile(f"'*[{_DANGER}]")
_GUARD = "'"


def write(made: Made) -> bytes:
    """Return a zip of CSV files, UTF-8 with a mark that spreadsheets look for.

    Raises:
        ReportError: the report cannot be made, or a value is longer than a cell may be.
    """
    tables = tables_of(made)
    return zipped((f"{number:02d}.csv", as_csv(table)) for number, table in enumerate(tables, 1))


def as_csv(table: Table) -> bytes:
    """Return one table as a CSV file."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows(_guarded(row) for row in (*table.head_rows, *table.rows))
    return out.getvalue().encode("utf-8-sig")


def _guarded(row: Iterable[str]) -> list[str]:
    return [f"{_GUARD}{text}" if _STARTS_SO.match(text) else text for text in row]


def unguarded(text: str) -> str:
    """Return what a guarded cell said before."""
    bare = text.removeprefix(_GUARD)
    return bare if bare != text and _STARTS_SO.match(bare) else text
