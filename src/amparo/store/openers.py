"""What a person brings to open a workspace, and how each seals a key into an age file."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

import pyrage as _pyrage

from amparo.errors import DamagedError, OverloadedError, SlotError, WeakPassphraseError
from amparo.store.passphrase import canonical_recovery, looks_like_recovery, tidy, weakness

pyrage: Any = _pyrage  # a compiled module, without types
WANTED_WORK_FACTOR = 18  # scrypt 2^18: about one second and 256 MB for each guess
LOWEST_WORK_FACTOR = 17
HIGHEST_WORK_FACTOR = 22  # more would hang a small laptop; only a forged slot asks for it
SECRET_BYTES = 4096  # of a file with a passphrase or an identity; what is longer is no such file
_ATTEMPTS = 5
# age looks for a thousandth of a second how fast the machine is, and refuses what it thinks would
# take too long. Where others want the machine at that moment, it is wrong; the next look is not.
_LOOKS = 60
_PAUSE_S = 0.1
_TOO_LONG = "Excessive work"
_WORK_FACTOR = re.compile(rb"\Aage-encryption\.org/v1\n-> scrypt [A-Za-z0-9+/]{22} ([0-9]{1,2})\n")


def secret_line(content: str) -> str:
    """Return the secret in a file's content: its first line that is neither empty nor a remark.

    Raises:
        ValueError: there is none.
    """
    for line in content.splitlines():
        if line.strip() and not line.startswith("#"):
            return line.strip("\r\n")
    raise ValueError("no secret in this file")


class Opener(Protocol):
    """A way to open a workspace."""

    kind: ClassVar[str]
    opens: ClassVar[tuple[str, ...]]

    def seal(self, payload: bytes) -> bytes:
        """Encrypt a slot's payload so that this opener opens it."""
        ...

    def unseal(self, sealed: bytes, kind: str) -> bytes | None:
        """Return a slot's payload, or None when this opener does not open it."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class Passphrase:
    """A passphrase; six recovery words typed in its place open their slot too."""

    text: str
    kind: ClassVar[str] = "passphrase"
    opens: ClassVar[tuple[str, ...]] = ("passphrase", "recovery")

    def seal(self, payload: bytes) -> bytes:
        """Encrypt with the passphrase.

        Raises:
            WeakPassphraseError: it is too easy to guess; the error does not repeat it.
            OverloadedError: this machine is too slow or too busy for a safe work factor.
        """
        why = weakness(self.text)
        if why is not None:
            raise WeakPassphraseError(f"passphrase refused: {why}")
        return _seal_with_work(payload, tidy(self.text))

    def unseal(self, sealed: bytes, kind: str) -> bytes | None:
        """Try the passphrase, or the same text as recovery words."""
        if kind == "recovery":
            if not looks_like_recovery(self.text):
                return None
            return _unseal_with_work(sealed, canonical_recovery(self.text))
        return _unseal_with_work(sealed, tidy(self.text))


@dataclass(frozen=True, slots=True, repr=False)
class RecoveryWords:
    """Six random words on paper, in one place or three and three in two."""

    text: str
    kind: ClassVar[str] = "recovery"
    opens: ClassVar[tuple[str, ...]] = ("recovery",)

    def seal(self, payload: bytes) -> bytes:
        """Encrypt with the words in their one canonical form."""
        return _seal_with_work(payload, canonical_recovery(self.text))

    def unseal(self, sealed: bytes, kind: str) -> bytes | None:  # noqa: ARG002  one form only
        """Try the words."""
        return _unseal_with_work(sealed, canonical_recovery(self.text))


@dataclass(frozen=True, slots=True, repr=False)
class Recipient:
    """The public half of an age identity (``age1…``): it can be given access, it opens nothing."""

    text: str
    kind: ClassVar[str] = "recipient"
    opens: ClassVar[tuple[str, ...]] = ()

    def seal(self, payload: bytes) -> bytes:
        """Encrypt to the recipient.

        Raises:
            SlotError: this is not an age recipient.
        """
        try:
            recipient = pyrage.x25519.Recipient.from_str(self.text.strip())
        except pyrage.RecipientError:
            raise SlotError("not an age recipient") from None
        return pyrage.encrypt(payload, [recipient])

    def unseal(self, sealed: bytes, kind: str) -> bytes | None:  # noqa: ARG002  a public half
        """Open nothing."""
        return None


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """The secret half of an age identity (``AGE-SECRET-KEY-1…``), or the file that holds it."""

    text: str
    kind: ClassVar[str] = "recipient"
    opens: ClassVar[tuple[str, ...]] = ("recipient",)

    @classmethod
    def generate(cls) -> Identity:
        """Make a new random identity."""
        return cls(str(pyrage.x25519.Identity.generate()))

    def recipient(self) -> Recipient:
        """Return the public half.

        Raises:
            SlotError: this is not an age identity.
        """
        return Recipient(str(self._secret().to_public()))

    def seal(self, payload: bytes) -> bytes:
        """Encrypt to the recipient that belongs to this identity."""
        return pyrage.encrypt(payload, [self._secret().to_public()])

    def unseal(self, sealed: bytes, kind: str) -> bytes | None:  # noqa: ARG002  one form only
        """Try the identity; what is none opens nothing."""
        try:
            return pyrage.decrypt(sealed, [self._secret()])
        except (pyrage.DecryptError, SlotError):
            return None

    def _secret(self) -> Any:
        try:
            # A file written by age-keygen starts with comment lines.
            return pyrage.x25519.Identity.from_str(secret_line(self.text).strip())
        except (ValueError, pyrage.IdentityError):
            raise SlotError("not an age identity") from None


def work_factor(sealed: bytes) -> int | None:
    """Read log2 of the scrypt cost from a passphrase slot's header, or None if it has none."""
    found = _WORK_FACTOR.match(sealed)
    return int(found.group(1)) if found else None


def _seal_with_work(payload: bytes, text: str) -> bytes:
    # age measures the machine once a file: on a busy one it may choose too little.
    best, best_factor = b"", 0
    for look in range(_LOOKS):
        sealed = pyrage.passphrase.encrypt(payload, text)
        factor = work_factor(sealed) or 0
        if factor > best_factor:
            best, best_factor = sealed, factor
        wanted = WANTED_WORK_FACTOR if look < _ATTEMPTS - 1 else LOWEST_WORK_FACTOR
        if best_factor >= wanted:
            return best
    raise OverloadedError(f"work factor {best_factor}, expected {LOWEST_WORK_FACTOR} or more")


def _unseal_with_work(sealed: bytes, text: str) -> bytes | None:
    factor = work_factor(sealed)
    if factor is None or factor > HIGHEST_WORK_FACTOR:
        raise DamagedError("a key slot has a damaged header")
    for _ in range(_LOOKS):
        try:
            return pyrage.passphrase.decrypt(sealed, text)
        except pyrage.DecryptError as error:
            # Nobody has tried the passphrase then: it must never be called a wrong one.
            if not str(error).startswith(_TOO_LONG):
                return None
        time.sleep(_PAUSE_S)
    raise OverloadedError("age refuses the work this slot asks for")
