"""Reads the records of a JSON export."""

from __future__ import annotations

import json
from typing import Any

from amparo.model.registry import BY_KIND
from amparo.report.formats.json_file import FORMAT
from amparo.report.importing.limits import (
    MAX_DEPTH,
    MAX_JSON_PARTS,
    MAX_ROWS,
    ImportFileError,
)
from amparo.report.importing.proposals import Place, Proposal

_UNKNOWN = "?"


def read_json(data: bytes) -> tuple[Proposal, ...]:
    """Return the records of an export, in its order.

    Raises:
        ImportFileError: it is no export, or too big, too deep, or holds what is no number.
    """
    whole = _parsed(data)
    if not isinstance(whole, dict) or "format" not in whole:
        raise ImportFileError("not_ours")
    if whole["format"] != FORMAT:
        raise ImportFileError("newer")
    records = whole.get("records")
    if not isinstance(records, list):
        raise ImportFileError("not_ours")
    if len(records) > MAX_ROWS:
        raise ImportFileError("too_many")
    return tuple(_proposal(number, one) for number, one in enumerate(records, 1))


def _parsed(data: bytes) -> Any:
    # Counted before anything is built: a list of a million lists takes a hundred times its file.
    if sum(data.count(sign) for sign in (b"[", b"{", b",")) > MAX_JSON_PARTS:
        raise ImportFileError("too_many")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ImportFileError("not_text") from None
    try:
        whole = json.loads(text, parse_constant=_refused, object_pairs_hook=_once)
    except RecursionError:
        raise ImportFileError("too_deep") from None
    except ImportFileError:
        raise
    except ValueError:  # also a number of a million digits
        raise ImportFileError("damaged") from None
    _check_depth(whole)
    return whole


def _refused(_: str) -> Any:
    raise ImportFileError("no_number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ImportFileError("damaged")
    return found


def _check_depth(whole: Any) -> None:
    level = [whole]
    for _ in range(MAX_DEPTH):
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return
    raise ImportFileError("too_deep")


def _inside(value: Any) -> list[Any]:
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [one for one in held if isinstance(one, dict | list)]


def _proposal(number: int, found: Any) -> Proposal:
    kind = found.get("kind") if isinstance(found, dict) else None
    values = found.get("values") if isinstance(found, dict) else None
    if not isinstance(kind, str) or kind not in BY_KIND or not isinstance(values, dict):
        proposal = Proposal(_UNKNOWN, "", Place(_UNKNOWN, number))
        proposal.refuse("kind")
        return proposal
    id_ = values.get("id", "")
    inner = {name: value for name, value in values.items() if name != "id"}
    proposal = Proposal(kind, id_ if isinstance(id_, str) else "", Place(kind, number), inner)
    if not isinstance(id_, str):
        proposal.refuse("id", "id")
    return proposal
