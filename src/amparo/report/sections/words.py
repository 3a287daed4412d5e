"""The words of a report: catalogue sentences, days, and labels of the shared vocabularies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from amparo.formats import Precision
from amparo.messages import messages
from amparo.model.ranges import Range
from amparo.wording.discreet import GAP

if TYPE_CHECKING:
    from amparo.content.pack import Pack


class Words:
    """Everything a section says in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._messages = messages(lang)

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the sentence ``report.<key>``."""
        return self._messages.text(f"report.{key}", **values)

    def paper(self, key: str) -> str:
        """Return a word that reports and pictures share."""
        return self._messages.text(f"paper.{key}")

    def joined(self, how: str, parts: Iterable[str]) -> str:
        """Return *parts* in one line, with the signs that the language puts between them.

        Args:
            how: ``items``, ``letters`` (also numbers), ``because`` or ``to``.
            parts: any number of them, in order.
        """
        return self(f"join.{how}").join(parts)

    def count(self, key: str, number: int) -> str:
        """Return the plural form of ``report.<key>`` for *number*."""
        return self._messages.plural(f"report.{key}", number)

    def day(self, on: date | None) -> str:
        """Return a day such as "3 May 2027", or a gap to fill in by hand."""
        return self._messages.date(on) if on else GAP

    def month(self, on: date) -> str:
        """Return a month short enough for a timeline, such as "May 27"."""
        return self._messages.month(on)

    def dated(self, on: date, precision: Precision) -> str:
        """Return a day as exactly as it is known."""
        return self._messages.date(on, precision)

    def band(self, band: str | None) -> str:
        """Return the word of a band; a threat that nobody judged yet says so."""
        return self.paper(f"band.{band}") if band else self("not_judged")

    def scale(self, scale: str, judged: Range) -> str:
        """Return a range of likelihood or impact in words, never in numbers."""
        best = self.step(scale, judged.best)
        if judged.low == judged.high:
            return best
        low, high = self.step(scale, judged.low), self.step(scale, judged.high)
        return self("range", best=best, low=low, high=high)

    def step(self, scale: str, value: int) -> str:
        """Return the short word of one step of a scale."""
        return self.method(f"scale.{scale}.{value}")

    def method(self, key: str, /, **values: object) -> str:
        """Return a sentence of the method, with its days written out."""
        told = {name: self._told(name, value) for name, value in values.items()}
        return self._messages.text(key, **told)

    def _told(self, name: str, value: object) -> object:
        return self.day(date.fromisoformat(str(value))) if name.endswith("_on") else value

    def label(self, vocabulary: str, item: str) -> str:
        """Return the label of one id of a shared vocabulary."""
        return taxonomies().label(self.lang, vocabulary, item)


@lru_cache(maxsize=1)
def taxonomies() -> Pack:
    """Open the shared vocabularies once a process; sheet and plan never need them."""
    from amparo.content.loading import foundations

    return foundations(only=("taxonomies",))
