"""The family of reports: who may hold which paper, and what it is made of; light to import."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.model.reach import OUTSIDE, Audience

__all__ = [
    "AUDIENCES_OF", "BLANKS", "KEEPERS_ONLY", "OUTSIDE", "REPORTS", "ReportType", "is_guarded",
]  # fmt: skip

# Kinds of record that any paper needs: size of paper, harmless title.
_ALWAYS = ("process",)


@dataclass(frozen=True, slots=True)
class ReportType:
    """One report of the family.

    Attributes:
        audiences: who may hold it, the usual reader first.
        kinds: the kinds of record it speaks of, for its tables; None for all, empty for none.
    """

    audiences: tuple[Audience, ...]
    kinds: tuple[str, ...] | None = ()

    def speaks_of(self, kind: str) -> bool:
        """Tell whether records of *kind* belong into this report."""
        return self.kinds is None or kind in self.kinds or kind in _ALWAYS

    @property
    def for_keepers_only(self) -> bool:
        """Whether nobody but the keepers may hold it."""
        return self.audiences == ("keepers",)


_OWN: tuple[Audience, ...] = ("group", "personal", "keepers")
_PLAN_KINDS = (
    "sheet", "cause_path", "measure", "alert_level", "protocol", "rule", "plan_version",
    "support_request", "agreement", "review",
)  # fmt: skip

REPORTS: dict[str, ReportType] = {
    "sheet": ReportType(_OWN, ("sheet",)),
    "plan": ReportType(_OWN, _PLAN_KINDS),
    "wallet": ReportType(("personal", "group")),
    "aloud": ReportType(("group", "personal"), ("sheet",)),
    "assembly": ReportType(
        ("group",), ("sheet", "cause_path", "measure", "alert_level", "rule", "agreement")
    ),
    "review": ReportType(("keepers", "group"), _PLAN_KINDS),
    "allies": ReportType(("allies",), ("statement", "cause_path", "support_request")),
    "public": ReportType(("public",), ("statement", "cause_path")),
    "donor": ReportType(("allies",)),
    # What follows never leaves the keepers.
    "analysis": ReportType(("keepers",), None),
    "incidents": ReportType(("keepers",), ("incident", "indicator")),
    "trend": ReportType(("keepers",), ("incident", "indicator")),
    "notes": ReportType(("keepers",), None),
    "dossier": ReportType(("keepers",), None),
}
AUDIENCES_OF: dict[str, tuple[Audience, ...]] = {
    name: report.audiences for name, report in REPORTS.items()
}
# What only the keepers may hold is encrypted, unless somebody says otherwise in so many words.
KEEPERS_ONLY = frozenset(name for name, report in REPORTS.items() if report.for_keepers_only)
# It tells the keepers of bands, incidents and who carries too much; the group of its plan only.
_MORE_FOR_KEEPERS = frozenset({"review"})
# Papers with nothing on them: anybody may have them, and no keeper is asked.
BLANKS: tuple[str, ...] = ("blank", "forms")


def is_guarded(report: str, audience: str) -> bool:
    """Tell whether this paper holds what only the keepers may see, and so leaves encrypted."""
    return report in KEEPERS_ONLY or (report in _MORE_FOR_KEEPERS and audience == "keepers")
