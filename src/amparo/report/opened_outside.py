"""The sections of papers for readers outside the group."""

from __future__ import annotations

from amparo.report.bundle import Section
from amparo.report.opened_base import OpenedBase
from amparo.report.sections import allies, donor, public


class OutsideSections(OpenedBase):
    """Allies, everybody, a donor."""

    def ally_words(self) -> Section:
        """What we tell allies, in our own words."""
        return self._of("allies", allies.words_blocks)

    def ally_asks(self) -> Section:
        """What we ask of those who decide."""
        return self._of("allies", allies.asks_blocks)

    def ally_help(self) -> Section:
        """What help was asked for, never from whom."""
        return self._of("allies", allies.help_blocks)

    def ally_answer(self) -> Section:
        """How to answer, and until when the paper holds."""
        return self._of("allies", allies.answer_blocks)

    def public_words(self) -> Section:
        """What we say to everybody."""
        return self._of("public", public.words_blocks)

    def public_demands(self) -> Section:
        """What we demand of those who decide."""
        return self._of("public", public.demands_blocks)

    def budget(self) -> Section:
        """Kinds of cost and counts, for a donor."""
        return self._of("donor", donor.budget_blocks)
