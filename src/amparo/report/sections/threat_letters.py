"""The letter of every threat: short enough for a picture, the same on every page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from string import ascii_uppercase

from amparo.model.threats import Threat
from amparo.model.workspace import Workspace
from amparo.report.sections.words import Words

_LONGEST = 3


def threat_letters(workspace: Workspace) -> dict[str, str]:
    """Return the letter of each threat by id; who has none or a double gets the next free one."""
    threats = workspace.all(Threat)
    found: dict[str, str] = {}
    for threat in threats:
        if 0 < len(threat.letter) <= _LONGEST and threat.letter not in found.values():
            found[threat.id] = threat.letter
    taken = set(found.values())
    free = (letter for letter in _letters() if letter not in taken)
    for threat in threats:
        if threat.id not in found:
            found[threat.id] = next(free)
    return found


def _letters() -> Iterator[str]:
    yield from ascii_uppercase
    for length in range(2, _LONGEST + 1):
        yield from ("".join(pair) for pair in product(ascii_uppercase, repeat=length))


def letters_of(words: Words, ids: Iterable[str], letters: dict[str, str]) -> str:
    """Return the letters of some threats, in order of the alphabet."""
    return words.joined("letters", sorted(letters[item] for item in ids if item in letters))
