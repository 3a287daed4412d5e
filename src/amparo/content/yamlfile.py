"""Reads YAML as a tree with line numbers, and refuses what a data file never needs.

The parser's events are read one by one, so that an alias, a tag or a nesting bomb is refused
before anything is expanded or built. Plain words keep YAML 1.2 meaning: ``no``, ``on`` and
``none`` are words, not switches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import yaml

from amparo.content.issues import Findings

MAX_DEPTH = 50
MAX_NODES = 200_000

_PARSER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,9})", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}

Scalar = str | int | bool | date | None


@dataclass(slots=True)
class Node:
    """A scalar, a list of nodes or a mapping from text to nodes, and the line it stands on."""

    line: int
    value: Scalar | list[Node] | dict[str, Node]
    waiting_key: str | None = field(default=None, repr=False)


class _RefusedError(Exception):
    """Stops the reading of this one file."""

    def __init__(self, line: int, key: str, **values: object) -> None:
        super().__init__(key)
        self.line = line
        self.key = key
        self.values = values


def read_yaml(text: str, name: str, findings: Findings) -> dict[str, Node] | None:
    """Return the top mapping of the file, or None after noting why there is none."""
    try:
        root = _tree(_events(text), name, findings)
    except _RefusedError as refusal:
        findings.add(name, refusal.line, refusal.key, **refusal.values)
        return None
    if root is None or not isinstance(root.value, dict):
        findings.add(name, root.line if root else 1, "not_a_mapping")
        return None
    return root.value


def _events(text: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=_PARSER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _RefusedError(mark.line + 1 if mark else 1, "yaml_syntax") from None
    except yaml.YAMLError as error:
        position = getattr(error, "position", 0)
        raise _RefusedError(text.count("\n", 0, position) + 1, "yaml_syntax") from None


def _tree(events: Iterator[yaml.Event], name: str, findings: Findings) -> Node | None:
    root: Node | None = None
    stack: list[Node] = []
    documents = nodes = 0
    for event in events:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            _check_document(event, documents, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
        elif isinstance(event, yaml.NodeEvent):
            nodes += 1
            _check_node(event, line, len(stack), nodes)
            node = _new_node(event, line)
            root = root or node
            if stack:
                _attach(stack[-1], node, name, findings)
            if isinstance(event, yaml.CollectionStartEvent):
                stack.append(node)
    return root


def _check_document(event: yaml.DocumentStartEvent, documents: int, line: int) -> None:
    if documents > 1:
        raise _RefusedError(line, "second_document")
    if event.version or event.tags:
        raise _RefusedError(line, "directive")


def _check_node(event: yaml.NodeEvent, line: int, depth: int, nodes: int) -> None:
    if isinstance(event, yaml.AliasEvent):
        raise _RefusedError(line, "alias")
    if event.anchor is not None:
        raise _RefusedError(line, "anchor")
    if getattr(event, "tag", None) is not None:
        raise _RefusedError(line, "tag")
    if depth >= MAX_DEPTH:
        raise _RefusedError(line, "too_deep", limit=MAX_DEPTH)
    if nodes > MAX_NODES:
        raise _RefusedError(line, "too_many_nodes", limit=MAX_NODES)


def _new_node(event: yaml.NodeEvent, line: int) -> Node:
    if isinstance(event, yaml.SequenceStartEvent):
        return Node(line, [])
    if isinstance(event, yaml.MappingStartEvent):
        return Node(line, {})
    if isinstance(event, yaml.ScalarEvent):
        return Node(line, event.value if event.style else _plain(event.value, line))
    raise _RefusedError(line, "yaml_syntax")


def _plain(text: str, line: int) -> Scalar:
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE_NUMBER.fullmatch(text):
        return int(text)
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise _RefusedError(line, "no_such_day", value=text) from None
    return text


def _attach(parent: Node, node: Node, name: str, findings: Findings) -> None:
    holder = parent.value
    if isinstance(holder, list):
        holder.append(node)
    elif isinstance(holder, dict):
        if parent.waiting_key is None:
            parent.waiting_key = _key(node)
            if parent.waiting_key in holder:
                findings.add(name, node.line, "duplicate_key", field=parent.waiting_key)
        else:
            holder.setdefault(parent.waiting_key, node)
            parent.waiting_key = None


def _key(node: Node) -> str:
    if isinstance(node.value, list | dict):
        raise _RefusedError(node.line, "key_not_text")
    return str(node.value)
