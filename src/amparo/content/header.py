"""Reads ``pack.yaml``: what the pack is and which files it has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from amparo.content.files import read_text
from amparo.content.issues import Findings
from amparo.content.shapes import STEMS
from amparo.content.yamlfile import Node, read_yaml

FILE = "pack.yaml"
FORMAT = 1
_ID = re.compile(r"[a-z][a-z0-9_]{1,39}", re.ASCII)
VERSION = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}", re.ASCII)
LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)
_PLAIN = ("knowledge_year", "checked", "review_by")
_NULLABLE = ("reviewed_on", "reviewed_by_role")
_KNOWN = {"format", "id", "version", "languages", "licence", "files", *_PLAIN, *_NULLABLE}


@dataclass(frozen=True, slots=True)
class Header:
    """The first facts about a pack."""

    id: str
    version: str
    languages: tuple[str, ...]
    licence: str
    stems: tuple[str, ...]


class _Header:
    def __init__(self, top: dict[str, Node], findings: Findings) -> None:
        self._top = top
        self._findings = findings

    def word(self, name: str, sign: re.Pattern[str]) -> str:
        node = self._top.get(name)
        if node is not None and isinstance(node.value, str) and sign.fullmatch(node.value):
            return node.value
        self._wrong(name)
        return ""

    def words(self, name: str, known: re.Pattern[str] | frozenset[str]) -> tuple[str, ...]:
        node = self._top.get(name)
        if node is None or not isinstance(node.value, list) or not node.value:
            self._wrong(name)
            return ()
        found: list[str] = []
        for child in node.value:
            text = child.value if isinstance(child.value, str) else ""
            good = text in known if isinstance(known, frozenset) else known.fullmatch(text)
            if good and text not in found:
                found.append(text)
            else:
                self._findings.add(FILE, child.line, "field_form", field=name)
        return tuple(found)

    def facts(self) -> None:
        """Check the fields that are kept for people and for review, not used by the loader."""
        for name in self._top.keys() - _KNOWN:
            self._findings.add(FILE, self._top[name].line, "unknown_field", field=name)
        forms = {"format": int, "knowledge_year": int, "checked": date, "review_by": date}
        for name, form in forms.items():
            node = self._top.get(name)
            if node is None or type(node.value) is not form:
                self._wrong(name)
        version = self._top.get("format")
        if version is not None and type(version.value) is int and version.value != FORMAT:
            self._findings.add(FILE, version.line, "format_version", found=version.value)
        for name in _NULLABLE:
            if name not in self._top:
                self._wrong(name)

    def _wrong(self, name: str) -> None:
        node = self._top.get(name)
        key = "field_form" if node is not None else "field_missing"
        self._findings.add(FILE, node.line if node is not None else 1, key, field=name)


def read_header(folder: Path, findings: Findings) -> Header | None:
    """Return the header of the pack, or None after noting why there is none."""
    text = read_text(folder, FILE, findings)
    top = read_yaml(text, FILE, findings) if text is not None else None
    if top is None:
        return None
    reader = _Header(top, findings)
    reader.facts()
    names = reader.words("files", frozenset(f"{stem}.yaml" for stem in STEMS))
    return Header(
        reader.word("id", _ID),
        reader.word("version", VERSION),
        reader.words("languages", LANGUAGE),
        reader.word("licence", re.compile(r"[A-Za-z0-9.+-]{2,40}")),
        tuple(name.removesuffix(".yaml") for name in names),
    )
