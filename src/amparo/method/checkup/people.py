"""Is the conversation itself safe: dates, keepers, stop rule, and a group too small to hide in?

Source:
    method S0; domain safety rules 1.1 and 1.12 (small groups, one keeper is a target), 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from amparo.method.checkup.look import Look
from amparo.method.checkup.values import Hit, Step
from amparo.model.base import Record
from amparo.model.incidents import Incident
from amparo.model.process import Process, Profile, SizeBand

_SEXUAL = "i_sexual"
# "6-20" may be fewer than ten as well.
_SMALL: frozenset[SizeBand] = frozenset({"1-5", "6-20"})


def no_delete_date(look: Look) -> Iterator[Hit]:
    """Fire when something is written and no day to delete it is agreed."""
    return _process(look, missing=look.process.data_rule.delete_by is None)


def delete_date_past(look: Look) -> Iterator[Hit]:
    """Fire when the workspace, or records of it, are past their day to be deleted.

    A record of sexual violence is in no count (domain safety rule 1.3).
    """
    told = [record for record in look.ws if not _sealed(record)]
    held = look.ws.one(Process)
    if held is not None and look.past(held.data_rule.delete_by):
        yield Hit(held, values={"count": len(told)})
        return
    over = [record for record in told if look.past(record.delete_by)]
    if over:
        step = cast("Step", over[0].step.lower())
        yield Hit(over[0], values={"count": len(over)}, step=step)


def keeper_alone(look: Look) -> Iterator[Hit]:
    """Fire when one letter alone can open the workspace."""
    return _process(look, missing=len(set(look.process.data_rule.keeper_roles)) == 1)


def no_stop_rule(look: Look) -> Iterator[Hit]:
    """Fire when nobody has said how to stop the conversation."""
    return _process(look, missing=not look.process.stop_rule)


def no_support_person(look: Look) -> Iterator[Hit]:
    """Fire when nobody is there for those who are shaken."""
    return _process(look, missing=not look.process.support_person)


def no_common_yes(look: Look) -> Iterator[Hit]:
    """Fire when a plan for a whole community has no yes of that community."""
    whole = look.process.scope_type == "community"
    return _process(look, missing=whole and not look.process.collective_consent)


def small_group(look: Look) -> Iterator[Hit]:
    """Fire when a small group has a sheet whose letters point at people."""
    profile = look.ws.one(Profile)
    if profile and profile.members_size_band in _SMALL and look.sheet and look.sheet.duties:
        yield Hit(look.sheet)


def _process(look: Look, *, missing: bool) -> Iterator[Hit]:
    if len(look.ws) and missing:
        yield Hit(look.ws.one(Process), "process")


def _sealed(record: Record) -> bool:
    # One that was cut for others has lost its kind, and may be such a record.
    return isinstance(record, Incident) and getattr(record, "incident_kind", _SEXUAL) == _SEXUAL
