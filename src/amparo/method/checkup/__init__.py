"""The check-up of a plan: what is missing, what contradicts itself, what may do harm.

It looks at the whole workspace and never blocks anything. An empty answer means that these rules
see nothing, not that anybody is safe.

Source:
    method S0 to S14; the list of rules and how pressing each is are ours.
"""

from __future__ import annotations

from datetime import date

from amparo.messages import Messages
from amparo.method.checkup.look import Look
from amparo.method.checkup.table import RULES
from amparo.method.checkup.values import NOTHING_OLD, SEVERITIES, ContentFacts, Hit, Result, Rule
from amparo.model.workspace import Workspace

__all__ = [
    "RULES",
    "SEVERITIES",
    "ContentFacts",
    "Result",
    "Rule",
    "advice",
    "check_up",
    "sentence",
]


def check_up(ws: Workspace, today: date, content: ContentFacts = NOTHING_OLD) -> tuple[Result, ...]:
    """Return what every rule sees, the most pressing first.

    Args:
        ws: the whole workspace; one that was cut for an audience has lost what rules look at.
        today: the day from which dates are counted.
        content: which entries of the catalogue are past their review.
    """
    look = Look(ws, today, content)
    found = [_result(rule, hit) for rule in RULES for hit in rule.judge(look)]
    return tuple(sorted(found, key=lambda result: SEVERITIES.index(result.severity)))


def sentence(result: Result, words: Messages) -> str:
    """Return what a result says in one language, its counts and words filled in."""
    known = {name: words.text(key) for name, key in result.words.items()}
    return words.text(result.key, **result.values, **known)


def advice(result: Result, words: Messages) -> str:
    """Return what to do about it, where a judgement of the method says so; else nothing."""
    return words.text(result.do_key, **result.values) if result.do_key else ""


def _result(rule: Rule, hit: Hit) -> Result:
    kind, record_id = (hit.record.kind, hit.record.id) if hit.record else (hit.kind, None)
    place = (rule.id, rule.severity, hit.step or rule.step, kind, record_id)
    return Result(*place, hit.values, hit.words, hit.do_key)
