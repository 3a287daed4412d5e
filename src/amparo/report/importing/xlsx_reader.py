"""Reads the cells of a spreadsheet as text: no formula, style, picture or link is looked at.

A reader of its own rather than a library's: it reads as a stream, counts while it reads, and
knows nothing it could be talked into.
"""

from __future__ import annotations

import re
from typing import Any
from xml.sax import (
    ContentHandler,
    SAXException,
)  # only names; what comes in goes through defusedxml
from zipfile import ZipFile

from defusedxml import DefusedXmlException
from defusedxml.expatreader import create_parser

from amparo.report.formats.cells import MOST_CHARACTERS
from amparo.report.formats.xlsx_text import from_xml_text
from amparo.report.importing.limits import (
    MAX_COLUMNS,
    MAX_DEPTH,
    MAX_ROWS,
    MAX_XML_GAP_BYTES,
    MAX_XML_PARTS,
    ImportFileError,
    opened_zip,
    unpacked,
)
from amparo.report.importing.sheets import COMPUTED, Cell, Row, Sheet

BOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_STRINGS = "xl/sharedStrings.xml"
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.ASCII)
_SHARED = re.compile(r"\d{1,7}", re.ASCII)
# Some spreadsheets count days from 1904; ours from 1900.
_LATER_START_DAYS = 1462
_LEAST_DAY = 18_000  # no other number of a record is as large


