"""What differs between two states of one workspace."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.method.changes import agreed_version, changed, moved_bands
from amparo.model.base import Record
from amparo.model.registry import read_record
from amparo.model.workspace import Workspace


def _record(kind: str, record: int, /, **fields: Any) -> Record:
    return read_record(kind, {"id": f"{record:032x}", "created_on": "2026-03-01", **fields})


def _rule(number: int, text: str, **fields: Any) -> Record:
    return _record("rule", number, topic="care", text=text, **fields)


def _version(number: int, on: str = "2026-05-01") -> Record:
    return _record("plan_version", 900 + number, number=number, on=on)


def test_new_changed_and_gone_are_each_told_once() -> None:
    """A plan that changed in silence sends somebody the wrong way."""
    before = Workspace.of([_rule(1, "same"), _rule(2, "old", owner_role="A"), _rule(3, "gone")])
    now = Workspace.of([_rule(1, "same"), _rule(2, "new", owner_role="B"), _rule(4, "come")])

    found = changed(before, now)

    told = [(one.how, one.record.text, one.fields) for one in found]  # type: ignore[attr-defined]
    assert told == [
        ("new", "come", ()), ("other", "new", ("text", "owner_role")), ("gone", "gone", ()),
    ]  # fmt: skip
    assert found[1].before == before.records[1]


@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from(["a", "b"])), max_size=6))
def test_a_workspace_differs_from_itself_in_nothing(drawn: list[tuple[int, str]]) -> None:
    """ "Nothing was changed" must be true when it is said, and only then."""
    state = Workspace.of(_rule(number, text) for number, text in dict(drawn).items())

    assert changed(state, state) == ()
    assert len(changed(Workspace(), state)) == len(changed(state, Workspace())) == len(state)


@pytest.mark.parametrize("audience", ["group", "keepers"])
def test_states_that_were_cut_for_a_reader_are_compared_too(audience: Any) -> None:
    """A field that nobody may see differs in nothing."""
    was = _record("measure", 1, title="watch", status_reason="hidden", due="2026-05-01")
    now = was.with_changes(status_reason="hidden too")

    found = changed(*(Workspace.of([one]).for_audience(audience) for one in (was, now)))

    assert [one.fields for one in found] == ([] if audience == "group" else [("status_reason",)])


def test_versions_and_reviews_are_not_what_changed() -> None:
    """They are made by looking; a paper that lists them first hides the rest."""
    review = _record("review", 1, on="2026-06-01", trigger="date")

    assert changed(Workspace(), Workspace.of([_version(1), review])) == ()


def test_the_agreed_version_is_the_one_asked_for_else_the_last() -> None:
    """Two people who agreed on the same number: the later one stands."""
    held = Workspace.of([_version(2), _version(1), _version(2, "2026-06-01")])

    assert agreed_version(Workspace()) is None
    assert agreed_version(held, 3) is None
    assert agreed_version(held, 1) == held.records[1]
    assert agreed_version(held) == agreed_version(held, 2)
    assert getattr(agreed_version(held), "on", None) == date(2026, 6, 1)


def _judged(number: int, impact: int) -> Record:
    at, bad = ({"low": n, "best": n, "high": n} for n in (2, impact))
    return _record(
        "risk_state", number, threat_id=f"{1:032x}", state="current", likelihood=at, impact=bad,
        assessed_on="2026-10-01",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("was", "now", "moved"),
    [
        (_judged(2, 2), _judged(2, 5), ("low", "high")), (None, _judged(2, 2), (None, "low")),
        (_judged(2, 2), _judged(2, 2), None), (_judged(2, 2), None, None),
    ],
)  # fmt: skip
def test_a_band_that_moved_is_told_with_both_words(
    was: Record | None, now: Record | None, moved: tuple[str | None, str] | None
) -> None:
    """The next version must say that the risk is another one."""
    threat = _record("threat", 1, sentence="a", threat_type="killing")
    before, after = (Workspace.of([threat, *([one] if one else [])]) for one in (was, now))

    found = [(one.from_band, one.to_band) for one in moved_bands(before, after)]

    assert found == ([moved] if moved else [])
