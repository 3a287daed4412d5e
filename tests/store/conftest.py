"""What the tests of the store share: keys that open in a millisecond, and a clock that ticks."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from amparo import store
from amparo.store import Envelope, Identity, Store, space_key

PAGE, RESERVED, IV = 4096, 80, 16


def _multiply(a: int, b: int) -> int:
    """Multiply in the field of AES."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a = (a << 1) ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return product


def _boxes() -> tuple[list[int], list[int]]:
    """Compute the substitution box of AES and its inverse."""
    box = [0] * 256
    for value in range(256):
        inverse = next((i for i in range(256) if _multiply(value, i) == 1), 0)
        turned = inverse
        for shift in range(1, 5):
            turned ^= ((inverse << shift) | (inverse >> (8 - shift))) & 0xFF
        box[value] = turned ^ 0x63
    return box, [box.index(value) for value in range(256)]


BOX, UNBOX = _boxes()
TIMES = {factor: [_multiply(value, factor) for value in range(256)] for factor in (9, 11, 13, 14)}


def _round_keys(key: bytes) -> list[bytes]:
    words = [key[i : i + 4] for i in range(0, 32, 4)]
    constant = 1
    for i in range(8, 60):
        word = words[-1]
        if i % 8 == 0:
            word = bytes(BOX[b] for b in word[1:] + word[:1])
            word = bytes([word[0] ^ constant]) + word[1:]
            constant = _multiply(constant, 2)
        elif i % 8 == 4:
            word = bytes(BOX[b] for b in word)
        words.append(bytes(a ^ b for a, b in zip(words[i - 8], word, strict=True)))
    return [b"".join(words[i : i + 4]) for i in range(0, 60, 4)]


def _unmix(state: bytes) -> bytes:
    t9, t11, t13, t14 = (TIMES[factor] for factor in (9, 11, 13, 14))
    out = bytearray()
    for i in range(0, 16, 4):
        a, b, c, d = state[i : i + 4]
        out += bytes(
            (
                t14[a] ^ t11[b] ^ t13[c] ^ t9[d],
                t9[a] ^ t14[b] ^ t11[c] ^ t13[d],
                t13[a] ^ t9[b] ^ t14[c] ^ t11[d],
                t11[a] ^ t13[b] ^ t9[c] ^ t14[d],
            )
        )
    return bytes(out)


def _decrypt_block(block: bytes, keys: list[bytes]) -> bytes:
    state = bytes(a ^ b for a, b in zip(block, keys[14], strict=True))
    for number in range(13, -1, -1):
        state = bytes(UNBOX[state[(i - 4 * (i % 4)) % 16]] for i in range(16))
        state = bytes(a ^ b for a, b in zip(state, keys[number], strict=True))
        state = _unmix(state) if number else state
    return state


def _decrypted(path: Path, key: bytes) -> bytes:
    """Return every byte a key's owner could read from a database, free space included."""
    content, keys, out = path.read_bytes(), _round_keys(key[:32]), bytearray()
    for start in range(0, len(content), PAGE):
        page = content[start : start + PAGE]
        previous = page[PAGE - RESERVED : PAGE - RESERVED + IV]
        first = IV if start == 0 else 0  # page one begins with the salt
        for i in range(first, PAGE - RESERVED, 16):
            plain = _decrypt_block(page[i : i + 16], keys)
            out += bytes(a ^ b for a, b in zip(plain, previous, strict=True))
            previous = page[i : i + 16]
    return bytes(out)


@pytest.fixture
def decrypted() -> Callable[[Path, bytes], bytes]:
    """Read every byte of a database as the holder of its key could, page by page."""
    return _decrypted


@pytest.fixture
def cheap_scrypt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a passphrase of a space cost a millisecond where its cost is not what is looked at."""
    monkeypatch.setattr(space_key, "WORK_FACTOR", 4)


@pytest.fixture
def identity() -> Identity:
    """An age identity: what a passphrase does in a second, it does in a millisecond."""
    return Identity.generate()


@pytest.fixture
def stranger() -> Identity:
    """An identity that was never let in."""
    return Identity.generate()


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that moves one minute each time somebody looks."""
    minutes = iter(range(1_000_000))
    return lambda: datetime(2026, 3, 1, 9, tzinfo=UTC) + timedelta(minutes=next(minutes))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the workspace of a test stands."""
    return tmp_path / "w.amparo"


@pytest.fixture
def workspace(folder: Path, identity: Identity, clock: Callable[[], datetime]) -> Iterator[Store]:
    """An open, empty workspace."""
    opened = store.create(folder, [identity], now=clock)
    yield opened
    opened.close()


@pytest.fixture
def note() -> Callable[..., Envelope]:
    """Make the envelope of record number n that says *text*."""

    def make(number: int, text: str, version: int = 0, **labels: object) -> Envelope:
        content = json.dumps({"text": text}, ensure_ascii=False)
        return Envelope(f"{number:032x}", "note", content, version, **labels)  # type: ignore[arg-type]

    return make


@pytest.fixture
def text_of() -> Callable[[Envelope | None], str | None]:
    """Read back what ``note`` wrote."""
    return lambda envelope: None if envelope is None else json.loads(envelope.json)["text"]


@pytest.fixture
def open_umask() -> Iterator[None]:
    """Let every file be open to everybody, unless the store closes it itself."""
    before = os.umask(0)
    yield
    os.umask(before)
