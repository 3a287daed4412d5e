"""What the report tests share: an inspector of PDFs, the words of a document, a marked workspace.

The inspector finds ugliness by machine. The marked workspace says something of its own in every
field of every kind, so that a test can tell what a form of a report holds and what it does not.
"""

from __future__ import annotations

import ctypes
import dataclasses
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import count
from string import ascii_uppercase
from typing import Any

import pypdfium2 as pdfium
import pytest
from pypdfium2 import raw

from amparo.messages import messages
from amparo.model.base import Record, field_reach
from amparo.model.fields import NOT_ASKED, NOT_OFFERED, FieldSpec, form_of
from amparo.model.registry import RECORD_TYPES, read_record, record_type
from amparo.model.workspace import Workspace
from amparo.report.blocks import Block, Document, KeyValues, Run, plain
from amparo.wording.choices import catalogue_pairs, option_label, vocabulary_label
from amparo.wording.labels import label_of

_SLACK_PT = 1.5
# A line hangs from its capitals; accents and risers of a heading stand a little above.
_RISE_PT = 5.0
_EDGE_PT = 17.0
# Accents and tails of neighbouring lines come close; letters of two texts in one place do not.
_OVERLAP_WIDE_PT = 1.6
_OVERLAP_HIGH = 0.22
_SAME_LINE_PT = 6.0
_VOWEL_MARK = re.compile("[\u064b-\u0652]")


@dataclass(frozen=True)
class Line:
    """A piece of one line of text and the box around its letters, y upwards."""

    page: int
    text: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class PaperFaults:
    """What is wrong with a PDF; every list is empty when it is well made."""

    overlapping: tuple[tuple[str, str], ...]
    outside: tuple[str, ...]
    too_small: tuple[str, ...]
    drawn_outside: int
    pages: int
    text: str
    seen: tuple[str, ...]
    """Every line as the eye meets it from left to right, without spaces."""

    @property
    def none(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.overlapping or self.outside or self.too_small or self.drawn_outside)


Inspector = Callable[..., PaperFaults]


@pytest.fixture(scope="session")
def paper_inspector() -> Inspector:
    """Return ``inspect(pdf, min_pt=10, margin_mm=18)``, which looks at every page of a PDF."""
    return _inspect


def _inspect(pdf: bytes, *, min_pt: float = 10.0, margin_mm: float = 18.0) -> PaperFaults:
    document = pdfium.PdfDocument(pdf)
    overlapping: list[tuple[str, str]] = []
    outside: list[str] = []
    small: list[str] = []
    texts: list[str] = []
    seen: list[str] = []
    drawn = 0
    margin = margin_mm * 72 / 25.4 - _SLACK_PT
    for number in range(len(document)):
        page = document[number]
        textpage = page.get_textpage()
        size = page.get_size()
        lines = _lines(textpage, number)
        texts.append(textpage.get_text_range())
        seen += _seen(textpage)
        overlapping += _overlaps(lines)
        outside += _outside(textpage, size, margin)
        small += _small(textpage, min_pt)
        drawn += _drawn_outside(page, size)
    return PaperFaults(
        tuple(overlapping),
        tuple(outside),
        tuple(small),
        drawn,
        len(document),
        "\n".join(texts),
        tuple(seen),
    )


def _lines(textpage: pdfium.PdfTextPage, page: int) -> list[Line]:
    found = []
    for i in range(textpage.count_rects()):
        left, bottom, right, top = textpage.get_rect(i)
        text = textpage.get_text_bounded(left, bottom, right, top).strip()
        if text:
            found.append(Line(page, text, left, bottom, right, top))
    return found


def _seen(textpage: pdfium.PdfTextPage) -> list[str]:
    rows: dict[int, list[tuple[float, str]]] = {}
    x, y = ctypes.c_double(), ctypes.c_double()
    for i in range(textpage.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(textpage, i))
        if character.strip() and raw.FPDFText_IsGenerated(textpage, i) != 1:
            raw.FPDFText_GetCharOrigin(textpage, i, ctypes.byref(x), ctypes.byref(y))
            rows.setdefault(round(y.value), []).append((x.value, character))
    return ["".join(c for _, c in sorted(row)) for _, row in sorted(rows.items(), reverse=True)]


