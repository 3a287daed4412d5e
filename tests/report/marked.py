"""A workspace with a mark of its own in every field, and everything that can be read in a file."""

from __future__ import annotations

import inspect
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pikepdf
import pypdfium2

from amparo.messages import messages
from amparo.model.base import Record, Value
from amparo.model.ranges import Range
from amparo.model.registry import RECORD_TYPES, read_record
from amparo.model.text import ItemId, Line, Prose, RecordId, RoleLetter, Word
from amparo.model.workspace import Workspace

_TEXTS = (Word, Line, Prose)
_FIRST_DAY = date(2101, 1, 1)  # no day of a real record


@dataclass
class Marked:
    """A workspace, and where each of its marks stands: mark -> (kind, field)."""

    records: list[Record] = field(default_factory=list)
    texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    days: dict[date, tuple[str, str]] = field(default_factory=dict)

    @property
    def workspace(self) -> Workspace:
        return Workspace.of(self.records)

    def hidden_texts(self, audience: Any) -> set[str]:
        """Marks that *audience* must not see anywhere, in any form."""
        return {mark for mark, place in self.texts.items() if not _shown(place, audience)}

    def shown_texts(self, audience: Any) -> set[str]:
        return self.texts.keys() - self.hidden_texts(audience)

    def hidden_days(self, audience: Any, lang: str) -> set[str]:
        """Days that *audience* must not see, as they are written in tables and in sentences."""
        hidden = [day for day, place in self.days.items() if not _shown(place, audience)]
        return {form for day in hidden for form in self.written(day, lang)}

    def written(self, day: date, lang: str) -> tuple[str, str]:
        """The ways in which a day may stand in a file."""
        return day.isoformat(), messages(lang).date(day)


def _shown(place: tuple[str, str], audience: Any) -> bool:
    kind, name = place
    model = next(one for one in RECORD_TYPES if one.kind == kind)
    return model.shows(name, audience)


def marked(label: str = "clear") -> Marked:
    """Fill one record of every kind; the label lets all of them travel as far as a field may."""
    made = Marked()
    for number, model in enumerate(RECORD_TYPES, 1):
        fields = _Filler(made, model.kind).fields(model)
        fields |= {"id": f"{number:032x}", "sensitivity": label}
        if model.kind == "factor":
            del fields["capacity"]  # a factor is one side only
        made.records.append(read_record(model.kind, fields))
    return made


class _Filler:
    def __init__(self, made: Marked, kind: str) -> None:
        self._made = made
        self._kind = kind

    def fields(self, model: type[Value], top: str = "") -> dict[str, Any]:
        hints = get_type_hints(model, include_extras=True)
        return {name: self._value(hints[name], top or name) for name in model.model_fields}

    def _value(self, hint: Any, top: str) -> Any:
        """Return a value for *hint*; a mark in a group belongs to the field that holds it."""
        if any(hint == known for known in _TEXTS):
            mark = f"zq{len(self._made.texts):04d}x"
            self._made.texts[mark] = (self._kind, top)
            return mark
        if hint == date:
            day = _FIRST_DAY + timedelta(days=len(self._made.days))
            self._made.days[day] = (self._kind, top)
            return day.isoformat()
        fixed = {RoleLetter: "B", RecordId: "ab" * 16, ItemId: "m_example", bool: True}
        for known, value in fixed.items():
            if hint == known:
                return value
        if hint == Range:
            return {"low": 1, "best": 2, "high": 3}
        return self._composed(hint, top)

    def _composed(self, hint: Any, top: str) -> Any:
        origin, parts = get_origin(hint), get_args(hint)
        if origin in (Union, UnionType):
            return self._value(next(part for part in parts if part is not NoneType), top)
        if origin is tuple:
            return [self._value(parts[0], top)]
        if origin is Literal:
            return parts[-1]
        if inspect.isclass(hint) and issubclass(hint, Value):
            return self.fields(hint, top)
        assert origin is Annotated or hint is int, hint
        return 2


def holds_day(text: str, day: str) -> bool:
    """Tell whether *day* stands in *text* and is not the end of another: 4 May in 14 May."""
    return re.search(rf"(?<!\d){re.escape(day)}", text) is not None


def layers(form: str, data: bytes) -> str:
    """Return everything that can be read in a file of *form*: text, metadata, what is attached."""
    found = "\n".join(_pdf(data) if form == "pdf" else _zipped(data))
    # A word may be broken over two lines, or carry places where it may be.
    plain = unicodedata.normalize("NFKC", re.sub("[\u00ad\u200b\ufffe]", "", found))
    return re.sub(r"\s+", " ", plain)


def _pdf(data: bytes) -> Iterator[str]:
    document = pypdfium2.PdfDocument(data)
    for page in document:
        yield page.get_textpage().get_text_range()
    document.close()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for held in pdf.objects:
            yield from _strings(held)
            if isinstance(held, pikepdf.Stream) and "/Subtype" not in held:
                yield held.read_bytes().decode("latin-1")


def _strings(held: Any) -> Iterator[str]:
    if isinstance(held, pikepdf.String):
        yield str(held)
    elif isinstance(held, pikepdf.Array):
        for item in held:
            if not item_is_indirect(item):
                yield from _strings(item)
    elif isinstance(held, (pikepdf.Dictionary, pikepdf.Stream)):
        for key in held.keys():  # noqa: SIM118 - a stream is no mapping
            yield str(key)
            if not item_is_indirect(held[key]):
                yield from _strings(held[key])


def item_is_indirect(item: Any) -> bool:
    return bool(getattr(item, "is_indirect", False))


def _zipped(data: bytes) -> Iterator[str]:
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as folder:
            for name in folder.namelist():
                yield name
                yield from _zipped(folder.read(name))
        return
    yield data.decode("utf-8", "replace").replace("\r\n ", "")  # a calendar folds its lines
