"""The sections of papers for the group."""

from __future__ import annotations

from amparo.report.bundle import Section
from amparo.report.opened_base import OpenedBase
from amparo.report.sections import aloud, assembly, plan, sheet, wallet


class GroupSections(OpenedBase):
    """What a group may hold: the sheet, the plan, cards, what is said aloud, the wall."""

    def sheet(self) -> Section:
        """The emergency sheet."""
        return self._of(("sheet", "plan"), sheet.sheet_blocks)

    def steps(self) -> Section:
        """What we do before, during and after."""
        return self._of("plan", plan.steps_blocks)

    def alerts(self) -> Section:
        """Alert levels and the top protocol."""
        return self._of("plan", plan.alerts_blocks)

    def care(self) -> Section:
        """Care, family, help with consent, review."""
        return self._of("plan", plan.care_blocks)

    def wallet(self) -> Section:
        """Cards to cut out: our rights, and a lawyer's number by hand."""
        return self._of("wallet", wallet.wallet_blocks)

    def aloud(self) -> Section:
        """The sheet in short sentences, to be said aloud."""
        return self._of("aloud", aloud.aloud_blocks)

    def signs(self) -> Section:
        """Signs to watch and our signals, with frames to draw in."""
        return self._of("assembly", assembly.signs_blocks)

    def ladder(self) -> Section:
        """The alert ladder as four steps."""
        return self._of("assembly", assembly.ladder_blocks)

    def doing(self) -> Section:
        """What our measures are for, and what we do before, during and after."""
        return self._of("assembly", assembly.doing_blocks)

    def demands(self) -> Section:
        """What we demand."""
        return self._of("assembly", assembly.demands_blocks)

    def agreed(self) -> Section:
        """Care and agreements."""
        return self._of("assembly", assembly.agreed_blocks)
