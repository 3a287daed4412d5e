"""Is the plan agreed, in date and practised, and is our security round?

Source:
    method S11 (versions, alert levels, wheel) and S13 (drills).
"""

from __future__ import annotations

from collections.abc import Iterator

from amparo.method.checkup.look import Look
from amparo.method.checkup.values import Hit
from amparo.method.wheel import flattest
from amparo.model.plan import AlertLevel, PlanVersion, Protocol, Wheel
from amparo.model.practice import Drill

# The words of the scores 0 and 1 say "hardly anything".
FLAT = 1


def plan_never_agreed(look: Look) -> Iterator[Hit]:
    """Fire when there are measures and no version of the plan was ever agreed."""
    if look.measures and not look.all(PlanVersion):
        yield Hit(kind="plan_version")


def plan_expired(look: Look) -> Iterator[Hit]:
    """Fire when the copies of a plan version should have been destroyed."""
    return (Hit(plan) for plan in look.all(PlanVersion) if look.past(plan.destroy_by))


def protocol_unpractised(look: Look) -> Iterator[Hit]:
    """Fire when the steps for a bad day were never practised."""
    practised = {drill.protocol_id for drill in look.all(Drill)}
    for protocol in look.all(Protocol):
        if protocol.steps and not protocol.practised_on and protocol.id not in practised:
            yield Hit(protocol)


def alert_no_end(look: Look) -> Iterator[Hit]:
    """Fire when an alert level above green never ends by itself."""
    return (
        Hit(level)
        for level in look.all(AlertLevel)
        if level.colour != "green" and level.end_after_days is None
    )


def wheel_never(look: Look) -> Iterator[Hit]:
    """Fire when nobody has looked at the wheel."""
    if look.measures and not look.all(Wheel):
        yield Hit(kind="wheel")


def wheel_flat(look: Look) -> Iterator[Hit]:
    """Fire when the newest wheel is nearly flat somewhere."""
    newest = max(look.all(Wheel), key=lambda wheel: wheel.on, default=None)
    if newest is not None:
        spoke = flattest(newest)
        if getattr(newest, spoke) <= FLAT:
            yield Hit(newest, words={"spoke": f"wheel.{spoke}"})
