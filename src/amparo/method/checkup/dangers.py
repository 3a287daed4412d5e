"""Is every threat looked at: judged, asked about, with what exposes us and what protects us?

Source:
    method S6 (five questions), S7 (rules), S8.
"""

from __future__ import annotations

from collections.abc import Iterator

from amparo.method.checkup.look import Look
from amparo.method.checkup.values import Hit
from amparo.model.threats import DeclaredAnalysis, Factor

MUCH = 3
FIVE_QUESTIONS = ("facts", "pattern", "objective", "source_hypotheses", "conclusion")


def no_threats(look: Look) -> Iterator[Hit]:
    """Fire when there is something in the workspace and no threat."""
    if len(look.ws) and not look.threats:
        yield Hit(kind="threat")


def nothing_judged(look: Look) -> Iterator[Hit]:
    """Fire when there are threats and none of them is judged."""
    if look.threats and not look.current:
        yield Hit(kind="risk_state")


def threat_unjudged(look: Look) -> Iterator[Hit]:
    """Fire when others are judged and this threat is not; one for now is told by D5."""
    for threat in look.threats if look.current else ():
        if threat.id not in look.current and threat.imminence != "now":
            yield Hit(threat)


def declared_questions(look: Look) -> Iterator[Hit]:
    """Fire when an announced threat has not gone through all five questions."""
    analyses = look.all(DeclaredAnalysis)
    for threat in look.threats:
        if threat.declared:
            own = [analysis for analysis in analyses if analysis.threat_id == threat.id]
            left = [name for name in FIVE_QUESTIONS if not any(getattr(a, name) for a in own)]
            if left:
                yield Hit(threat, values={"count": len(left)})


def weak_point_open(look: Look) -> Iterator[Hit]:
    """Fire when something exposes us much, and neither a measure nor a reason answers it."""
    return (Hit(f) for f in _unanswered(look) if f.vulnerability is not None)


def strength_unused(look: Look) -> Iterator[Hit]:
    """Fire when something protects us much, and no measure builds on it."""
    return (Hit(f) for f in _unanswered(look) if f.capacity is not None)


def strength_on_paper(look: Look) -> Iterator[Hit]:
    """Fire when something counts as a big protection and was never practised."""
    return (
        Hit(factor)
        for factor in look.all(Factor)
        if factor.capacity is not None and factor.score >= MUCH and not factor.practised
    )


def _unanswered(look: Look) -> Iterator[Factor]:
    # No record ties a measure to one factor: a measure against the same threat is the answer.
    answered = {threat for measure in look.measures for threat in measure.threat_ids}
    for factor in look.all(Factor):
        silent = factor.reason_if_not_used or factor.threat_id in answered
        if factor.score >= MUCH and not silent:
            yield factor
