"""What changed since the agreed plan, out of a real keeper, and for whom."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from amparo.errors import AudienceError, NoVersionError
from amparo.keeper.client import start
from amparo.messages import messages
from amparo.model.base import Record
from amparo.model.measures import Measure
from amparo.model.plan import PlanVersion, Rule, Sheet
from amparo.model.registry import read_record
from amparo.model.risk import RiskState
from amparo.model.workspace import Workspace
from amparo.report.audiences import is_guarded
from amparo.report.blocks import Document
from amparo.report.made import Made
from amparo.report.opened import check_audience
from amparo.report.sections.material import Material
from amparo.report.typeset import typeset
from amparo.session import Session

TODAY = date(2026, 11, 24)
TICKET = "0" * 32


def _record(kind: str, record: int, /, **fields: Any) -> Record:
    return read_record(kind, {"id": f"{record:032x}", "created_on": "2026-03-01", **fields})


def _version(number: int, on: str = "2026-11-01", **fields: Any) -> Record:
    return _record("plan_version", 0xE00 + number, number=number, on=on, **fields)


def _rule(number: int, text: str, **fields: Any) -> Record:
    return _record("rule", number, topic="care", text=text, **fields)


def _measure(number: int, title: str, **fields: Any) -> Record:
    return _record("measure", number, title=title, **fields)


@pytest.fixture(scope="module")
def kept_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """One keeper for all tests of this file."""
    handle = start(tmp_path_factory.mktemp("review") / "once", session_only=True)
    with Session.connect(handle.environment()) as session:
        yield session
    os.kill(handle.pid, signal.SIGTERM)
    assert handle.wait(30)


@pytest.fixture(scope="module")
def story(kept_session: Session, marked: Any) -> Session:
    """Everything there is; agree on 1; change; agree on 2; change again."""
    session = kept_session
    whole = [one for one in marked("en").workspace if one.kind != "plan_version"]
    rules = [_rule(number, f"rule {number}") for number in (1, 2)]
    session.save_many([(record, None) for record in (*whole, *rules)])
    _agree(session, 1)
    _change(session, rules[0].id, text="rule one")
    _change(session, next(one.id for one in whole if one.kind == "protocol"), sensitivity="red")
    _agree(session, 2)
    session.delete(rules[1].id, expected_version=1)
    come = [
        _measure(3, "walk together"),
        _record("incident", 4, **_INCIDENT),
        _record("threat", 5, **_THREAT),
    ]
    session.save_many([(record, None) for record in come])
    for kind in ("sheet", "agreement", "risk_state", "incident"):
        found = next(one for one in whole if one.kind == kind)
        _change(session, found.id, **_OTHER[kind])
    return session


_INCIDENT = {"on": "2026-11-02", "incident_kind": "i_watching", "severity": 1, "certainty": "seen"}
_THREAT = {"sentence": "hidden threat", "threat_type": "killing"}
_OTHER: dict[str, dict[str, Any]] = {
    "sheet": {"go_to": "another word"},
    "agreement": {"text": "another promise", "if_broken": "hidden consequence"},
    "risk_state": {"impact": {"low": 1, "best": 1, "high": 1}, "state": "current"},
    "incident": {"lesson": "hidden lesson"},
}


def _agree(session: Session, number: int) -> None:
    session.save(_version(number, store_seq=session.status().seq), expected_version=None)


def _change(session: Session, record_id: str, **fields: Any) -> None:
    found = session.get(record_id)
    session.save(found.record.with_changes(**fields), expected_version=found.version)


@pytest.fixture(scope="module")
def said(story: Session, document_text: Any) -> Callable[..., str]:
    """What stands in the review for one reader, since one version."""

    @cache
    def one(audience: Any, version: int | None = None) -> str:
        asked = {} if version is None else {"version": version}
        ticket = story.ticket("review", audience, "en", parameters=asked)
        return document_text(Made("review", ticket, story.report_data).document)

    return one


def test_since_the_first_version_everything_is_told(said: Any) -> None:
    """Whoever was not there for version 2 must see both changes."""
    text = said("keepers", 1)

    assert "no. 1, agreed on 1 Nov 2026" in text
    assert "The last one agreed: no. 2, agreed on 1 Nov 2026" in text
    assert all(word in text for word in ("rule 1", "rule one", "rule 2", "walk together"))


def test_since_the_last_version_only_what_came_after_is_told(said: Any) -> None:
    """Else the room talks again about what it has agreed."""
    text = said("keepers", 2)

    assert text == said("keepers")
    assert "rule one" not in text
    assert all(word in text for word in ("rule 2", "walk together", "another promise"))


def test_the_keepers_see_what_moved_and_what_was_learned(said: Any) -> None:
    """Without the bands nobody knows whether it helped."""
    text = said("keepers")

    assert "Risk that moved" in text
    assert "hidden lesson" in text
    assert "hidden consequence" in text


@pytest.mark.parametrize("version", [None, 1, 2])
def test_the_group_sees_no_field_of_the_keepers(said: Any, marked: Any, version: int) -> None:
    """Not now, not as it was, and not as a count of what is hidden."""
    kinds = (
        "sheet", "cause_path", "measure", "alert_level", "protocol", "rule", "plan_version",
        "support_request", "agreement", "review", "process",
    )  # fmt: skip
    may_see = {m.said for m in marked("en").marks if m.reach != "keepers" and m.kind in kinds}
    own = {m.said for m in marked("en").marks if m.said.startswith("zq")}

    text = said("group", version)

    assert [word for word in own - may_see if word in text] == []
    assert "hidden" not in text
    assert "Risk that moved" not in text
    for kind in ("incident", "threat", "risk_state"):
        assert messages("en").text(f"kind.{kind}.many") not in text.splitlines()
    assert "another promise" in text


def test_the_test_above_would_see_a_field_of_the_keepers(said: Any, marked: Any) -> None:
    """Without this it would pass on a paper that tells nothing."""
    own = {m.said for m in marked("en").marks if m.reach == "keepers" and m.said.startswith("zq")}

    assert any(word in said("keepers", 1) for word in own)


def test_what_became_red_is_not_told_to_the_group_as_taken_away(said: Any, marked: Any) -> None:
    """A new label hides the old words too."""
    (title,) = (m for m in marked("en").marks if (m.kind, m.field) == ("protocol", "title"))

    assert title.said in said("keepers", 1)
    assert title.said not in said("group", 1)


def test_an_unknown_version_ends_in_one_sentence(story: Session) -> None:
    """Comparing with another version than was asked for would be worse."""
    ticket = story.ticket("review", "group", "fr", parameters={"version": 7})

    with pytest.raises(NoVersionError) as caught:
        assert Made("review", ticket, story.report_data).document

    assert "numéro 7" in messages("fr").error(caught.value)


# What follows needs no keeper.


@pytest.fixture(scope="module")
def told(document_text: Any) -> Callable[..., str]:
    """What the review says of two states in memory."""

    def one(
        now: Workspace, before: Workspace | None, audience: Any = "keepers", **other: Any
    ) -> str:
        data = _material(now, before, audience, **other)
        return document_text(Made("review", TICKET, lambda _: data).document)

    return one


def _material(
    now: Workspace, before: Workspace | None, audience: Any = "keepers", lang: str = "en"
) -> Material:
    cut = before.for_audience(audience) if before else None
    return Material(now.for_audience(audience), "review", audience, lang, None, TODAY, before=cut)


def test_nothing_changed_is_said(told: Any) -> None:
    """Silence could also be a fault."""
    state = Workspace.of([_version(1), _rule(1, "a")])

    assert "Nothing was changed since." in told(state, state)


@pytest.mark.parametrize("audience", ["keepers", "group"])
def test_without_an_agreed_plan_it_says_what_to_do(told: Any, audience: str) -> None:
    """Nothing blocks, ever."""
    text = told(Workspace(), None, audience)

    assert "No plan was agreed yet" in text
    assert "note its number and the day" in text
    assert "What comes next" in text
    assert "⟦" not in text


def test_a_plan_whose_state_was_not_kept_is_not_compared(told: Any) -> None:
    """ "All of it is new" would be wrong for an example or a plan from another file."""
    text = told(Workspace.of([_version(1), _rule(1, "a")]), None)

    assert "is not kept in this file" in text
    assert "What is different" not in text


def test_each_measure_stands_in_the_first_place_that_fits(told: Any) -> None:
    """Done, working, late, stuck, dropped; what simply goes on comes below."""

    def day(days: int) -> str:
        return (TODAY + timedelta(days=days)).isoformat()

    held = [
        _measure(1, "m done", status="working", due=day(-9)),
        _measure(2, "m works", status="working", due=day(-9)),
        _measure(3, "m late", status="blocked", due=day(-1), owner_role="A", deputy_role="B"),
        _measure(4, "m stuck", status="blocked", due=day(9)),
        _measure(5, "m dropped", status="dropped"),
        _measure(6, "m long gone", status="dropped"),
        _measure(7, "m soon", due=day(90)),
        _measure(8, "m far", due=day(91)),
        _measure(9, "m undated"),
    ]
    review = _record("review", 11, on="2026-11-20", trigger="date", measures_done=[held[0].id])
    before = Workspace.of([held[4].with_changes(status="idea"), held[5]])

    text = told(Workspace.of([_version(1), *held, review]), before)

    lines = text[text.index("What we set out to do") :].splitlines()
    order = [
        line.split(" (")[0] for line in lines if line.startswith(("m ", "Done", "Late", "To do"))
    ]
    assert order == [
        "Done", "m done", "m works", "Late: its day has passed", "m late", "m stuck", "m dropped",
        "To do until 22 Feb 2027", "m stuck", "m soon", "m undated",
    ]  # fmt: skip
    assert "m late (A, B, 23 Nov 2026)" in text


def test_bands_and_reasons_of_the_reviews_are_told_to_the_keepers(
    workspaces: Any, told: Any
) -> None:
    """Why it moved is what the next plan is made of."""
    now = workspaces("large", "en")
    before = Workspace.of(
        one.with_changes(likelihood={"low": 1, "best": 1, "high": 1})
        if isinstance(one, RiskState) and one.state == "current"
        else one
        for one in now
        if one.kind != "review"
    )

    text = told(now, before)

    assert "The call came nearer than the paper." in text
    assert "Carries too much: Three people hold everything." in text


def test_nobody_wrote_a_review_so_the_room_is_asked(workspaces: Any, told: Any) -> None:
    """An empty heading teaches nothing."""
    now = workspaces("large", "en")

    text = told(now, now)

    assert "Who carries too much, and who can take a part of it?" in text
    assert "No risk moved to another word." in text


def test_telephones_typed_into_a_line_do_not_reach_the_groups_paper(told: Any) -> None:
    """As on the plan: what a machine can see for sure is taken out."""
    before = Workspace.of([_version(1), _rule(1, "call +51 900 111 222"), _rule(2, "stay")])
    now = Workspace.of([_version(1), _rule(1, "call B"), _rule(3, "call +51 900 333 444")])

    text = told(now, before, "group")

    assert "900" not in text
    assert "call ____" in text


def _states(workspaces: Any, lang: str) -> tuple[Workspace, Workspace]:
    now = workspaces("small" if lang == "ar" else "large", lang)
    changed: list[Record] = [_version(1, on="2026-09-01"), _rule(1, "نهر 🙂 river " * 8)]
    for one in now:
        if isinstance(one, Measure):
            changed.append(one.with_changes(status="idea", due=None))
        elif isinstance(one, Sheet):
            changed.append(one.with_changes(signs=("🙂",), go_to="نهر"))
        elif not isinstance(one, Rule | PlanVersion):
            changed.append(one)
    versions = [] if now.all(PlanVersion) else [_version(1, on="2026-09-01")]
    return Workspace.of(changed), Workspace.of((*now, *versions))


@pytest.mark.parametrize("lang", ["en", "es", "fr", "ar"])
@pytest.mark.parametrize("audience", ["keepers", "group"])
def test_every_sentence_is_translated(workspaces: Any, told: Any, lang: str, audience: str) -> None:
    """A key between brackets on paper helps nobody."""
    before, now = _states(workspaces, lang)

    assert "⟦" not in told(now, before, audience, lang=lang)


@pytest.mark.parametrize(("lang", "audience"), [("ar", "keepers"), ("fr", "group")])
def test_no_paper_overlaps_is_cut_or_too_small(
    workspaces: Any, paper_inspector: Any, lang: str, audience: str
) -> None:
    """A line that hides another is missing on the bad day."""
    before, now = _states(workspaces, lang)
    data = _material(now, before, audience, lang)

    document: Document = Made("review", TICKET, lambda _: data).document
    found = paper_inspector(typeset(replace(document, foot="")), margin_mm=14)

    assert (found.overlapping, found.outside, found.drawn_outside) == ((), (), 0)


@pytest.mark.parametrize("audience", ["personal", "allies", "public"])
def test_nobody_outside_gets_the_review(audience: str) -> None:
    """It tells more than the plan."""
    with pytest.raises(AudienceError):
        check_audience("review", audience)


def test_the_keepers_review_leaves_encrypted_and_the_groups_does_not_have_to() -> None:
    """One name, two papers: the one with bands and incidents is as dangerous as the analysis."""
    assert is_guarded("review", "keepers")
    assert not is_guarded("review", "group")
    assert not is_guarded("plan", "keepers")
    assert is_guarded("dossier", "keepers")
