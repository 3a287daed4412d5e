"""The key of a separate space: what its passphrase opens, and how rows are sealed under it."""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pyrage as _pyrage

from amparo.errors import SlotError, SpaceKeyError, WeakPassphraseError
from amparo.store.passphrase import tidy, weakness

pyrage: Any = _pyrage  # a compiled module, without types
WORK_FACTOR = 18  # scrypt 2^18 as in every other slot: about one second and 256 MB for each guess
_MEMORY_BYTES = 1 << 29
_WRONG_COST_S = 0.5
_TRIED_AT_LEAST = 8
_PAYLOAD = re.compile(
    rb"amparo-space 1\nworkspace ([0-9a-f]{32})\nidentity (AGE-SECRET-KEY-1[0-9A-Z]{58})\n"
)
_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_PREFIX = "age-secret-key-"


@dataclass(frozen=True, slots=True)
class SpaceKey:
    """The age identity under which all rows of one space are sealed."""

    text: str = field(repr=False)

    @classmethod
    def generate(cls) -> SpaceKey:
        """Make a new random key."""
        return cls(str(pyrage.x25519.Identity.generate()))

    def seal(self, payload: bytes) -> bytes:
        """Encrypt *payload* so that only this key opens it."""
        return pyrage.encrypt(payload, [self._identity().to_public()])

    def unseal(self, sealed: bytes) -> bytes | None:
        """Return what was sealed, or None when it is not this key's."""
        try:
            return pyrage.decrypt(sealed, [self._identity()])
        except pyrage.DecryptError:
            return None

    def slot(self, workspace_id: str) -> bytes:
        """Return the text that goes into the slot of a space."""
        return f"amparo-space 1\nworkspace {workspace_id}\nidentity {self.text}\n".encode()

    def _identity(self) -> Any:
        return pyrage.x25519.Identity.from_str(self.text)


def key_of(passphrase: str, workspace_id: str) -> SpaceKey:
    """Return the key that a passphrase stands for in one workspace; costs one scrypt.

    One cost for all spaces together: were each slot an age passphrase file, the time that a wrong
    passphrase takes would tell how many spaces there are.

    Raises:
        SlotError: this machine has no memory for it.
    """
    try:
        seed = hashlib.scrypt(
            tidy(passphrase).encode("utf-8", "replace"),
            salt=b"amparo space " + bytes.fromhex(workspace_id),
            n=1 << WORK_FACTOR, r=8, p=1, maxmem=_MEMORY_BYTES, dklen=32,
        )  # fmt: skip
    except (MemoryError, ValueError):
        raise SlotError("no memory for scrypt") from None
    return SpaceKey(_bech32(seed))


def open_slot(slots: dict[int, bytes], passphrase: str, workspace_id: str) -> tuple[int, SpaceKey]:
    """Return the row of the slot that *passphrase* opens, and the key of its space.

    Raises:
        SpaceKeyError: it opens none, or there is none: the same error after the same work.
    """
    started_at = time.monotonic()
    outer = key_of(passphrase, workspace_id)
    found: list[tuple[int, SpaceKey]] = []
    # Strangers fill up what is missing, and all are tried: the work is the same with none at all.
    tried = [*slots.items(), *((-1, _stranger()) for _ in range(_TRIED_AT_LEAST - len(slots)))]
    for row, sealed in tried:
        said = _PAYLOAD.fullmatch(outer.unseal(sealed) or b"")
        if said and said[1].decode() == workspace_id:
            found.append((row, SpaceKey(said[2].decode())))
    if found:
        return found[0]
    time.sleep(max(0.0, _WRONG_COST_S - (time.monotonic() - started_at)))
    raise SpaceKeyError("no space opens")


def require_strong(passphrase: str) -> None:
    """Refuse a passphrase that is too easy to guess.

    Raises:
        WeakPassphraseError: it is; the error does not repeat it.
    """
    why = weakness(passphrase)
    if why is not None:
        raise WeakPassphraseError(f"passphrase refused: {why}")


@lru_cache(maxsize=1)
def _stranger() -> bytes:
    key = SpaceKey.generate()
    return key.seal(key.slot(secrets.token_hex(16)))


def _bech32(seed: bytes) -> str:
    """Write 32 bytes as age writes an identity (BIP 173, upper case)."""
    bits, length = int.from_bytes(seed), len(seed) * 8
    padded = bits << (-length % 5)
    groups = [(padded >> shift) & 31 for shift in range(length + (-length % 5) - 5, -1, -5)]
    spread = [*(ord(char) >> 5 for char in _PREFIX), 0, *(ord(char) & 31 for char in _PREFIX)]
    check = _polymod([*spread, *groups, 0, 0, 0, 0, 0, 0]) ^ 1
    groups += [(check >> shift) & 31 for shift in range(25, -1, -5)]
    return f"{_PREFIX}1{''.join(_LETTERS[group] for group in groups)}".upper()


def _polymod(values: list[int]) -> int:
    generators = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
    total = 1
    for value in values:
        top, total = total >> 25, (total & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(generators):
            total ^= generator if top >> place & 1 else 0
    return total
