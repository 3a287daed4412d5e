"""What is past its day goes when the workspace is opened, unless the clock looks wrong."""

from __future__ import annotations

from amparo.keeper.capabilities import Capability
from amparo.keeper.desk import Arguments, Desk

MANY_EXPIRED = "store.notice.many_expired"
_MOST_AT_ONCE = 20
_SHARE = 3


class Nothing(Arguments):
    """No arguments."""


def expire(desk: Desk) -> None:
    """Erase what is past its day, or ask first: a clock that jumped ahead would erase a plan."""
    today = desk.now().date()
    due = desk.store.due(today)
    if len(due) > _MOST_AT_ONCE or len(due) * _SHARE > len(desk.store.list()):
        desk.waiting = due
    else:
        desk.store.expire(today)


def expired(desk: Desk, _caller: Capability, _: Nothing) -> list[str]:
    """Return the ids of what is past its day and waits until somebody has looked at the clock."""
    return list(_still_due(desk))


def confirm_expired(desk: Desk, caller: Capability, _: Nothing) -> int:
    """Erase for good what waits, as far as it is still past its day; return how many.

    A page may call this with the right to write: it erases nothing but what was past its day
    already when the workspace was opened.
    """
    gone, desk.waiting = _still_due(desk), ()
    desk.store.erase(*gone, role=caller.role)
    return len(gone)


def _still_due(desk: Desk) -> tuple[str, ...]:
    due = set(desk.store.due(desk.now().date()))
    return tuple(one for one in desk.waiting if one in due)
