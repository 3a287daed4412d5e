"""Days, numbers and percentages as a language writes them.

Digits are Western (0 to 9) in every language, Arabic too, on screen and on paper: dates and
numbers typed into a form, codes and letters copied by hand and the pages of a report all use
them, and half of the Arabic-speaking countries write nothing else. One set of digits in a plan
means that nobody has to guess whether ٥ and 5 are the same day. ``locale_format.js`` writes the
same in the browser; a test compares the two.

Babel is imported only when something is written: it takes 60 ms.
"""

from __future__ import annotations

import math
from datetime import date
from functools import lru_cache
from typing import Literal

Precision = Literal["day", "month", "year"]

# One order for every language: the day, the month in letters, the year. Nobody reads 3/5 twice.
_PATTERNS: dict[Precision, str] = {"day": "d MMM y", "month": "MMM y", "year": "y"}
_SHORT_MONTH = "MMM yy"
# Babel knows no least length of a group: Spanish writes 1234 and 12.345.
_UNGROUPED_BELOW = {"es": 10_000}


@lru_cache(maxsize=16)
def known_to_babel(lang: str) -> bool:
    """Tell whether Babel has the rules of *lang*; for many languages nobody has written them."""
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(lang)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def own_name(lang: str) -> str | None:
    """Return what those who speak *lang* call it, such as "Français"; None if Babel has no word."""
    if not known_to_babel(lang):
        return None
    from babel import Locale

    name = Locale.parse(lang).display_name
    return name[:1].upper() + name[1:] if name else None


def day(lang: str, on: date, precision: Precision = "day") -> str:
    """Return a day as exactly as it is known, such as "3 May 2027", "May 2027" or "2027"."""
    return _date(lang, on, _PATTERNS[precision])


def month(lang: str, on: date) -> str:
    """Return a month short enough for a picture, such as "May 27"."""
    return _date(lang, on, _SHORT_MONTH)


def _date(lang: str, on: date, pattern: str) -> str:
    if not known_to_babel(lang):
        return on.isoformat() if pattern == _PATTERNS["day"] else on.isoformat()[: len("2027-05")]
    from babel.dates import format_date

    return format_date(on, pattern, locale=lang)


def number(lang: str, value: float) -> str:
    """Return a number with at most three decimals, grouped as the language does."""
    if not known_to_babel(lang):
        return f"{value:g}"
    from babel.numbers import format_decimal

    grouped = abs(value) >= _UNGROUPED_BELOW.get(lang, 0)
    return format_decimal(value, locale=lang, group_separator=grouped)


def percent(lang: str, share: float) -> str:
    """Return a share of 0 to 1 as a whole percentage; a half goes up, as people round."""
    whole = math.floor(share * 100 + 0.5)
    if not known_to_babel(lang):
        return f"{whole}%"
    from babel.numbers import format_percent

    return format_percent(whole / 100, locale=lang)
