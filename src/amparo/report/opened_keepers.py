"""The sections of papers for the keepers; a review for the group has fewer."""

from __future__ import annotations

from amparo.report.bundle import Section
from amparo.report.opened_base import OpenedBase
from amparo.report.sections import (
    analysis_checks,
    analysis_context,
    analysis_threats,
    dossier,
    incidents,
    notes,
    review,
    review_changes,
    trend,
)


class KeepersSections(OpenedBase):
    """Analysis, notes, incidents and their trend, review, dossier."""

    def scope(self) -> Section:
        """Who this is about, in a line."""
        return self._of("analysis", analysis_context.scope_blocks)

    def forces(self) -> Section:
        """Forces and money chain."""
        return self._of("analysis", analysis_context.forces_blocks)

    def incidents(self) -> Section:
        """Incidents and patterns."""
        return self._of("analysis", analysis_context.incidents_blocks)

    def risk_map(self) -> Section:
        """Threats as rectangles."""
        return self._of("analysis", analysis_threats.risk_map_blocks)

    def threats(self) -> Section:
        """Each priority threat."""
        return self._of("analysis", analysis_threats.threats_blocks)

    def measures(self) -> Section:
        """All measures."""
        return self._of("analysis", analysis_checks.measures_blocks)

    def balance(self) -> Section:
        """The balance of what we do."""
        return self._of("analysis", analysis_checks.balance_blocks)

    def checks(self) -> Section:
        """The check-up."""
        return self._of("analysis", analysis_checks.checks_blocks)

    def causes(self) -> Section:
        """Causes and cause paths."""
        return self._of("analysis", analysis_context.causes_blocks)

    def wheel(self) -> Section:
        """The wheel."""
        return self._of("analysis", analysis_checks.wheel_blocks)

    def information(self) -> Section:
        """What we hold, and if it is taken."""
        return self._of("analysis", analysis_checks.information_blocks)

    def notes(self, step: str) -> Section:
        """Everything that was written in one step, ``s0`` to ``s14``."""
        is_asked = self.data.parameters.get("step", step) == step
        return self._of("notes", lambda data: notes.step_blocks(data, step) if is_asked else ())

    def incident_summary(self) -> Section:
        """How many incidents are told, from when to when, and what was left out."""
        return self._of("incidents", incidents.summary_blocks)

    def incident_boxes(self) -> Section:
        """Each incident in a box."""
        return self._of("incidents", incidents.boxes_blocks)

    def incident_signs(self) -> Section:
        """The signs of the same days."""
        return self._of("incidents", incidents.signs_blocks)

    def trend_summary(self) -> Section:
        """How many, and what such a number can say."""
        return self._of("trend", trend.summary_blocks)

    def trend_months(self) -> Section:
        """A line of months for each year."""
        return self._of("trend", trend.months_blocks)

    def trend_counts(self) -> Section:
        """Of which kind, how grave, and the signs."""
        return self._of("trend", trend.counts_blocks)

    def trend_patterns(self) -> Section:
        """What repeats."""
        return self._of("trend", trend.patterns_blocks)

    def review_versions(self) -> Section:
        """Which plan is compared with which day."""
        return self._of("review", review.versions_blocks)

    def review_changes(self) -> Section:
        """What is new, another, or gone."""
        return self._of("review", review_changes.changes_blocks)

    def review_measures(self) -> Section:
        """What is done, works, is late or was dropped."""
        return self._of("review", review.measures_blocks)

    def review_keepers(self) -> Section:
        """Bands that moved and what was learned; a group's paper has nothing here."""
        return self._of("review", review.keepers_blocks)

    def review_next(self) -> Section:
        """What comes next."""
        return self._of("review", review.next_blocks)

    def dossier_cover(self) -> Section:
        """The warning, the days, and how much there is."""
        return self._of("dossier", dossier.cover_blocks)

    def dossier_step(self, step: str) -> Section:
        """Everything of one step, ``s0`` to ``s14``."""
        return self._of("dossier", lambda data: dossier.step_blocks(data, step))

    def dossier_consents(self) -> Section:
        """Who said yes, and who received something."""
        return self._of("dossier", dossier.consents_blocks)

    def dossier_own_words(self) -> Section:
        """The group's own words."""
        return self._of("dossier", dossier.own_words_blocks)
