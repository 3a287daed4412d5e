"""Counting days without falling off the end of the calendar.

Source:
    ours.
"""

from __future__ import annotations

from datetime import date, timedelta


def days_after(day: date, days: int) -> date:
    """Return the date *days* (0 or more) after *day*, or the last date there is."""
    if (date.max - day).days < days:
        return date.max
    return day + timedelta(days=days)


def within(day: date, start: date, days: int) -> bool:
    """Tell whether *day* lies in the *days* days from *start* on, both ends included."""
    return 0 <= (day - start).days <= days