def _overlaps(lines: list[Line]) -> list[tuple[str, str]]:
    ordered = sorted(lines, key=lambda line: line.bottom)
    found = []
    for i, one in enumerate(ordered):
        for other in ordered[i + 1 :]:
            if other.bottom >= one.top:
                break
            wide = min(one.right, other.right) - max(one.left, other.left)
            high = min(one.top, other.top) - max(one.bottom, other.bottom)
            least = min(one.top - one.bottom, other.top - other.bottom)
            if _bare(one.text) in _bare(other.text) or _bare(other.text) in _bare(one.text):
                continue  # pdfium gives a piece of a right-to-left line twice
            if _pieces_of_one_line(one, other):
                continue
            if wide > _OVERLAP_WIDE_PT and high > _OVERLAP_HIGH * least:
                found.append((one.text, other.text))
    return found


def _bare(text: str) -> str:
    """Return *text* without signs of direction, vowel marks (they stand on a letter) and spaces."""
    return re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u064b-\u0652\\s]", "", text)


def _pieces_of_one_line(one: Line, other: Line) -> bool:
    """Tell whether pdfium cut a right-to-left line in two at a vowel mark, with the letter twice."""
    marked = any(_VOWEL_MARK.search(line.text) for line in (one, other))
    return marked and abs(one.top + one.bottom - other.top - other.bottom) < _SAME_LINE_PT


def _outside(textpage: pdfium.PdfTextPage, size: tuple[float, float], margin: float) -> list[str]:
    """Find letters that stand in a margin (a space at the end of a line may)."""
    found = []
    wide, high = size
    for i in range(textpage.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(textpage, i))
        if not character.strip() or raw.FPDFText_IsGenerated(textpage, i) == 1:
            continue
        left, bottom, right, top = textpage.get_charbox(i)
        beside = left < margin or right > wide - margin
        # The foot stands in the lower margin, but never within 6 mm of the edge.
        if beside or top > high - margin + _RISE_PT or bottom < _EDGE_PT:
            found.append(f"{character} at {left:.0f}, {bottom:.0f}")
    return found


def _small(textpage: pdfium.PdfTextPage, min_pt: float) -> list[str]:
    found = []
    matrix = raw.FS_MATRIX()
    for i in range(textpage.count_chars()):
        if raw.FPDFText_IsGenerated(textpage, i) == 1:
            continue
        raw.FPDFText_GetMatrix(textpage, i, ctypes.byref(matrix))
        scale = abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
        size = raw.FPDFText_GetFontSize(textpage, i) * scale
        character = chr(raw.FPDFText_GetUnicode(textpage, i))
        if character.strip() and size < min_pt - 0.05:
            found.append(f"{character} {size:.1f} pt")
    return found


def _drawn_outside(page: pdfium.PdfPage, size: tuple[float, float]) -> int:
    """Count shapes and pictures that reach over the edge of the paper."""
    count = 0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = item.get_bounds()
        count += left < -1 or bottom < -1 or right > size[0] + 1 or top > size[1] + 1
    return count


def _document_text(document: Document) -> str:
    """Return every word of a document, a block a line; a name and its value with ": " between."""
    return "\n".join(_written(document.blocks))


@pytest.fixture(scope="session")
def document_text() -> Callable[[Document], str]:
    """Return ``document_text(document) -> str``: what stands in it, whatever its file will be."""
    return _document_text


def _written(part: Any) -> Iterator[str]:
    if isinstance(part, KeyValues):
        yield from (f"{plain(name)}: {plain(value)}" for name, value in part.pairs)
    elif isinstance(part, Run | str) or _is_line(part):
        yield plain(part)
    elif isinstance(part, tuple):
        for one in part:
            yield from _written(one)
    elif isinstance(part, Block):
        for field in dataclasses.fields(part):  # type: ignore[arg-type]
            yield from _written(getattr(part, field.name))


def _is_line(part: Any) -> bool:
    return isinstance(part, tuple) and bool(part) and all(isinstance(one, Run) for one in part)


@dataclass(frozen=True)
class Mark:
    """What one field of a marked record says: nothing else says the same under this label."""

    kind: str
    field: str
    label: str
    said: str
    reach: str


@dataclass(frozen=True)
class Marked:
    """A workspace with every field of every kind filled in, and what each of them says."""

    workspace: Workspace
    marks: tuple[Mark, ...]


