"""How old the knowledge about a mechanism or a measure is, and when to warn."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from amparo.content.values import Measure, Mechanism

# Channels, forms and funds change within two or three years; older knowledge needs a warning.
OLD_YEARS = 3
OLD_PRACTICE_YEARS = 10


class Age(NamedTuple):
    """Years since the knowledge was true, and whether people must be warned."""

    years: int
    stale: bool


def mechanism_age(mechanism: Mechanism, today: date) -> Age:
    """Return how old the knowledge about *mechanism* is on the day *today*.

    It is stale when its review date has passed or the knowledge is ``OLD_YEARS`` old.
    """
    years = max(0, today.year - mechanism.meta.knowledge_year)
    return Age(years, today > mechanism.meta.review_by or years >= OLD_YEARS)


def measure_age(measure: Measure, today: date) -> Age:
    """Return how old the knowledge about *measure* is on the day *today*.

    It is stale when its review date has passed or it is ``OLD_PRACTICE_YEARS`` old: what people
    do ages more slowly than a form or a fund (ours).
    """
    years = max(0, today.year - measure.meta.knowledge_year)
    return Age(years, today > measure.meta.review_by or years >= OLD_PRACTICE_YEARS)
