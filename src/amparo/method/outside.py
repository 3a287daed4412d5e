"""What no longer holds, and so goes to nobody outside the group, whatever its label says.

Source:
    domain safety rule 1.8 (withdrawal removes things here); method S12 (consent has an end).
    That a statement ends on its day is ours.
"""

from __future__ import annotations

from datetime import date

from amparo.model.statements import Statement
from amparo.model.support import Consent, SupportRequest
from amparo.model.workspace import Workspace


def held_back(ws: Workspace, today: date) -> frozenset[str]:
    """Return the ids of requests without a yes that still holds, and of statements that ended."""
    ended = {consent.id for consent in ws.all(Consent) if has_ended(consent, today)}
    requests = {one.id for one in ws.all(SupportRequest) if one.consent_id in ended}
    statements = {one.id for one in ws.all(Statement) if one.until and one.until < today}
    return frozenset(requests | statements)


def has_ended(consent: Consent, today: date) -> bool:
    """Tell whether nobody may go by this yes any more."""
    is_taken_back = consent.withdrawn_on is not None or consent.level == "withdrawn"
    return is_taken_back or (consent.expires_on is not None and consent.expires_on < today)
