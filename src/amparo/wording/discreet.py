"""Keep off a sheet or a plan what must never be printed there, and keep lines short.

No rule can find a name inside a sentence; the list of sentences that two people tick before
paper leaves the room is the protection. What a machine can see for sure is taken out here.
"""

from __future__ import annotations

import re

# What is filled in by hand.
GAP = "____"
# Every part has an end, so that no text can make the search slow.
_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@]{1,100}\.\w{1,24}|(?:https?://|www\.)\S+", re.IGNORECASE)
_POSITION = re.compile(r"-?\d{1,3}\.\d{3,}\s*[,;]\s*-?\d{1,3}\.\d{3,}")
_DIGITS = re.compile(r"\+?\(?\d[\d ().-]{5,}\d")
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[-.]\d{1,2}[-.]\d{2,4}")
_TELEPHONE_LEAST = 7


def discreet(text: str) -> str:
    """Return *text* with a gap instead of telephone numbers, addresses and positions."""
    text = _POSITION.sub(GAP, _ADDRESS.sub(GAP, text))
    return _DIGITS.sub(_telephone, text)


def _telephone(match: re.Match[str]) -> str:
    found = match.group()
    digits = sum(character.isdigit() for character in found)
    return found if digits < _TELEPHONE_LEAST or _DAY.fullmatch(found) else GAP


def short(text: str, words: int) -> str:
    """Return at most *words* words of *text*; three dots say that there was more."""
    parts = text.split()
    if len(parts) <= words:
        return " ".join(parts)
    return " ".join(parts[:words]).rstrip(".,;:") + "…"


def on_paper(text: str, words: int) -> str:
    """Return a line fit for a sheet or a plan."""
    return short(discreet(text), words)
