"""S12: who can help, with whose consent."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from amparo.model.base import Record
from amparo.model.reach import OUTSIDE, Audience, shown_to
from amparo.model.text import ItemId, Line, Prose, RecordId, RoleLetter
from amparo.model.vocabularies import ConsentLevel, ResponseMeasure

# A yes to others beyond the one who is asked, without saying who is meant. "Trusted contacts" are
# only those that were named, and a complaint office is no ally.
_TOLD_TO_ALLIES: frozenset[ConsentLevel] = frozenset(
    {"share_deidentified", "public_deidentified", "public_named", "collective_consent"}
)

# That somebody moves away, or is hurt or ill, is nobody's business outside (safety rules 1.11 and
# 5: never destination, health or family). Whoever has to know is told by the group itself.
_STAYS_HERE: frozenset[ResponseMeasure] = frozenset({"r_referral_relocation", "r_referral_medical"})


class SupportRequest(Record):
    """Help we may ask for: from whom, with which consent, and when we ask again."""

    kind: ClassVar[str] = "support_request"
    step: ClassVar[str] = "S12"

    request_type: ResponseMeasure = shown_to("allies")
    to_whom: Line = ""
    mechanism_id: ItemId | None = None
    threat_id: RecordId | None = None
    urgency: Literal["now", "days", "weeks", "later"] = shown_to("allies", default="later")
    consent_id: RecordId | None = None
    consent: ConsentLevel = shown_to("group", default="none_yet")
    who_asks: RoleLetter | None = shown_to("group", default=None)
    order: Literal[1, 2, 3, 4, 5, 6] = shown_to("group", default=1)
    info_shared: tuple[Line, ...] = ()
    redlines: Prose = ""
    expected_by: date | None = None
    followup_on: date | None = shown_to("allies", default=None)
    outcome: Prose = ""
    closed_reason: Prose = ""

    def may_reach(self, audience: Audience) -> bool:
        """Beyond the group, nobody learns of it without a yes that covers them.

        Of a request to move somebody away, or about health, nobody there ever learns.
        """
        is_told = audience not in OUTSIDE or (
            self.consent in _TOLD_TO_ALLIES and self.request_type not in _STAYS_HERE
        )
        return super().may_reach(audience) and is_told


class MechanismCheck(Record):
    """What was checked before a complaint or a request, and by which role."""

    kind: ClassVar[str] = "mechanism_check"
    step: ClassVar[str] = "S12"

    mechanism_id: ItemId
    eligibility_answers: tuple[Line, ...] = ()
    who_learns_our_identity: Prose = ""
    who_else_is_exposed: Prose = ""
    safe_channel: Prose = ""
    if_it_leaks: Prose = ""
    stop_rule: Prose = ""
    reprisal_plan_done: bool = False
    verified_contact_by_role: RoleLetter | None = None
    verified_on: date | None = None


class Consent(Record):
    """A yes: by which role, for what, until when, and who already received something."""

    kind: ClassVar[str] = "consent"
    step: ClassVar[str] = "S12"

    level: ConsentLevel
    purpose: Prose
    giver_role: RoleLetter | None = None
    collective: bool = False
    given_on: date
    expires_on: date | None = None
    withdrawn_on: date | None = None
    receivers: tuple[Line, ...] = ()
