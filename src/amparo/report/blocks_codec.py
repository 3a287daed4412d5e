"""Blocks as JSON and back, strictly: a notebook output is somebody else's file.

The dataclasses are the schema; their annotations decide what is accepted. Pydantic would say
the same with 30 ms more at every start, and most reports are one start.
"""

from __future__ import annotations

import copy
import dataclasses
import types
import typing
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from amparo.errors import ReportError
from amparo.report import blocks as _blocks
from amparo.report import blocks_charts as _charts
from amparo.report import blocks_document as _document
from amparo.report import blocks_text as _text
from amparo.report.blocks import Block, Document, Run

DOCUMENT_MIME = "application/vnd.amparo.document+json"
SECTION_MIME = "application/vnd.amparo.section+json"

_DEPTH_MAX = 24

_CLASSES: dict[str, type] = {
    thing.kind: thing
    for module in (_blocks, _charts)
    for thing in vars(module).values()
    if isinstance(thing, type) and issubclass(thing, Block) and thing is not Block
}


class Encoded(list[Any]):
    """Blocks as JSON that still know what they were: in one process nobody reads them twice.

    A copy, which somebody may change, is plain JSON again.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        super().__init__(encode(blocks))
        self.blocks = tuple(blocks)

    def __deepcopy__(self, memo: dict[int, Any]) -> list[Any]:
        return copy.deepcopy(list(self), memo)

    def __reduce__(self) -> tuple[type, tuple[list[Any]]]:
        return list, (list(self),)


def encode(value: object) -> Any:
    """Return a block, a run, a document or a sequence of them as JSON-able values."""
    if isinstance(value, Block | Document | Run):
        fields = {
            item.name: encode(getattr(value, item.name))
            for item in dataclasses.fields(typing.cast("Any", value))
            if getattr(value, item.name) != item.default
        }
        return {"kind": value.kind, **fields} if isinstance(value, Block) else fields
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    return value


def decode_blocks(value: object) -> tuple[Block, ...]:
    """Read a list of blocks.

    Raises:
        ReportError: it is not a list of known blocks with the fields they need.
    """
    if isinstance(value, Encoded):
        return value.blocks
    return tuple(_block(item, 0) for item in _sequence(value))


def decode_document(value: object, blocks: tuple[Block, ...] = ()) -> Document:
    """Read a document; *blocks* stand in for its own when it has none.

    Raises:
        ReportError: a field is unknown or has the wrong type.
    """
    document = _build(Document, value, 0)
    return document if document.blocks else dataclasses.replace(document, blocks=blocks)


def _block(value: object, depth: int) -> Block:
    kind = value.get("kind") if isinstance(value, Mapping) else None
    if not isinstance(kind, str) or kind not in _CLASSES:
        raise ReportError("a block is of no known kind")
    return _build(_CLASSES[kind], value, depth)


def _build(cls: type, value: object, depth: int) -> Any:
    if not isinstance(value, Mapping) or depth > _DEPTH_MAX:
        raise ReportError("a block is not an object, or blocks are nested too deeply")
    hints = _hints(cls)
    given = {key: item for key, item in value.items() if key != "kind"}
    if not hints.keys() >= given.keys():
        raise ReportError(f"a {cls.__name__} has a field it does not know")
    try:
        return cls(**{key: _value(hints[key], item, depth + 1) for key, item in given.items()})
    except (TypeError, ValueError, AttributeError) as error:
        raise ReportError(f"a {cls.__name__} lacks a field or has a wrong one") from error


@lru_cache(maxsize=64)
def _hints(cls: type) -> dict[str, Any]:
    known = {**vars(_text), **vars(_blocks), **vars(_charts), **vars(_document)}
    names = {item.name for item in dataclasses.fields(cls)}
    return {
        key: hint
        for key, hint in typing.get_type_hints(cls, globalns=known).items()
        if key in names
    }


def _value(hint: Any, value: object, depth: int) -> Any:
    if isinstance(hint, type) and issubclass(hint, Block):
        return _is_a(hint, _block(value, depth))
    origin = typing.get_origin(hint)
    if origin is tuple:
        return _tuple(typing.get_args(hint), value, depth)
    if origin is Mapping:
        return {str(key): _scalar(str, item) for key, item in _mapping(value).items()}
    if origin in {typing.Union, types.UnionType}:
        return _union(hint, value, depth)
    if origin is typing.Literal:
        return _one_of(typing.get_args(hint), value)
    return _scalar(hint, value)


def _is_a(cls: type, block: Block) -> Block:
    if not isinstance(block, cls):
        raise ReportError(f"expected a {cls.__name__}")
    return block


def _tuple(arguments: tuple[Any, ...], value: object, depth: int) -> tuple[Any, ...]:
    items = _sequence(value)
    if arguments[-1] is Ellipsis:
        return tuple(_value(arguments[0], item, depth) for item in items)
    if len(items) != len(arguments):
        raise ReportError("a list in a block has the wrong length")
    return tuple(_value(hint, item, depth) for hint, item in zip(arguments, items, strict=True))


def _union(hint: Any, value: object, depth: int) -> Any:
    """Text, an item of a list (text or blocks), or a choice of literals."""
    arguments = typing.get_args(hint)
    if all(typing.get_origin(item) is typing.Literal for item in arguments):
        return _one_of(tuple(x for item in arguments for x in typing.get_args(item)), value)
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return _run(value)
    items = _sequence(value)
    if any(isinstance(item, Mapping) and "kind" in item for item in items):
        return tuple(_block(item, depth) for item in items)
    return tuple(item if isinstance(item, str) else _run(item) for item in items)


def _run(value: object) -> Run:
    return _build(Run, value, 0)


def _one_of(choices: tuple[Any, ...], value: object) -> Any:
    if value not in choices:
        raise ReportError(f"expected one of {choices}")
    return value


def _scalar(hint: Any, value: object) -> Any:
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not hint:
        raise ReportError(f"expected {hint.__name__}, got {type(value).__name__}")
    return value


def _sequence(value: object) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise ReportError("expected a list")
    return value


def _mapping(value: object) -> Mapping[Any, Any]:
    if not isinstance(value, Mapping):
        raise ReportError("expected an object")
    return value
