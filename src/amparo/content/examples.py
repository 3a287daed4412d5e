"""Builds the fictional example workspaces: small ones for people, one large for tests.

Structure stands in ``curricula/examples/<name>.yaml`` and every sentence in
``<language>/<name>.md``. The large example is the small one with more added. Dates are written
as ``today-14``, so that an example never goes stale, and records name each other with
``id:name``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from amparo.content.files import read_text
from amparo.content.issues import Findings
from amparo.content.prosefile import Field, Section, read_prose
from amparo.content.yamlfile import Node, read_yaml
from amparo.errors import LanguageError, PackError, RecordError
from amparo.model.base import Record
from amparo.model.registry import read_record
from amparo.resources import bundled

Size = Literal["small", "large", "union", "corporate", "indigenous", "women"]

_PARTS: dict[Size, tuple[str, ...]] = {
    "small": ("small",),
    "large": ("small", "large"),
    "union": ("union",),
    "corporate": ("corporate",),
    "indigenous": ("indigenous",),
    "women": ("women",),
}
# What people may choose from; the large one is for tests.
EXAMPLES: tuple[Size, ...] = tuple(name for name in _PARTS if name != "large")
_DAY = re.compile(r"today(?:([+-]\d{1,4}))?", re.ASCII)
_REFERENCE = "id:"
# In front of every name, so that an example's ids are never those of anything else.
_ID_SPACE = "amparo example "


@dataclass(frozen=True, slots=True)
class _Draft:
    """One record as written: structure and prose joined, days and ids not yet put in."""

    name: str
    kind: str
    fields: dict[str, Any]
    file: str
    line: int


def example(size: Size, lang: str, today: date) -> tuple[Record, ...]:
    """Return the records of a fictional group.

    Args:
        size: ``small`` (a community and a dam, what people meet first), one of the other
            :data:`EXAMPLES`, or ``large`` (for tests; holds the small one too).
        lang: language of the sentences; one of :func:`example_languages` of this size.
        today: the day that all dates are counted from.

    Returns:
        The records in the order of the files; the same ids in every language and on every day.

    Raises:
        LanguageError: the example is not written in this language.
        PackError: a file breaks a rule (with file and line).
    """
    folder = bundled("curricula") / "examples"
    written = example_languages(size)
    if lang not in written:
        known = ", ".join(written)
        raise LanguageError("the example is not written in this language", known=known)
    findings = Findings()
    drafts = [draft for part in _PARTS[size] for draft in _drafts(folder, part, lang, findings)]
    for issue in findings.sorted():
        raise PackError.at(Path(issue.path), issue.line, issue.fact)
    ids = {draft.name: example_id(draft.name) for draft in drafts}
    return tuple(_record(draft, ids, today) for draft in drafts)


def example_languages(size: Size) -> tuple[str, ...]:
    """Return the languages that an example is written in, in alphabetical order."""
    folder = bundled("curricula") / "examples"
    written = [{path.parent.name for path in folder.glob(f"*/{part}.md")} for part in _PARTS[size]]
    return tuple(sorted(set.intersection(*written)))


def example_id(name: str) -> str:
    """Return the id of the example record called *name* (e.g. ``threat_eviction``)."""
    return sha256(f"{_ID_SPACE}{name}".encode()).hexdigest()[:32]


def _drafts(folder: Path, part: str, lang: str, findings: Findings) -> list[_Draft]:
    file, prose_file = f"{part}.yaml", f"{lang}/{part}.md"
    text = read_text(folder, file, findings)
    prose_text = read_text(folder, prose_file, findings)
    if text is None or prose_text is None:
        return []
    top = read_yaml(text, file, findings)
    prose = read_prose(prose_text, prose_file, findings)
    if top is None:
        return []
    nothing = Node(1, {})
    defaults = _plain(top.get("defaults", nothing))
    drafts = [_draft(node, defaults, prose, file) for node in _items(top.get("records", nothing))]
    _check_names(drafts, prose, prose_file)
    return drafts


def _check_names(drafts: list[_Draft], prose: Mapping[str, Section], file: str) -> None:
    names: set[str] = set()
    for draft in drafts:
        if draft.name in names:
            raise PackError.at(Path(draft.file), draft.line, f"{draft.name} is there twice")
        names.add(draft.name)
    for name, section in prose.items():
        if name not in names:
            raise PackError.at(Path(file), section.line, f"no record is called {name}")


def _items(node: Node) -> list[Node]:
    return node.value if isinstance(node.value, list) else []


def _plain(node: Node) -> Any:
    if isinstance(node.value, list):
        return [_plain(child) for child in node.value]
    if isinstance(node.value, dict):
        return {name: _plain(child) for name, child in node.value.items()}
    return node.value


def _draft(
    node: Node, defaults: Mapping[str, Any], prose: Mapping[str, Section], file: str
) -> _Draft:
    fields = {**defaults, **_plain(node)}
    name, kind = str(fields.pop("name", "")), str(fields.pop("kind", ""))
    section = prose.get(name)
    for field_name, field in section.fields.items() if section else ():
        try:
            _put(fields, field_name, _text(field))
        except ValueError:
            fact = f"{name}.{field_name} has not as many lines as the structure"
            raise PackError.at(Path(file), node.line, fact) from None
    return _Draft(name, kind, fields, file, node.line)


def _text(field: Field) -> str | list[str]:
    if field.is_list:
        return [line.removeprefix("- ") for line in field.lines]
    return " ".join(field.lines)


def _put(fields: dict[str, Any], name: str, text: str | list[str]) -> None:
    """Put prose into the structure; ``steps.does`` gives each step its own line."""
    outer, _, inner = name.partition(".")
    if not inner:
        fields[outer] = text
    elif isinstance(fields.get(outer), list):
        for part, line in zip(fields[outer], text, strict=True):
            part[inner] = line
    else:
        fields.setdefault(outer, {})[inner] = text


def _record(draft: _Draft, ids: Mapping[str, str], today: date) -> Record:
    try:
        fields = {
            name: _resolved(value, ids, today)
            for name, value in {"id": ids[draft.name], **draft.fields}.items()
        }
        return read_record(draft.kind, fields)
    except LookupError:
        raise PackError.at(
            Path(draft.file), draft.line, f"{draft.name} names a record that is not there"
        ) from None
    except RecordError as error:
        raise PackError.at(Path(draft.file), draft.line, f"{draft.name}: {error}") from error


def _resolved(value: Any, ids: Mapping[str, str], today: date) -> Any:
    if isinstance(value, str):
        return _resolved_word(value, ids, today)
    if isinstance(value, Mapping):
        return {name: _resolved(child, ids, today) for name, child in value.items()}
    if isinstance(value, Sequence):
        return [_resolved(child, ids, today) for child in value]
    return value


def _resolved_word(word: str, ids: Mapping[str, str], today: date) -> str | date:
    if word.startswith(_REFERENCE):
        return ids[word.removeprefix(_REFERENCE)]
    day = _DAY.fullmatch(word)
    return today + timedelta(days=int(day.group(1) or 0)) if day else word
