"""Does each cause path lead somewhere?

Source:
    domain safety rule 7 (a root cause is a cause path); judged in ``amparo.method.causes``.
"""

from __future__ import annotations

from collections.abc import Iterator

from amparo.method.causes import missing
from amparo.method.checkup.look import Look
from amparo.method.checkup.values import Hit
from amparo.method.findings import Finding
from amparo.model.context import CausePath

_TOLD_APART = frozenset({"due", "first_small_win"})


def path_no_date(look: Look) -> Iterator[Hit]:
    """Fire when a cause path has no date."""
    return _without(look, "due")


def path_no_owner(look: Look) -> Iterator[Hit]:
    """Fire when a cause path has no letter."""
    return (Hit(path) for path in look.all(CausePath) if not path.owner_role)


def path_no_win(look: Look) -> Iterator[Hit]:
    """Fire when a cause path has no first small win."""
    return _without(look, "first_small_win")


def path_gaps(look: Look) -> Iterator[Hit]:
    """Fire when a cause path lacks who decides, the ask, the lever or the ally."""
    for path in look.all(CausePath):
        gaps = len(set(missing(path)) - _TOLD_APART)
        if gaps:
            yield Hit(path, values={"count": gaps})


def _without(look: Look, step: str) -> Iterator[Hit]:
    do_key = Finding("C1", part=step).do_key
    return (Hit(path, do_key=do_key) for path in look.all(CausePath) if step in missing(path))
