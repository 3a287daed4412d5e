"""What a band asks of us: the decision rules D1 to D8, as they are judged in ``decisions``.

Source:
    method S6 and S8 (see ``amparo.method.decisions``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from amparo.method.checkup.look import Look
from amparo.method.checkup.values import Hit


def d1_owner(look: Look) -> Iterator[Hit]:
    """Fire when nobody takes charge of an extreme risk."""
    return look.told("D1", "owner")


def d1_pause(look: Look) -> Iterator[Hit]:
    """Fire when nobody decided whether to go on under an extreme risk."""
    return look.told("D1", "pause")


def d1_support(look: Look) -> Iterator[Hit]:
    """Fire when no outside help is thought of for an extreme risk."""
    return look.told("D1", "support")


def d1_during(look: Look) -> Iterator[Hit]:
    """Fire when no protocol exists for an extreme risk."""
    return look.told("D1", "during")


def d2_date(look: Look) -> Iterator[Hit]:
    """Fire when nothing against a high risk is ready within a month."""
    return look.told("D2", "dated")


def d2_protocol(look: Look) -> Iterator[Hit]:
    """Fire when no protocol exists for a high risk."""
    return look.told("D2", "during")


def d2_review(look: Look) -> Iterator[Hit]:
    """Fire when a high risk was judged a month ago and not looked at since."""
    return look.told("D2", "review")


def d3_date(look: Look) -> Iterator[Hit]:
    """Fire when nothing against a moderate risk is ready within three months."""
    return look.told("D3", "dated")


def d4_signs(look: Look) -> Iterator[Hit]:
    """Fire when a low risk has no signs to watch."""
    return look.told("D4", "signs")


def d5_now(look: Look) -> Iterator[Hit]:
    """Fire when a grave or unjudged threat may come now."""
    yield from look.told("D5", "now")
    yield from look.told("D5", "unjudged")


def d6_find_out(look: Look) -> Iterator[Hit]:
    """Fire when the harm is grave, we are not sure, and nothing is planned to learn more."""
    asked = {threat for m in look.measures if m.finds_out for threat in m.threat_ids}
    for hit in look.told("D6", "find_out"):
        if hit.record is not None and hit.record.id not in asked:
            yield hit


def d7_limit(look: Look) -> Iterator[Hit]:
    """Fire when there are serious risks and no limit."""
    return (replace(hit, record=None, kind="risk_limit") for hit in look.told("D7", "limit"))


def d7_stop(look: Look) -> Iterator[Hit]:
    """Fire when a limit does not say who may say stop."""
    return look.told("D7", "stop")


def d7_free(look: Look) -> Iterator[Hit]:
    """Fire when those who would be hurt have not said yes to a limit."""
    return look.told("D7", "free")


def d8_extreme(look: Look) -> Iterator[Hit]:
    """Fire when a risk stays extreme after everything we will do."""
    return look.told("D8", "still_extreme")


def declared_low(look: Look) -> Iterator[Hit]:
    """Fire when an announced threat is held to be low without a written reason."""
    return look.told("S6", "declared_low")


def least_impact(look: Look) -> Iterator[Hit]:
    """Fire when harm that is often made small is judged too small."""
    return look.told("S8", "least_impact")