class _Counting(ContentHandler):
    """Counts elements and their depth, and collects text while somebody wants it."""

    def __init__(self, budget: list[int]) -> None:
        super().__init__()
        self._budget = budget
        self._depth = 0
        self._told: list[str] | None = None
        self._length = 0

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 (the library's name)
        self._depth += 1
        self._budget[0] -= 1
        if self._depth > MAX_DEPTH:
            raise ImportFileError("too_deep")
        if self._budget[0] < 0:
            raise ImportFileError("too_many")
        self.begin(name.rpartition(":")[2], attrs)

    def endElement(self, name: str) -> None:  # noqa: N802
        self._depth -= 1
        self.end(name.rpartition(":")[2])

    def characters(self, content: str) -> None:
        if self._told is not None:
            self._length += len(content)
            if self._length > MOST_CHARACTERS:
                raise ImportFileError("too_many")
            self._told.append(content)

    def listen(self) -> None:
        self._told, self._length = [], 0

    def heard(self) -> str:
        told, self._told = "".join(self._told or ()), None
        return told

    def begin(self, name: str, attrs: Any) -> None:
        raise NotImplementedError

    def end(self, name: str) -> None:
        raise NotImplementedError


class _Book(_Counting):
    """The sheets of a workbook in their order, and where its days begin."""

    def __init__(self, budget: list[int]) -> None:
        super().__init__(budget)
        self.links: list[str] = []
        self.starts_later = False

    def begin(self, name: str, attrs: Any) -> None:
        if name == "workbookPr":
            self.starts_later = attrs.get("date1904") in {"1", "true"}
        elif name == "sheet":
            self.links += [attrs[key] for key in attrs.getNames() if key.rpartition(":")[2] == "id"]

    def end(self, name: str) -> None:
        pass


class _Links(_Counting):
    """Where the parts of a workbook stand."""

    def __init__(self, budget: list[int]) -> None:
        super().__init__(budget)
        self.targets: dict[str, str] = {}

    def begin(self, name: str, attrs: Any) -> None:
        if name == "Relationship" and attrs.get("TargetMode") != "External":
            target = attrs.get("Target", "")
            whole = target[1:] if target.startswith("/") else f"xl/{target}"
            self.targets[attrs.get("Id", "")] = whole

    def end(self, name: str) -> None:
        pass


class _Strings(_Counting):
    """The texts that several cells share; spoken hints beside a text are no part of it."""

    def __init__(self, budget: list[int]) -> None:
        super().__init__(budget)
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._is_hint = False

    def begin(self, name: str, attrs: Any) -> None:  # noqa: ARG002
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._is_hint = True
        elif name == "t" and not self._is_hint:
            self.listen()

    def end(self, name: str) -> None:
        if name == "t" and not self._is_hint:
            self._parts.append(self.heard())
        elif name == "rPh":
            self._is_hint = False
        elif name == "si":
            self.texts.append(from_xml_text("".join(self._parts)))


class _Cells(_Strings):
    """The rows of one sheet."""

    def __init__(self, budget: list[int], shared: list[str], days_added: int) -> None:
        super().__init__(budget)
        self.rows: list[Row] = []
        self._shared = shared
        self._days_added = days_added
        self._row = self._place = 0
        self._kind = ""
        self._value = ""
        self._is_computed = False
        self._cells: dict[int, Cell] = {}

    def begin(self, name: str, attrs: Any) -> None:
        if name == "row":
            number = attrs.get("r", "")
            self._row = int(number) if _SHARED.fullmatch(number) else self._row + 1
            self._place, self._cells = 0, {}
        elif name == "c":
            self._begin_cell(attrs)
        elif name == "f":
            self._is_computed = True
        elif name == "v":
            self.listen()
        else:
            super().begin(name, attrs)

    def end(self, name: str) -> None:
        if name == "v":
            self._value = self.heard()
        elif name == "c":
            if (cell := self._cell()) != "":
                self._cells[self._place] = cell
        elif name == "row":
            if self._cells:
                self.rows.append(Row(self._row, self._cells))
            if len(self.rows) > MAX_ROWS:
                raise ImportFileError("too_many")
        else:
            super().end(name)

    def _begin_cell(self, attrs: Any) -> None:
        found = _PLACE.fullmatch(attrs.get("r", ""))
        self._place = _column(found[1]) if found else self._place + 1
        if self._place > MAX_COLUMNS:
            raise ImportFileError("too_many")
        self._kind, self._value, self._parts = attrs.get("t", "n"), "", []
        self._is_computed = False

    def _cell(self) -> Cell:
        if self._is_computed or self._kind == "e":
            return COMPUTED
        if self._kind == "inlineStr":
            return from_xml_text("".join(self._parts))
        if self._kind == "s":
            if _SHARED.fullmatch(self._value) and int(self._value) < len(self._shared):
                return self._shared[int(self._value)]
            raise ImportFileError("damaged")
        if self._kind == "n":
            return _number(self._value, self._days_added)
        return from_xml_text(self._value)


def read_xlsx(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a spreadsheet, in their order.

    Raises:
        ImportFileError: it is damaged, too big, or holds what no spreadsheet of ours holds.
    """
    archive = opened_zip(data)
    budget = [MAX_XML_PARTS]
    book, links, shared = _Book(budget), _Links(budget), _Strings(budget)
    _parse(archive, BOOK, book)
    _parse(archive, _LINKS, links)
    if _STRINGS in archive.namelist():
        _parse(archive, _STRINGS, shared)
    added = _LATER_START_DAYS if book.starts_later else 0
    return tuple(
        _sheet(archive, links.targets.get(link, ""), _Cells(budget, shared.texts, added))
        for link in book.links
    )


def _sheet(archive: ZipFile, name: str, cells: _Cells) -> Sheet:
    _parse(archive, name, cells)
    return tuple(cells.rows)


def _parse(archive: ZipFile, name: str, handler: ContentHandler) -> None:
    data = unpacked(archive, name)
    _look_before(data)
    parser = create_parser(forbid_dtd=True)
    parser.setContentHandler(handler)
    try:
        # At once: in pieces, one endless tag would be read again from its start with each piece.
        parser.feed(data)
        parser.close()
    except DefusedXmlException:
        raise ImportFileError("entities") from None
    except ImportFileError:
        raise
    except (SAXException, ValueError, LookupError):
        raise ImportFileError("damaged") from None


def _look_before(data: bytes) -> None:
    """Refuse what would cost memory before the first element can be counted: a tag without end."""
    # Only UTF-8 is taken, as spreadsheets write it: in UTF-16 a "<" could not be found by its byte.
    if b"\0" in data:
        raise ImportFileError("damaged")
    place = 0
    while len(data) - place > MAX_XML_GAP_BYTES:
        found = data.rfind(b"<", place + 1, place + MAX_XML_GAP_BYTES)
        if found < 0:
            raise ImportFileError("too_many")
        place = found


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place


def _number(text: str, days_added: int) -> str:
    """Return a number as somebody would have typed it; a day counted otherwise is put right."""
    if not days_added or not _SHARED.fullmatch(text) or int(text) < _LEAST_DAY:
        return text
    return str(int(text) + days_added)