class _Marker:
    """Fills records with values that no other field has, where the field allows one."""

    def __init__(self, lang: str) -> None:
        self._words = messages(lang)
        self._count = count(1)
        # Two figures for each day, so that none is a part of another.
        self._days = (date(2030 + n // 228, n // 19 % 12 + 1, n % 19 + 10) for n in count())
        self._letters = (f"{a}{b}" for a in ascii_uppercase for b in ascii_uppercase)
        self._ids = {model.kind: f"{n:032x}" for n, model in enumerate(RECORD_TYPES, start=0xA00)}
        self._targets: list[tuple[str, str, str, str]] = []
        self._marks: list[Mark] = []

    def marked(self) -> Marked:
        records = [self._record(model.kind, self._ids[model.kind]) for model in RECORD_TYPES]
        # A factor is one side only: the other one needs a record of its own.
        records.append(self._record("factor", f"{0xB00:032x}", without="vulnerability"))
        workspace = Workspace.of(records)
        for kind, field, label, target in self._targets:
            found = workspace.get(target)
            assert found is not None
            said = label_of(found, lambda _name, value: str(value))
            self._mark(kind, field, label, said)
        return Marked(workspace, tuple(self._marks))

    def _record(self, kind: str, record_id: str, without: str = "capacity") -> Record:
        values: dict[str, Any] = {}
        for spec in form_of(kind):
            if kind != "factor" or spec.name != without:
                label = self._words.text(f"field.{kind}.{spec.name}")
                values[spec.name] = self._value(kind, spec, spec.name, label)
        values |= self._unasked(kind, record_id)
        return read_record(kind, values)

    def _unasked(self, kind: str, record_id: str) -> dict[str, Any]:
        words, model = self._words, record_type(kind)
        created, deleted = next(self._days), next(self._days)
        known: dict[str, tuple[Any, str, str]] = {
            "id": (record_id, "report.dossier.field.id", record_id),
            "created_on": (
                created.isoformat(), "report.dossier.field.created_on", words.date(created),
            ),
            "sensitivity": (
                "amber_strict", "report.notes.label",
                vocabulary_label(words, "sensitivity", "amber_strict"),
            ),
            "delete_by": (
                deleted.isoformat(), "field.record.delete_by", words.date(deleted),
            ),
            "example": (True, "report.dossier.field.example", words.text("part.form.yes")),
            "writer": ("e7" * 16, "report.dossier.field.writer", "e7" * 16),
            "store_seq": (4321, "report.dossier.field.store_seq", "4321"),
        }  # fmt: skip
        held = {name: known[name] for name in NOT_ASKED if name in model.model_fields}
        for name, (_, key, said) in held.items():
            self._mark(kind, name, words.text(key), said)
        return {name: value for name, (value, _, _) in held.items()}

    def _value(self, kind: str, spec: FieldSpec, path: str, label: str) -> Any:
        if spec.control == "group":
            inner = {
                one.name: self._value(
                    kind, one, f"{path}.{one.name}",
                    self._words.text(f"field.{kind}.{spec.name}.{one.name}"),
                )
                for one in spec.fields
            }  # fmt: skip
            return [inner] if spec.many else inner
        if spec.control == "record":
            assert spec.points_at
            target = self._ids[spec.points_at]
            self._targets.append((kind, path, label, target))
            return [target] if spec.many else target
        value, said = self._simple(kind, spec)
        self._mark(kind, path, label, said)
        return [value] if spec.many else value

    def _simple(self, kind: str, spec: FieldSpec) -> tuple[Any, str]:
        words = self._words
        if spec.control in {"choice", "scale"}:
            chosen = [one for one in spec.options if one not in NOT_OFFERED][-1]
            return chosen, option_label(words, kind, spec, chosen)
        if spec.control == "date":
            on = next(self._days)
            return on.isoformat(), words.date(on)
        if spec.control == "item":
            pairs = catalogue_pairs(spec.points_at, words.lang) if spec.points_at else []
            value, said = pairs[0] if pairs else ("stage_1", "stage_1")
            return value, said
        return self._made(spec)

    def _made(self, spec: FieldSpec) -> tuple[Any, str]:
        number = next(self._count)
        word = f"zq{number:04d}{spec.name}"[:40]
        best: dict[str, Any] = {"low": 4, "best": 4, "high": 4}
        made: dict[str, tuple[Any, str]] = {
            "flag": (True, self._words.text("part.form.yes")),
            "number": (400 + number, str(400 + number)),
            "range": (best, self._words.text(f"scale.{spec.name}.4")),
        }
        if spec.control == "letter":
            letters = next(self._letters)
            return letters, letters
        return made.get(spec.control, (word, word))

    def _mark(self, kind: str, field: str, label: str, said: str) -> None:
        reach = field_reach(record_type(kind), field.partition(".")[0])
        self._marks.append(Mark(kind, field, label, said, reach))


@pytest.fixture(scope="session")
def marked() -> Callable[[str], Marked]:
    """Return ``marked(lang)``: a record of every kind with a value of its own in every field."""
    return cache(lambda lang: _Marker(lang).marked())
