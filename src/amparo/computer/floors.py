"""The versions below which known weaknesses are open.

Source:
    security rule R42 and SECURITY.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

from amparo.errors import AmparoError

FLOORS: dict[str, tuple[int, ...]] = {
    "voila": (0, 5, 13),
    "jupyter_server": (2, 20, 0),
    "nbconvert": (7, 17, 0),
}
_RELEASE = re.compile(r"\d+(?:\.\d+)*", re.ASCII)
_EARLY = re.compile(r"a|b|rc|dev")


class TooOldError(AmparoError):
    """A program that the pages stand on has known weaknesses; nothing was opened."""

    key = "error.too_old"


def below_floors(version_of: Callable[[str], str] = version) -> tuple[str, ...]:
    """Return the names of the programs that are too old, or missing."""
    return tuple(name for name in FLOORS if not _holds(name, version_of))


def refuse_old(version_of: Callable[[str], str] = version) -> None:
    """Go on only if every program is new enough.

    Raises:
        TooOldError: one is not; it names them.
    """
    if found := below_floors(version_of):
        raise TooOldError("below a version floor", names=", ".join(found))


def _holds(name: str, version_of: Callable[[str], str]) -> bool:
    try:
        text = version_of(name)
    except PackageNotFoundError:
        return False
    release = _RELEASE.match(text)
    if release is None:
        return False
    numbers = tuple(int(part) for part in release[0].split("."))
    floor = FLOORS[name]
    numbers += (0,) * (len(floor) - len(numbers))
    # An early edition of the floor itself lacks what the floor is there for.
    is_early = numbers[: len(floor)] == floor and bool(
        _EARLY.match(text[release.end() :].lstrip(".-"))
    )
    return numbers >= floor and not is_early
