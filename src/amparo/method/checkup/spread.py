"""Is the plan in balance, and can everybody use it? B1 to B6, as judged in ``balance``.

Source:
    method S10 (balance; lenses: measures that a poor, disabled or undocumented person can really
    use), domain safety rules 1.5 and 7. Who can use a measure is asked, never computed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from amparo.method.checkup.look import Look
from amparo.method.checkup.values import Hit
from amparo.model.measures import Measure, UsableBy

SHARE_PERCENT = 40
# With fewer measures that have a letter, a share says nothing yet.
ENOUGH_OWNED = 5


def b1_ready(look: Look) -> Iterator[Hit]:
    """Fire when nothing makes us ready for the bad day."""
    return look.told("B1", "ready")


def b1_prevents(look: Look) -> Iterator[Hit]:
    """Fire when nothing prevents."""
    return look.told("B1", "prevents")


def b1_causes(look: Look) -> Iterator[Hit]:
    """Fire when nothing acts on causes."""
    return look.told("B1", "causes")


def b2_cause(look: Look) -> Iterator[Hit]:
    """Fire when no action is planned on a cause within reach."""
    return look.told("B2", "driver")


def b3_during(look: Look) -> Iterator[Hit]:
    """Fire when a serious threat has nothing for while it happens."""
    return look.told("B3", "during")


def b3_after(look: Look) -> Iterator[Hit]:
    """Fire when a serious threat has nothing for afterwards."""
    return look.told("B3", "after")


def b4_together(look: Look) -> Iterator[Hit]:
    """Fire when everything is left to each person alone."""
    return (_any(hit) for hit in look.told("B4", "one_level"))


def b4_one_owner(look: Look) -> Iterator[Hit]:
    """Fire when one letter carries everything."""
    return (_any(hit) for hit in look.told("B4", "one_owner"))


def b5_load(look: Look) -> Iterator[Hit]:
    """Fire when one letter has more open measures than anybody can carry."""
    return (_any(hit) for hit in look.told("B5", "owner_load"))


def b6_care(look: Look) -> Iterator[Hit]:
    """Fire when no measure takes care of how people are."""
    return (_any(hit) for hit in look.told("B6", "care"))


def b6_legal(look: Look) -> Iterator[Hit]:
    """Fire when there are legal threats and no legal measure."""
    return look.told("B6", "legal")


def owner_share(look: Look) -> Iterator[Hit]:
    """Fire when one of several letters carries more than 40 % of the measures."""
    load = Counter(m.owner_role for m in look.measures if m.owner_role)
    total = sum(load.values())
    if total < ENOUGH_OWNED or len(load) == 1:
        return
    for letter, count in sorted(load.items()):
        if count * 100 > SHARE_PERCENT * total:
            percent = round(count * 100 / total)
            yield Hit(kind="measure", values={"owner": letter, "percent": percent})


def usable_carers(look: Look) -> Iterator[Hit]:
    """Fire when no measure is known to work for somebody who cares for children or the sick."""
    return _nobody_asked(look.measures, "carers")


def usable_disabled(look: Look) -> Iterator[Hit]:
    """Fire when no measure is known to work for somebody who cannot run, see or hear."""
    return _nobody_asked(look.measures, "disabled")


def usable_undocumented(look: Look) -> Iterator[Hit]:
    """Fire when no measure is known to work for somebody without papers."""
    return _nobody_asked(look.measures, "undocumented")


def _any(hit: Hit) -> Hit:
    # It is about the whole list of measures, not about the first of them.
    return replace(hit, record=None, kind="measure")


def _nobody_asked(measures: tuple[Measure, ...], who: UsableBy) -> Iterator[Hit]:
    if measures and not any(who in measure.usable_by for measure in measures):
        yield Hit(kind="measure")
