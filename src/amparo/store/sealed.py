"""Sealed rows: what stands in the database of a separate space, without kind, count or owner.

A space is written as a few rows of ciphertext: one that holds all of it, and one for each of the
latest changes, until they are drawn together again. Every row is padded to a size class, its
number is random, and nothing beside it says to which space it belongs.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from amparo.errors import DamagedError
from amparo.store.database import Database, explained_sql
from amparo.store.envelope import from_text
from amparo.store.records import take
from amparo.store.space_key import SpaceKey

SMALLEST_BYTES = 4096
# A slot is far smaller than the smallest row, so slots are told apart without opening anything.
_LARGEST_SLOT_BYTES = 1024
_CHANGES = "SELECT * FROM change WHERE seq > ? ORDER BY seq"
_WHOLE = {
    "conflicts": "SELECT * FROM conflict ORDER BY id",
    "marks": "SELECT * FROM mark ORDER BY id",
}


@dataclass(frozen=True, slots=True, repr=False)
class Page:
    """One row opened: *number* 0 holds everything, each later one what changed after it."""

    row: int
    generation: int
    number: int
    content: dict[str, Any]


def slots_of(database: Database) -> dict[int, bytes]:
    """Return all slots of separate spaces; whose they are only their passphrases tell."""
    with explained_sql():
        return dict(
            database.execute(
                "SELECT id, body FROM sealed WHERE length(body) <= ?", (_LARGEST_SLOT_BYTES,)
            )
        )


def pages_of(database: Database, key: SpaceKey) -> tuple[Page, ...]:
    """Return the rows that *key* opens, in order.

    Raises:
        DamagedError: one is missing in between, or rows of two times are mixed.
    """
    with explained_sql():
        rows = database.execute(
            "SELECT id, body FROM sealed WHERE length(body) > ?", (_LARGEST_SLOT_BYTES,)
        ).fetchall()
    opened = ((row, key.unseal(body)) for row, body in rows)
    pages = sorted(
        (_page(row, payload) for row, payload in opened if payload is not None),
        key=lambda page: page.number,
    )
    numbers = [page.number for page in pages]
    if numbers != list(range(len(pages))) or len({page.generation for page in pages}) != 1:
        raise DamagedError("a sealed row is missing or does not belong there")
    return tuple(pages)


def insert(database: Database, body: bytes) -> int:
    """Add one row under a random number and return it; inside a transaction."""
    row = secrets.randbits(62)
    database.execute("INSERT INTO sealed(id, body) VALUES (?, ?)", (row, body))
    return row


def remove(database: Database, rows: Iterable[int]) -> None:
    """Remove rows; inside a transaction."""
    database.executemany("DELETE FROM sealed WHERE id = ?", [(row,) for row in rows])


def read_book(database: Database, seq: int) -> dict[str, Any]:
    """Return what happened in the book of a space after change number *seq*, and what waits."""
    with explained_sql():
        content: dict[str, Any] = {"changes": database.execute(_CHANGES, (seq,)).fetchall()}
        for name, query in _WHOLE.items():
            content[name] = database.execute(query).fetchall()
    return content


def replay(database: Database, pages: Sequence[Page]) -> None:
    """Bring an empty book to the state that *pages* tell; inside a transaction."""
    for page in pages:
        for line in page.content["changes"]:
            database.execute(_insert("change", len(line)), line)
            state = from_text(line[-1]) if line[-1] is not None else None
            take(database, line[4], state)
    for name, table in (("conflicts", "conflict"), ("marks", "mark")):
        for line in pages[-1].content[name]:
            database.execute(_insert(table, len(line)), line)


def write_page(generation: int, number: int, content: dict[str, Any]) -> bytes:
    """Return the text of one row, padded with blanks so that its size says little."""
    fields = {"generation": generation, "number": number, **content}
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
    return text.ljust(size_class(len(text)))


def size_class(length: int) -> int:
    """Return the next of 4, 8, 16, 32... KiB."""
    return max(SMALLEST_BYTES, 1 << (length - 1).bit_length())


def _page(row: int, payload: bytes) -> Page:
    try:
        fields = json.loads(payload)
        return Page(row, fields.pop("generation"), fields.pop("number"), fields)
    except (ValueError, KeyError, AttributeError):
        raise DamagedError("a sealed row is damaged") from None


def _insert(table: str, columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"  # noqa: S608  our own names
