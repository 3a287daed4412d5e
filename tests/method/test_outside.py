"""A yes that was taken back, or has ended, is none."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from amparo.method.outside import held_back
from amparo.model.statements import Statement
from amparo.model.support import Consent, SupportRequest
from amparo.model.workspace import Workspace

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("fields", "ended"),
    [
        ({}, False),
        ({"expires_on": TODAY}, False),
        ({"expires_on": TODAY - timedelta(days=1)}, True),
        ({"withdrawn_on": TODAY}, True),
        ({"level": "withdrawn"}, True),
    ],
)
def test_a_request_ends_with_the_yes_it_rests_on(
    maker: Any, fields: dict[str, Any], *, ended: bool
) -> None:
    """Whoever takes a yes back must not find the request on tomorrow's paper."""
    given = {"level": "collective_consent", "purpose": "x", "given_on": TODAY}
    consent = maker.make(Consent, **{**given, **fields})
    resting = maker.make(SupportRequest, consent_id=consent.id)
    other = maker.make(SupportRequest)
    ws = Workspace.of([consent, resting, other])

    assert held_back(ws, TODAY) == (frozenset({resting.id}) if ended else frozenset())


def test_a_statement_ends_with_its_day(maker: Any) -> None:
    """An old paper that is printed again calls people to what is over."""
    given = {"reader": "public", "title": "x"}
    days = (None, TODAY, TODAY - timedelta(days=1))
    open_end, today, over = (maker.make(Statement, until=day, **given) for day in days)

    assert held_back(Workspace.of([open_end, today, over]), TODAY) == {over.id}
