"""Does asking for help harm nobody, and does every yes still hold?

Source:
    method S12 (rules: no filing without a reprisal check; consent, follow-up, check before use).
"""

from __future__ import annotations

from collections.abc import Iterator

from amparo.method.checkup.look import Look
from amparo.method.checkup.values import Hit
from amparo.model.support import Consent, MechanismCheck

CHECKED_DAYS = 182


def request_no_yes(look: Look) -> Iterator[Hit]:
    """Fire when help is to be asked for and nobody has said yes."""
    return (
        Hit(request)
        for request in look.requests
        if request.consent == "none_yet" and not request.consent_id
    )


def request_no_date(look: Look) -> Iterator[Hit]:
    """Fire when a request has no day to ask again, or that day is over."""
    for request in look.requests:
        if request.followup_on is None or look.past(request.followup_on):
            yield Hit(request)


def no_reprisal_check(look: Look) -> Iterator[Hit]:
    """Fire when a complaint or request has no plan for what it may set off."""
    done = {c.mechanism_id for c in look.all(MechanismCheck) if c.reprisal_plan_done}
    for request in look.requests:
        if request.mechanism_id and request.mechanism_id not in done:
            yield Hit(request)


def contact_unchecked(look: Look) -> Iterator[Hit]:
    """Fire when nobody has tried the contact in the last six months."""
    fresh = {
        check.mechanism_id
        for check in look.all(MechanismCheck)
        if check.verified_on is not None and look.age(check.verified_on) <= CHECKED_DAYS
    }
    for request in look.requests:
        if request.mechanism_id and request.mechanism_id not in fresh:
            yield Hit(request)


def consent_expired(look: Look) -> Iterator[Hit]:
    """Fire when an open request stands on a yes that has run out."""
    used = {request.consent_id for request in look.requests}
    for consent in look.all(Consent):
        if look.past(consent.expires_on) and consent.id in used and not _taken_back(look, consent):
            yield Hit(consent)


def consent_withdrawn(look: Look) -> Iterator[Hit]:
    """Fire when a yes was taken back, and a request or somebody outside still uses it."""
    used = {request.consent_id for request in look.requests}
    for consent in look.all(Consent):
        if _taken_back(look, consent) and (consent.receivers or consent.id in used):
            yield Hit(consent)
    for request in look.requests:
        if request.consent == "withdrawn":
            yield Hit(request)


def _taken_back(look: Look, consent: Consent) -> bool:
    withdrawn = consent.withdrawn_on is not None and look.age(consent.withdrawn_on) >= 0
    return withdrawn or consent.level == "withdrawn"
