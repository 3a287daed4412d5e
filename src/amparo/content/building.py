"""Turns the tree of one YAML file into frozen values, noting every issue on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from amparo.content import values
from amparo.content.issues import Findings
from amparo.content.shapes import CONTACT_FIELDS, ITEM, META, Field, Shape
from amparo.content.yamlfile import Node, Scalar

_ID = re.compile(r"[a-z0-9_]{1,64}", re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s<>\"']{4,500}")
_TYPES: dict[str, type] = {
    "measure": values.Measure,
    "scenario": values.Scenario,
    "mechanism": values.Mechanism,
    "source": values.Source,
    "term": values.Term,
    "step": values.Step,
    "question": values.Question,
    "quick": values.Quick,
    "lever": values.Lever,
    "actor_card": values.ActorCard,
}


@dataclass(frozen=True, slots=True)
class Mention:
    """An id that a field names: checked once everything is read."""

    path: str
    line: int
    field: str
    id: str
    vocabulary: str | None
    kind: str | None


@dataclass(slots=True)
class Built:
    """What one file gave: values by kind and id, the line of each, and the ids it mentions."""

    entries: dict[tuple[str, str], Any] = field(default_factory=dict)
    lines: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)

    def of(self, kind: str) -> dict[str, Any]:
        """Return the values of one kind by id, in the order of the file."""
        return {id_: value for (a_kind, id_), value in self.entries.items() if a_kind == kind}


class Builder:
    """Reads the entries of one file."""

    def __init__(self, path: str, findings: Findings, built: Built) -> None:
        self._path = path
        self._findings = findings
        self._built = built

    def listed(self, shape: Shape, top: dict[str, Node]) -> None:
        """Read a file that is one list of entries of one kind."""
        for node in self._list(top, shape.top):
            found = self._entry(node, shape.fields, "id")
            name = found["id"] if found else _named(node)
            if name and self._keep(shape.kind, name, node.line) and found:
                self._value(shape.kind, found)

    def taxonomies(self, top: dict[str, Node]) -> None:
        """Read the vocabularies and their items."""
        node = top.get("vocabularies")
        self._no_others(top, {"vocabularies"}, 1)
        if node is None or not isinstance(node.value, dict):
            self._note(node.line if node else 1, "field_form", field="vocabularies")
            return
        for name, vocabulary in node.value.items():
            if not _ID.fullmatch(name):
                self._note(vocabulary.line, "bad_id", id=name)
            elif self._keep("vocabulary", name, vocabulary.line):
                self._vocabulary(name, vocabulary)

    def renamed(self, top: dict[str, Node]) -> None:
        """Read the map from an old id to the id of today."""
        self._no_others(top, {"renamed"}, 1)
        node = top.get("renamed")
        pairs = node.value if node is not None and isinstance(node.value, dict) else {}
        for old, new in pairs.items():
            if isinstance(new.value, str) and self._keep("renamed", old, new.line):
                self._built.entries["renamed", old] = new.value

    def _vocabulary(self, name: str, node: Node) -> None:
        found = self._entry(node, META, None, also="items")
        items = []
        inner = node.value if isinstance(node.value, dict) else {}
        for child in self._list(inner, "items", alone=False):
            item = self._entry(child, ITEM, "id")
            if item and self._keep("item", f"{name}.{item['id']}", child.line):
                items.append(values.Item(**item))
                self._built.entries["item", f"{name}.{item['id']}"] = items[-1]
        if found:
            self._built.entries["vocabulary", name] = values.Vocabulary(
                name, tuple(items), values.Meta(**found)
            )

    def _value(self, kind: str, found: dict[str, Any]) -> None:
        if kind != "source":
            found["meta"] = values.Meta(**{name: found.pop(name) for name in META})
        self._built.entries[kind, found["id"]] = _TYPES[kind](**found)

    def _keep(self, kind: str, id_: str, line: int) -> bool:
        """Note where an entry stands; False if its id was used before."""
        if (kind, id_) in self._built.lines:
            self._note(line, "duplicate_id", id=id_)
            return False
        self._built.lines[kind, id_] = (self._path, line)
        return True

    def _list(self, top: dict[str, Node], name: str, *, alone: bool = True) -> list[Node]:
        if alone:
            self._no_others(top, {name}, 1)
        node = top.get(name)
        if node is None or not isinstance(node.value, list):
            self._note(node.line if node else 1, "field_form", field=name)
            return []
        return node.value

    def _no_others(self, top: dict[str, Node], known: set[str], line: int) -> None:
        for name in top.keys() - known:
            key = "contact_field" if name.lower() in CONTACT_FIELDS else "unknown_field"
            self._note(top[name].line or line, key, field=name)

    def _entry(
        self, node: Node, fields: dict[str, Field], id_field: str | None, also: str = ""
    ) -> dict[str, Any] | None:
        """Return the fields of one entry, or None if one of them cannot be used."""
        if not isinstance(node.value, dict):
            self._note(node.line, "not_an_entry")
            return None
        wanted = dict(fields)
        if id_field:
            wanted = {id_field: Field("id"), **fields}
        self._no_others(node.value, {*wanted, also}, node.line)
        found: dict[str, Any] = {}
        sound = True
        for name, rule in wanted.items():
            value, good = self._field(node, name, rule)
            found[name] = value
            sound = sound and good
        return found if sound else None

    def _field(self, entry: Node, name: str, rule: Field) -> tuple[Any, bool]:
        assert isinstance(entry.value, dict)  # noqa: S101 - _entry has looked
        node = entry.value.get(name)
        if node is None:
            if rule.required:
                self._note(entry.line, "field_missing", field=name)
            return (() if rule.form == "ids" else None), not rule.required
        if node.value is None and rule.nullable:
            return None, True
        value = self._ids(node, name, rule) if rule.form == "ids" else self._one(node, name, rule)
        if value is None:
            self._note(node.line, "field_form", field=name)
        return value, value is not None

    def _ids(self, node: Node, name: str, rule: Field) -> tuple[str, ...] | None:
        if not isinstance(node.value, list) or not node.value:
            return None
        found: list[str] = []
        for child in node.value:
            id_ = self._one(child, name, Field("id", rule.vocabulary, rule.kind))
            if not isinstance(id_, str):
                return None
            if id_ in found:
                self._note(child.line, "twice_in_list", field=name, id=id_)
            else:
                found.append(id_)
        return tuple(found)

    def _one(self, node: Node, name: str, rule: Field) -> Scalar:
        value = node.value
        if isinstance(value, list | dict) or not _fits(value, rule):
            return None
        if isinstance(value, str) and (rule.vocabulary or rule.kind):
            self._built.mentions.append(
                Mention(self._path, node.line, name, value, rule.vocabulary, rule.kind)
            )
        return value

    def _note(self, line: int, key: str, **what: str) -> None:
        self._findings.add(self._path, line, key, **what)


def _named(node: Node) -> str | None:
    """Return the id of an entry that cannot be used, so that naming it is no second issue."""
    id_ = node.value.get("id") if isinstance(node.value, dict) else None
    sound = id_ is not None and isinstance(id_.value, str) and _ID.fullmatch(id_.value)
    return str(id_.value) if id_ is not None and sound else None


def _fits(value: Scalar, rule: Field) -> bool:
    match rule.form:
        case "id":
            return isinstance(value, str) and bool(_ID.fullmatch(value))
        case "address":
            return isinstance(value, str) and bool(_ADDRESS.fullmatch(value))
        case "flag":
            return isinstance(value, bool)
        case "number":
            return isinstance(value, int) and not isinstance(value, bool)
        case "day":
            return isinstance(value, date)
        case _:
            return isinstance(value, str) and bool(value.strip())
