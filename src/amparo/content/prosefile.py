"""Reads the sentences of one file in one language.

One item is ``## id``, one field is ``### name``, then plain lines, one sentence a line. Nothing
else: no markup, no address, no telephone number, so that what a person reads can be shown,
printed and read aloud as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from amparo.content.issues import Findings

_NAME = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)?", re.ASCII)
_COMMENT = re.compile(r"<!--.*-->")
_MARKUP = re.compile(r"<[A-Za-z/!]|\]\(|`|\*\*|^\s*(?:\||>|\d+\.\s|[*+]\s)")
_LINK = re.compile(r"https?:|www\.|\b(?:t|wa|bit)\.(?:me|ly)\b", re.IGNORECASE)
_MAIL = re.compile(r"\S@\S|[(\[]\s*(?:at|arroba)\s*[)\]]", re.IGNORECASE)
_NUMBER = re.compile(r"\+?\d(?:[\s().\u2010-\u2015-]*\d)+")
_YEARS = re.compile(r"(?:19|20)\d\d\D(?:19|20)\d\d|\d{4}-\d\d-\d\d|\((?:19|20)\d\d\)")
_PHONE_DIGITS = 7
# Signs that change the direction of a line or cannot be seen could hide words from a reviewer.
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(slots=True)
class Field:
    """The lines under one ``###`` heading."""

    line: int
    lines: list[str] = field(default_factory=list)

    @property
    def is_list(self) -> bool:
        """Whether every line is a list item."""
        return bool(self.lines) and all(line.startswith("- ") for line in self.lines)


@dataclass(slots=True)
class Section:
    """The fields under one ``##`` heading."""

    line: int
    fields: dict[str, Field] = field(default_factory=dict)


class _Reader:
    """Walks down one file; knows which heading it is under."""

    def __init__(self, name: str, findings: Findings) -> None:
        self.sections: dict[str, Section] = {}
        self._name = name
        self._findings = findings
        self._section: Section | None = None
        self._field: Field | None = None

    def take(self, number: int, line: str) -> None:
        """Read one line."""
        if line.startswith("#"):
            self._heading(number, line)
        elif self._field is None:
            self._note(number, "text_before_heading")
        else:
            self._check_text(number, line)
            self._field.lines.append(line)

    def _heading(self, number: int, line: str) -> None:
        marks, _, rest = line.partition(" ")
        name = rest.strip()
        if marks not in {"##", "###"} or not _NAME.fullmatch(name):
            self._note(number, "heading")
        elif marks == "##":
            self._field = None
            self._section = Section(number)
            if self.sections.setdefault(name, self._section) is not self._section:
                self._note(number, "duplicate_item", id=name)
        elif self._section is None:
            self._note(number, "field_before_item", field=name)
        else:
            self._field = Field(number)
            if self._section.fields.setdefault(name, self._field) is not self._field:
                self._note(number, "duplicate_field", field=name)

    def _check_text(self, number: int, line: str) -> None:
        if _HIDDEN.search(line):
            self._note(number, "hidden_sign")
        if has_markup(line):
            self._note(number, "markup")
        for key in contact_signs(line):
            self._note(number, key)

    def _note(self, number: int, key: str, **values: str) -> None:
        self._findings.add(self._name, number, key, **values)


def has_markup(line: str) -> bool:
    """Tell whether a line holds marks that some program would read as layout or as a link."""
    return bool(_MARKUP.search(line))


def contact_signs(text: str) -> tuple[str, ...]:
    """Tell which kinds of contact *text* seems to hold: link, mail, telephone number."""
    found = [key for key, sign in (("web_address", _LINK), ("mail", _MAIL)) if sign.search(text)]
    without_years = _YEARS.sub(" x ", text)
    numbers = (re.findall(r"\d", match.group()) for match in _NUMBER.finditer(without_years))
    if any(len(digits) >= _PHONE_DIGITS for digits in numbers):
        found.append("telephone")
    return tuple(found)


def read_prose(text: str, name: str, findings: Findings) -> dict[str, Section]:
    """Return the sections of one prose file by item id, noting every issue on the way."""
    reader = _Reader(name, findings)
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.rstrip()
        if stripped and not _COMMENT.fullmatch(stripped):
            reader.take(number, stripped)
    return reader.sections
