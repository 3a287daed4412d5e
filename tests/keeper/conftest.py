"""Keepers that always end, and records with a word in every field."""

from __future__ import annotations

import contextlib
import os
import signal
import struct
import types
import typing
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from amparo.errors import RecordError
from amparo.keeper.address import dial
from amparo.keeper.capabilities import Ring
from amparo.keeper.client import Handle, start
from amparo.keeper.desk import Desk
from amparo.keeper.frames import encode
from amparo.model.base import Record, Value, field_reach
from amparo.store import create_session

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handle]:
    """One empty keeper for all tests of a file that change nothing in it."""
    handle = start(tmp_path_factory.mktemp("lasting") / "once", session_only=True)
    yield handle
    os.kill(handle.pid, signal.SIGTERM)
    assert handle.wait(30)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with a real store in this process, for what needs no process."""
    store = create_session(tmp_path / "desk", now=lambda: NOW)
    stops: list[bool] = []
    yield Desk(store, Ring(), session_only=True, now=lambda: NOW, stop=lambda: stops.append(True))
    store.destroy()


@pytest.fixture
def raw() -> Callable[..., list[bytes]]:
    """Send messages and return the bytes of every answer until the keeper hangs up."""

    def talk(address: str, *messages: Any) -> list[bytes]:
        with dial(address, timeout_s=20) as line:
            # The keeper may hang up after the first: what it said until then is the answer.
            with contextlib.suppress(OSError):
                for message in messages:
                    line.sendall(message if isinstance(message, bytes) else encode(message))
                line.shutdown(1)
            with line.makefile("rb") as stream:
                return _bodies(stream)

    return talk


def _bodies(stream: typing.IO[bytes]) -> list[bytes]:
    bodies: list[bytes] = []
    # A keeper that hangs up on what it did not read resets the line after its last answer.
    with contextlib.suppress(ConnectionResetError):
        while head := stream.read(4):
            (length,) = struct.unpack(">I", head)
            bodies.append(stream.read(length))
    return bodies


@pytest.fixture
def full_record() -> Callable[[type[Record], str], Record]:
    """Fill every field of a kind: hidden text says KEEPWORD, text for the group GROUPWORD."""

    def fill(model: type[Record], record_id: str) -> Record:
        values = {name: _fill_field(model, name) for name in model.model_fields}
        values.update(id=record_id, sensitivity="amber_strict", created_on="2026-03-01")
        return _read_with_fewer(model, values)

    return fill


def _fill_field(model: type[Value], name: str) -> Any:
    word = "KEEPWORD" if field_reach(model, name) == "keepers" else "GROUPWORD"
    return _fill(model.model_fields[name].rebuild_annotation(), word)


def _fill(annotation: Any, word: str) -> Any:
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated and typing.get_origin(args[0]) is not tuple:
        bare = args[0]
        return _simple(annotation, word) if not _is_value(bare) else _fill(bare, word)
    if origin is typing.Annotated:
        return _fill(args[0], word)
    if origin is tuple:
        return [_fill(args[0], word)]
    if origin in {typing.Union, types.UnionType}:
        return _fill(args[0], word)
    if _is_value(annotation):
        return {
            name: _fill(annotation.model_fields[name].rebuild_annotation(), word)
            for name in annotation.model_fields
        }
    return _simple(annotation, word)


def _is_value(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Value)


def _simple(annotation: Any, word: str) -> Any:
    literal = typing.get_args(annotation)[:1]
    rules = TypeAdapter(annotation)
    offers = (word, word.lower(), "a" * 32, "A", "2026-03-02", 1, 0, True, *literal)
    for offer in offers:
        try:
            rules.validate_python(offer)
        except ValidationError:
            continue
        return offer
    raise AssertionError(f"no value for {annotation}")


def _read_with_fewer(model: type[Record], values: dict[str, Any]) -> Record:
    # Some kinds want exactly one of two fields: leave optional ones out until the rule is met.
    optional = [name for name, field in model.model_fields.items() if not field.is_required()]
    for left_out in (None, *optional):
        try:
            return model.read({name: v for name, v in values.items() if name != left_out})
        except RecordError:
            continue
    raise AssertionError(f"no full record of {model.kind}")
