"""CSV files: for other programs, and harmless in a spreadsheet all the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from zipfile import ZipFile

from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.report.formats.csv_files import as_csv, unguarded, write
from amparo.report.formats.table_values import Head, Table
from amparo.report.formats.tables import tables_of
from amparo.report.made import Made

Making = Callable[..., Made]
PAYLOADS = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", '=HYPERLINK("http://x","y")',
    "=cmd|'/c calc'!A0", "-2+3+cmd|' /C calc'!A0", "+441234", "@x", "＝1+1", "'=1",
)  # fmt: skip


def _table(*cells: str) -> Table:
    return Table("", "T", (Head("", "a"),), tuple((cell,) for cell in cells))


def _rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), "")))


def test_r36_what_looks_like_a_formula_starts_with_an_apostrophe() -> None:
    """A spreadsheet that opens the file must show it, not compute it."""
    rows = _rows(as_csv(_table(*PAYLOADS)))[1:]

    assert [row[0] for row in rows] == [f"'{payload}" for payload in PAYLOADS]
    assert [unguarded(row[0]) for row in rows] == list(PAYLOADS)


@settings(max_examples=50)
@given(text=st.text(alphabet=st.sampled_from("'=+-@a\t\n\"; ,"), max_size=12) | st.text())
def test_any_text_of_a_cell_is_read_as_it_was(text: str) -> None:
    """The apostrophe is ours, and only ours is taken away again."""
    (_, (cell,)) = _rows(as_csv(_table(text)))

    assert unguarded(cell) == text
    assert cell[:1] not in {*"=+-@\t\r"} or not cell


def test_the_names_of_the_files_tell_nothing(made: Making) -> None:
    """A list of file names is read over a shoulder."""
    data = write(made("notes"))

    with ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read(names[0]).startswith(b"\xef\xbb\xbf")
    assert names == [f"{number:02d}.csv" for number in range(1, len(names) + 1)]
    assert len(names) == len(tables_of(made("notes")))
    assert write(made("notes")) == data
