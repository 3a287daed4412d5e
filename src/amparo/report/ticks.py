"""That two people have read everything that leaves: a digest and two letters, and no text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from amparo.errors import NotReadError
from amparo.report.leaving import leaving, must_be_read
from amparo.report.sections.material import ReportData

_MOST_BYTES = 4096
_PEOPLE = 2
_DIGEST = re.compile(r"[0-9a-f]{16}")
_LETTER = re.compile(r"[A-Z]{1,2}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Ticks:
    """Two people ticked every sentence of one list.

    Attributes:
        digest: of the list (``amparo.report.leaving``).
        letters: the role letters of the two, different ones.
        sentences: how many sentences each of them ticked.
        on: the day, as YYYY-MM-DD; empty where nobody notes it.
    """

    digest: str
    letters: tuple[str, ...]
    sentences: int
    on: str = ""

    @classmethod
    def of(cls, given: Any) -> Ticks:
        """Build ticks from JSON values of somebody else.

        Raises:
            NotReadError: they are not what two readers leave.
        """
        shape = {"digest": str, "letters": list, "sentences": int, "on": str}
        if not isinstance(given, Mapping) or set(given) - set(shape):
            raise NotReadError("no ticks")
        values = {"on": "", **given}
        if any(type(values.get(name)) is not kind for name, kind in shape.items()):
            raise NotReadError("no ticks")
        ticks = cls(values["digest"], tuple(values["letters"]), values["sentences"], values["on"])
        if not ticks.are_two_readers() or not _DIGEST.fullmatch(ticks.digest):
            raise NotReadError("no ticks")
        if ticks.on and not _DAY.fullmatch(ticks.on):
            raise NotReadError("no ticks")
        return ticks

    def are_two_readers(self) -> bool:
        """Tell whether two different role letters stand for them."""
        are_letters = all(
            isinstance(one, str) and _LETTER.fullmatch(one) is not None for one in self.letters
        )
        return are_letters and len(self.letters) == len(set(self.letters)) == _PEOPLE


def require_ticks(data: ReportData, ticks: Ticks | None) -> None:
    """Refuse a report for others that two people have not read as it is now.

    Raises:
        NotReadError: there are no ticks, they are of another list, not of all of it, or of one
            person.
    """
    if not must_be_read(data):
        return
    if ticks is None:
        raise NotReadError("nobody has read what leaves")
    going = leaving(data)
    if ticks.digest != going.digest or ticks.sentences != len(going.sentences):
        raise NotReadError("what leaves is not what was read")
    if not ticks.are_two_readers():
        raise NotReadError("expected two different role letters")


def ticks_json(ticks: Ticks) -> bytes:
    """Return the ticks as the bytes of a small file."""
    return (json.dumps(asdict(ticks), indent=1) + "\n").encode("ascii")


def read_ticks(path: Path) -> Ticks:
    """Read a file of ticks.

    Raises:
        NotReadError: it cannot be read or is none.
    """
    try:
        with path.open("rb") as file:
            given = json.loads(file.read(_MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        raise NotReadError("no file of ticks") from None
    return Ticks.of(given)
