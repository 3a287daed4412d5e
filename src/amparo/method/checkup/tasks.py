"""Will each measure really be done, by whom, and does it hurt nobody?

Source:
    method S10 (fields of a measure), S14 (measures that nobody follows); the days are ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from amparo.method.checkup.look import Look
from amparo.method.checkup.values import Hit
from amparo.method.purpose import is_open
from amparo.model.measures import Measure

IDLE_DAYS = 30


def measure_no_owner(look: Look) -> Iterator[Hit]:
    """Fire when an open measure has no letter."""
    return _open(look, lambda measure: not measure.owner_role)


def measure_no_date(look: Look) -> Iterator[Hit]:
    """Fire when an open measure has no date."""
    return _open(look, lambda measure: measure.due is None)


def measure_overdue(look: Look) -> Iterator[Hit]:
    """Fire when the date of an open measure is over."""
    return _open(look, lambda measure: look.past(measure.due))


def measure_no_deputy(look: Look) -> Iterator[Hit]:
    """Fire when something for the bad day rests on one letter."""
    return (
        Hit(measure)
        for measure in look.measures
        if "during" in measure.phases and measure.owner_role and not measure.deputy_role
    )


def measure_idle(look: Look) -> Iterator[Hit]:
    """Fire when an idea has stayed an idea for a month."""
    return _open(
        look,
        lambda measure: measure.status == "idea" and look.age(measure.created_on) > IDLE_DAYS,
    )


def measure_blocked(look: Look) -> Iterator[Hit]:
    """Fire when a measure is stuck."""
    return _open(look, lambda measure: measure.status == "blocked")


def measure_raises_risk(look: Look) -> Iterator[Hit]:
    """Fire when a measure may raise another risk and nobody has checked the harm."""
    return (
        Hit(measure)
        for measure in look.measures
        if measure.side_effects and not measure.do_no_harm_checked
    )


def _open(look: Look, wrong: Callable[[Measure], bool]) -> Iterator[Hit]:
    return (Hit(measure) for measure in look.measures if is_open(measure) and wrong(measure))
