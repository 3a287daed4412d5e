"""Readers of one's own: a usual one, from whom still more is kept back. Never a wider one.

A small YAML file names them::

    audiences:
      lawyers: {like: group, without: [measure.owner_role, rule]}
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from amparo.content.files import read_text
from amparo.content.issues import Findings, Issue
from amparo.content.yamlfile import Node, read_yaml
from amparo.errors import AmparoError
from amparo.model.reach import AUDIENCES, Audience
from amparo.model.registry import BY_KIND

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_FIELDS = {"like", "without"}


class OwnAudiencesError(AmparoError, ValueError):
    """A file of own readers was refused; ``issues`` names every line."""

    key = "error.own_audiences"

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__("the file of readers was refused", count=len(self.issues))


class NoSuchReaderError(AmparoError, LookupError):
    """No reader has this name in the file, or no file was given."""

    key = "error.no_such_reader"


@dataclass(frozen=True, slots=True)
class OwnAudience:
    """One reader.

    Attributes:
        like: the usual reader it is like.
        without: what it does not get beyond that, ``kind`` or ``kind.field``.
    """

    like: Audience
    without: tuple[str, ...] = ()


def read_audiences(path: Path) -> dict[str, OwnAudience]:
    """Return the readers of one file, by name.

    Raises:
        OwnAudiencesError: with every mistake of the file and its line.
    """
    findings = Findings()
    text = read_text(path.parent, path.name, findings)
    top = read_yaml(text, path.name, findings) if text is not None else None
    reading = _Reading(path.name, findings)
    found = reading.file(top) if top is not None else {}
    if findings.sorted():
        raise OwnAudiencesError(findings.sorted())
    return found


class _Reading:
    def __init__(self, file: str, findings: Findings) -> None:
        self._file = file
        self._findings = findings

    def file(self, top: dict[str, Node]) -> dict[str, OwnAudience]:
        held = top.get("audiences")
        if held is None or set(top) != {"audiences"} or not isinstance(held.value, dict):
            self._wrong(held.line if held else 1, "shape")
            return {}
        return {name: self._one(name, node) for name, node in held.value.items()}

    def _one(self, name: str, node: Node) -> OwnAudience:
        if not _NAME.fullmatch(name) or name in AUDIENCES:
            self._wrong(node.line, "name")
        fields = node.value if isinstance(node.value, dict) else {}
        like, without = fields.get("like"), fields.get("without")
        if not fields or set(fields) - _FIELDS or like is None:
            self._wrong(node.line, "shape")
        if like is not None and like.value not in AUDIENCES:
            self._wrong(like.line, "like")
        usual = cast("Audience", like.value if like else AUDIENCES[-1])
        return OwnAudience(usual, self._without(without) if without else ())

    def _without(self, node: Node) -> tuple[str, ...]:
        if not isinstance(node.value, list):
            self._wrong(node.line, "shape")
            return ()
        return tuple(self._cut(one) for one in node.value)

    def _cut(self, node: Node) -> str:
        named = str(node.value)
        kind, dot, field = named.partition(".")
        model = BY_KIND.get(kind)
        if model is None or (dot and field not in model.model_fields):
            self._wrong(node.line, "unknown")
        elif dot and model.model_fields[field].is_required():
            # Without what it cannot do without, a record is half a sentence: none of it, then.
            self._wrong(node.line, "needed")
        return named

    def _wrong(self, line: int, what: str) -> None:
        self._findings.add(self._file, line, f"audience_{what}")
