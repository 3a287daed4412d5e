"""A file may come from anybody: it is bounded before it is read, and refused in a sentence."""

from __future__ import annotations

import io
import json
import os
import random
import stat
import struct
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.messages import messages
from amparo.report.importing import ImportFileError, read_proposals
from amparo.report.importing.limits import MAX_FILE_BYTES

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
    '<sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Target="{{}}"/></Relationships>'
)
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
Files = dict[str, str | bytes]


def _zip(files: Iterable[tuple[str | ZipInfo, str | bytes]], kind: int = ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", kind) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def _book(sheet: str | bytes = "", **parts: str | bytes) -> bytes:
    files: Files = {
        "xl/workbook.xml": parts.get("book", BOOK),
        "xl/_rels/workbook.xml.rels": parts.get("links", RELATIONS.format("worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": sheet or _sheet(""),
    }
    if "strings" in parts:
        files["xl/sharedStrings.xml"] = parts["strings"]
    return _zip(files.items(), int(str(parts.get("kind", ZIP_DEFLATED))))


def _sheet(rows: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def _with_entry(change: Callable[[ZipInfo], None]) -> bytes:
    info = ZipInfo("xl/other.xml")
    change(info)
    return _zip([("xl/workbook.xml", BOOK), (info, "x")])


def _named(name: str) -> bytes:
    return _zip([("xl/workbook.xml", BOOK), (name, "x")])


def _link(info: ZipInfo) -> None:
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16


def _locked() -> bytes:
    data = bytearray(_named("a.xml"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.rindex(mark) + offset] |= 1
    return bytes(data)


def _understated() -> bytes:
    """A bomb whose list of entries says that it is small."""
    data = bytearray(_zip([("xl/workbook.xml", b" " * 5_000_000)]))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(mark) + offset, 1000)
    return bytes(data)


def _huge() -> bytes:
    """Many entries that are too big together, and not packed more than a hundredfold."""
    data = bytearray(_zip([(f"{n}", "x") for n in range(10)] + [("noise", _noise(1_200_000))]))
    place = data.rindex(b"noise")
    while (place := data.rfind(b"PK\x01\x02", 0, place)) > 0:
        struct.pack_into("<I", data, place + 24, 11_000_000)
    return bytes(data)


def _noise(length: int) -> bytes:
    return random.Random(7).randbytes(length)  # noqa: S311 (only has to be hard to pack)


def _json(**values: Any) -> bytes:
    return json.dumps({"format": 1, "records": [], **values}).encode()


def _record(text: str) -> bytes:
    values = f'{{"id": "{"0" * 32}", "title": "x", "created_on": "2026-11-24", {text}}}'
    return f'{{"format": 1, "records": [{{"kind": "measure", "values": {values}}}]}}'.encode()


CELL = '<row r="1"><c r="{}" t="inlineStr"><is><t>x</t></is></c></row>'
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "not_ours"),
    "a picture": (lambda: b"\x89PNG\r\n", "not_ours"),
    "a zip of something": (lambda: _zip([("readme.txt", "x")]), "not_ours"),
    "a spreadsheet of somebody": (lambda: _book(_sheet(CELL.format("A1"))), "not_ours"),
    "a zip cut short": (lambda: _book()[:-30], "damaged"),
    "a zip bomb": (lambda: _zip([("xl/workbook.xml", b" " * 20_000_000)]), "bomb"),
    "a bomb that lies": (_understated, "damaged"),
    "more than 100 MB": (_huge, "bomb"),
    "too many entries": (lambda: _zip([(f"{n}", "") for n in range(10_001)], ZIP_STORED), "too_many"),
    "a way up": (lambda: _named("../x"), "odd_names"),
    "a way up, hidden": (lambda: _named("xl/../../x"), "odd_names"),
    "an absolute name": (lambda: _named("/etc/x"), "odd_names"),
    "a drive": (lambda: _named("C:\\x"), "odd_names"),
    "a backslash way": (lambda: _named("xl\\..\\x"), "odd_names"),
    "a name with a null": (
        lambda: _named("xl/aZb").replace(b"xl/aZb", b"xl/a\x00b"), "odd_names",
    ),
    "a link": (lambda: _with_entry(_link), "odd_names"),
    "packed unusually": (lambda: _book(kind=str(ZIP_BZIP2)), "damaged"),
    "a password": (_locked, "locked"),
    "a billion laughs": (lambda: _book(book=LAUGHS + "<x>&c;</x>"), "entities"),
    "laughs in the texts": (lambda: _book(strings=LAUGHS + "<x>&c;</x>"), "entities"),
    "laughs in UTF-16": (lambda: _book((LAUGHS + "<x>&c;</x>").encode("utf-16")), "damaged"),
    "a tag without end": (lambda: _book(_noise(300_000).hex().join(("<row a='", "'/>"))), "too_many"),
    "a comment without end": (
        lambda: _book(_sheet(_noise(300_000).hex().join(("<!--<", "-->")))), "too_many",
    ),
    "more rows than are saved at once": (
        lambda: _zip([(f"{n}.csv", f"{_noise(40).hex()}\n" * 11_000) for n in (10, 11)]
                     + [("noise", _noise(30_000))]),
        "too_many",
    ),
    "more text than a file may hold": (
        lambda: _zip([("01.csv", "a\n" * 11_000_000), ("noise", _noise(300_000))]), "too_many",
    ),
    "a file of this computer": (lambda: _book(OUTSIDE + "<x>&a;</x>"), "entities"),
    "an outside DTD": (lambda: _book('<!DOCTYPE x SYSTEM "http://x/y">' + _sheet("")), "entities"),
    "deep XML": (lambda: _book("<a>" * 60 + "</a>" * 60), "too_deep"),
    "very deep XML": (lambda: _book("<a>" * 100_000 + _noise(10_000).hex()), "too_deep"),
    "broken XML": (lambda: _book("<worksheet><row>"), "damaged"),
    "a sheet that is not there": (lambda: _book(links=RELATIONS.format("none.xml")), "damaged"),
    "a sheet outside": (
        lambda: _book(links=RELATIONS.format("http://x/y").replace("/>", ' TargetMode="External"/>')),
        "damaged",
    ),
    "a column far out": (lambda: _book(_sheet(CELL.format("ZZZ1"))), "too_many"),
    "a text that is not there": (
        lambda: _book(_sheet('<row><c t="s"><v>7</v></c></row>')), "damaged",
    ),
    "a number of a text without end": (
        lambda: _book(_sheet(f'<row><c t="s"><v>{"9" * 20_000}</v></c></row>')), "damaged",
    ),
    "a text without end": (
        lambda: _book(_sheet(f'<row><c t="str"><v>{"x" * 40_000}</v></c></row>')), "too_many",
    ),
    "too many columns in CSV": (lambda: _zip([("01.csv", "," * 5000)]), "too_many"),
    "a cell without end in CSV": (
        lambda: _zip([("01.csv", '"' + _noise(100_000).hex())]), "damaged",
    ),
    "CSV in another writing": (lambda: _zip([("01.csv", "é".encode("latin-1"))]), "not_text"),
    "nested JSON": (lambda: _json(x=json.loads("[" * 60 + "]" * 60)), "too_deep"),
    "JSON nested without end": (lambda: b'{"a":' + b"[" * 900_000, "too_deep"),
    "a million lists": (lambda: b'{"a":[' + b"[]," * 2_000_000 + b"[]]}", "too_many"),
    "NaN": (lambda: b'{"format": NaN}', "no_number"),
    "Infinity": (lambda: b'{"format": 1, "records": [-Infinity]}', "no_number"),
    "a number of a million digits": (lambda: b'{"format": ' + b"9" * 1_000_000 + b"}", "damaged"),
    "a name twice": (lambda: b'{"format": 1, "format": 1, "records": []}', "damaged"),
    "JSON cut short": (lambda: _json()[:-3], "damaged"),
    "JSON in another writing": (lambda: '{"é": 1}'.encode("latin-1"), "not_text"),
    "JSON of somebody": (lambda: b'{"a": 1}', "not_ours"),
    "records that are none": (lambda: _json(records={}), "not_ours"),
    "a later form": (lambda: _json(format=2), "newer"),
    "an encrypted file": (lambda: b"age-encryption.org/v1\n", "encrypted"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_r35_a_hostile_file_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    """Nothing is unpacked that does not fit, nothing outside is read, nothing falls over."""
    make, why = REFUSED[name]
    path = tmp_path / "sent"
    path.write_bytes(make())

    with pytest.raises(ImportFileError) as caught:
        read_proposals(path)

    assert caught.value.why == why
    for lang in ("en", "es", "fr", "ar"):
        assert messages(lang).has(caught.value.key)


def test_r35_more_elements_than_any_table_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each costs time: a file of twenty megabytes could keep a computer busy for minutes."""
    monkeypatch.setattr("amparo.report.importing.xlsx_reader.MAX_XML_PARTS", 300)
    path = tmp_path / "sent"
    path.write_bytes(_book(_sheet("<row/>" * 301)))

    with pytest.raises(ImportFileError, match="too_many"):
        read_proposals(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_r35_two_entries_of_one_name_are_refused(tmp_path: Path) -> None:
    """One would be looked at, and the other read."""
    (tmp_path / "sent").write_bytes(_zip([("xl/workbook.xml", BOOK), ("xl/workbook.xml", BOOK)]))

    with pytest.raises(ImportFileError, match="damaged"):
        read_proposals(tmp_path / "sent")


def test_r35_what_is_no_file_or_too_big_is_not_read(tmp_path: Path) -> None:
    """A pipe would be waited for, a whole disk would be read."""
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "big").open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    places = {"pipe": "unreadable", "big": "too_big", "none": "unreadable", ".": "unreadable"}

    for name, why in places.items():
        with pytest.raises(ImportFileError, match=why):
            read_proposals(tmp_path / name)


@pytest.mark.parametrize(
    "values",
    [
        '"copies": 1' + "0" * 400, '"due": 1e400', '"due": {}', '"title": ["x"]',
        '"title": "\\ud800"', '"title": "\\u0000"', '"title": 7', '"phases": "before"',
        '"threat_ids": [[]]', '"x": 1', '"owner_role": "' + "A" * 100_000 + '"',
    ],
)  # fmt: skip
def test_r35_a_strange_value_is_refused_in_its_row(
    tmp_path: Path, compare: Any, values: str
) -> None:
    """One bad record is named; what stood in it is not."""
    text = _record(values).replace(
        b'"title": "x", ', b"" if '"title"' in values else b'"title": "x", '
    )
    (tmp_path / "sent").write_bytes(text)

    (change,) = compare(tmp_path / "sent", []).all

    assert change.state == "refused"
    assert [fault.place.row for fault in change.faults] == [1] * len(change.faults)


@pytest.mark.parametrize(
    "record", ["7", "null", "[]", "{}", '{"kind": "person", "values": {}}', '{"kind": [], "values": {}}',
               '{"kind": "measure", "values": 1}', '{"kind": "measure", "values": {"id": {}}}',
               '{"kind": "measure", "values": {"id": "../x"}}'],
)  # fmt: skip
def test_r35_what_is_no_record_is_refused_in_its_row(
    tmp_path: Path, compare: Any, record: str
) -> None:
    """The rest of the file is still looked at."""
    (tmp_path / "sent").write_bytes(f'{{"format": 1, "records": [{record}]}}'.encode())

    (change,) = compare(tmp_path / "sent", []).all

    assert change.state == "refused"
    assert len(change.faults) == 1


@settings(max_examples=40)
@given(data=st.binary(max_size=200) | st.text(alphabet='{}[]",:01ae \n').map(str.encode), start=st.sampled_from(
    (b"", b"PK\x03\x04", b'{"format": 1, "records": ', b"age-encryption.org/")
))  # fmt: skip
def test_no_bytes_make_the_reader_fall(tmp_path_factory: Any, data: bytes, start: bytes) -> None:
    """Whatever somebody sends, the answer is a sentence."""
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(start + data)

    with suppress(ImportFileError):
        read_proposals(path)
