"""The PIN that brings hidden pages back: short, so wrong ones cost time, and never data."""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
from dataclasses import dataclass, field
from hmac import compare_digest

_DIGITS = re.compile(r"[0-9]{4,8}")
_FROM_OTHER_SCRIPTS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_MOST_S = 60.0
_MEMORY = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, repr=False)
class Pin:
    """A PIN as a salted hash; it exists in the memory of this process only."""

    salt: bytes
    digest: bytes

    @classmethod
    def of(cls, text: object) -> Pin | None:
        """Return the PIN for four to eight digits of any script, or None for anything else."""
        digits = _digits(text)
        if digits is None:
            return None
        salt = secrets.token_bytes(16)
        return cls(salt, _hash(digits, salt))

    def fits(self, text: object) -> bool:
        """Tell whether *text* is this PIN."""
        digits = _digits(text)
        return compare_digest(_hash(digits or "", self.salt), self.digest) and digits is not None


@dataclass(slots=True)
class Tries:
    """Makes wrong answers slow: one second, then two, four ... at most a minute each."""

    wrong: int = 0
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def judge(self, pin: Pin, text: object) -> bool | None:
        """Tell whether *text* is the PIN; None when another answer is still being weighed.

        A wrong answer comes late. Nobody can try two at once, and no number of wrong ones
        ever destroys anything.
        """
        if self._one_at_a_time.locked():
            return None
        async with self._one_at_a_time:
            if await asyncio.to_thread(pin.fits, text):
                self.wrong = 0
                return True
            self.wrong += 1
            await asyncio.sleep(min(2.0 ** (self.wrong - 1), _MOST_S))
            return False


def plain_digits(text: str) -> str:
    """Return *text* without spaces and hyphens, its digits as 0 to 9 whatever their script."""
    return re.sub(r"[\s-]", "", text).translate(_FROM_OTHER_SCRIPTS)


def _digits(text: object) -> str | None:
    if not isinstance(text, str):
        return None
    plain = text.strip().translate(_FROM_OTHER_SCRIPTS)
    return plain if _DIGITS.fullmatch(plain) else None


def _hash(digits: str, salt: bytes) -> bytes:
    return hashlib.scrypt(digits.encode("ascii"), salt=salt, n=2**14, r=8, p=1, maxmem=_MEMORY)
