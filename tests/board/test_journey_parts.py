"""From the first screen to the review: what these parts show, and what they never show."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from amparo.board import Scene
from amparo.board.parts import (
    drill_maker,
    foot,
    holdings,
    house,
    incident_log,
    own_words,
    papers,
    quick,
    review,
    start,
    step_head,
    support_map,
    vote,
)
from amparo.content.examples import example
from amparo.messages import messages
from amparo.model.assets import InfoItem
from amparo.model.base import Record
from amparo.model.fields import form_of
from amparo.model.incidents import Incident
from amparo.model.measures import Measure
from amparo.model.plan import PlanVersion, Sheet
from amparo.model.process import OwnWord, Process, Profile
from amparo.model.registry import read_record
from amparo.model.risk import RiskState
from amparo.model.support import Consent, MechanismCheck, SupportRequest
from amparo.model.threats import Threat
from amparo.model.workspace import Workspace
from amparo.report.audiences import AUDIENCES_OF, BLANKS, OUTSIDE
from amparo.session import Change

TODAY = date(2026, 11, 25)
FULL = Workspace.of(example("large", "en", TODAY))
EMPTY = Workspace()


def _scene(workspace: Workspace, lang: str = "en", **options: Any) -> Scene:
    return Scene(workspace, {}, messages(lang), TODAY, {"kinds": (), **options})


def _record(kind: str, nth: int, **fields: Any) -> Any:
    given = {"id": f"{nth:032x}", "created_on": TODAY.isoformat(), **fields}
    return read_record(kind, given)


def _without(*models: type[Record]) -> list[Record]:
    return [record for record in FULL if not isinstance(record, models)]


def test_the_first_screen_offers_thirty_days_and_every_language_by_its_own_name() -> None:
    """What nobody dates stays for ever."""
    drawn = start.draw(_scene(EMPTY))

    assert drawn["delete_by"] == (TODAY + timedelta(days=30)).isoformat()
    assert dict(drawn["languages"])["ar"] == "العربية"
    assert drawn["process"] is None


def test_quick_has_six_questions_for_ten_minutes_and_twelve_for_forty() -> None:
    """Who has ten minutes must not be asked for forty."""
    ten = quick.draw(_scene(EMPTY, path="ten"))["questions"]
    all_of_them = quick.draw(_scene(EMPTY))["questions"]

    assert [one["id"] for one in ten] == [f"quick_{n}" for n in (1, 5, 6, 7, 8, 9)]
    assert len(all_of_them) == 12


def test_quick_is_short_for_whoever_is_in_danger_today_unless_they_choose() -> None:
    """Nobody who must leave the house in ten minutes looks for the small button."""
    today = Workspace.of([_record("process", 1, danger_today="yes")])

    assert quick.draw(_scene(today))["path"] == "ten"
    assert quick.draw(_scene(today, path="forty"))["path"] == "forty"
    assert quick.draw(_scene(EMPTY))["path"] == "forty"


def test_every_quick_answer_goes_into_a_field_that_exists() -> None:
    """An answer without a place is lost."""
    asked = [
        (kind, name)
        for answers in quick.ANSWERS.values()
        for kind, names in answers
        for name in names
    ]

    assert asked
    assert all(name in {spec.name for spec in form_of(kind)} for kind, name in asked)


def test_a_group_is_asked_its_own_questions_in_its_own_words() -> None:
    """A union must not be asked what only a people of the forest can answer."""
    profile = _record("profile", 1, groups=["trade_union"])
    word = _record("own_word", 2, what="q_s5_what_happened", text="¿Qué pasó, compañeras?")
    process = _record("process", 3, track="five_day")
    plain = step_head.draw(_scene(Workspace.of([process]), "es", step="s5"))["questions"]
    own = step_head.draw(_scene(Workspace.of([profile, word, process]), "es", step="s5"))[
        "questions"
    ]

    assert len(own) > len(plain)
    assert "¿Qué pasó, compañeras?" in [one["ask"] for one in own] or all(
        one["id"] != "q_s5_what_happened" for one in own
    )


def test_a_shorter_track_asks_less_and_hides_nothing_that_was_written() -> None:
    """Switching the track loses nothing."""
    quick_track = _record("process", 1, track="quick")
    long_track = _record("process", 1, track="five_day")
    records = _without(Process)

    short = step_head.draw(_scene(Workspace.of([*records, quick_track]), step="s10"))
    whole = step_head.draw(_scene(Workspace.of([*records, long_track]), step="s10"))

    assert len(short["questions"]) < len(whole["questions"])
    assert short["title"] == whole["title"]


def test_our_words_rename_twenty_terms_and_forty_prompts() -> None:
    """People follow a plan that speaks as they do."""
    drawn = own_words.draw(_scene(EMPTY))
    named = own_words.renamed(
        Workspace.of([_record("own_word", 1, what="kind_threat", text="Lo feo")])
    )

    assert len(drawn["terms"]) == 20
    assert sum(len(step["prompts"]) for step in drawn["steps"]) >= 40
    assert named == {"kind.threat.many": "Lo feo"}


def test_an_empty_own_word_keeps_the_usual_one() -> None:
    """A word deleted must come back, not vanish."""
    assert own_words.renamed(Workspace.of([_record("own_word", 1, what="kind_threat")])) == {}


def test_the_house_shows_one_threat_and_suggests_only_with_a_stone() -> None:
    """A number out of nothing looks like knowledge."""
    threat = FULL.all(Threat)[0]
    held = house.draw(_scene(FULL, threat=threat.id))
    bare = house.draw(_scene(Workspace.of([threat]), threat=threat.id))

    assert {one["fields"]["threat_id"] for one in held["exposes"] + held["protects"]} == {threat.id}
    assert held["most"] == 3
    assert bare["suggested"] is None


def test_a_threat_that_is_gone_opens_the_first_one() -> None:
    """A page may ask for what somebody else deleted."""
    drawn = vote.draw(_scene(FULL, threat="0" * 32))

    assert drawn["threat"] == FULL.all(Threat)[0].id
    assert drawn["fewest"] == 5


def test_a_vote_stores_no_totals() -> None:
    """Who laid which stone is nobody's business tomorrow."""
    assert "totals" not in {spec.name for spec in form_of("risk_state")}
    assert {"disagreement", "dissent_note"} <= {spec.name for spec in form_of("risk_state")}


def test_the_log_is_newest_first_and_says_which_threat_to_look_at() -> None:
    """What happened last is what may happen next."""
    drawn = incident_log.draw(_scene(FULL))
    days = [one["fields"]["on"] for one in drawn["records"]]

    assert days == sorted(days, reverse=True)
    assert any(one["threats"] for one in drawn["patterns"])
    assert all("⟦" not in one["text"] and "{" not in one["text"] for one in drawn["patterns"])


def test_no_sexual_violence_in_the_trend() -> None:
    """It is in no picture, count, pattern or trend."""
    counted = [record for record in FULL.all(Incident) if record.incident_kind != "i_sexual"]

    assert len(incident_log.draw(_scene(FULL))["trend"]) <= len(counted)


def test_red_information_is_first_asked_whether_it_can_be_destroyed() -> None:
    """Nobody is pushed to copy the most dangerous data."""
    red = _record("info_item", 1, label="a", stored_in="phone", sensitivity="red", backup="none")
    dated = _record(
        "info_item", 2, label="b", stored_in="phone", sensitivity="red", keep_until="2027-01-01"
    )
    plain = _record("info_item", 3, label="c", stored_in="paper", backup="none")

    taken = {item["label"]: item for place in holdings.taken(_scene(Workspace.of([red, dated, plain])))
             for item in place["items"]}  # fmt: skip

    assert taken["a"]["destroy"]
    assert not taken["a"]["alone"]
    assert not taken["b"]["destroy"]
    assert taken["c"]["alone"]
    assert {item.stored_in for item in FULL.all(InfoItem)} >= {"phone"}


def test_a_request_is_not_ready_before_its_three_gates() -> None:
    """A complaint sent too early has cost lives."""
    consent = _record("consent", 1, level="share_named_trusted", purpose="x", given_on="2026-11-01")
    request = _record(
        "support_request", 2, request_type="r_private_letter", mechanism_id="oecd_ncp"
    )
    check = _record("mechanism_check", 3, mechanism_id="oecd_ncp", reprisal_plan_done=True)
    ready = request.with_changes(
        consent_id=consent.id, consent="share_named_trusted", followup_on=TODAY + timedelta(days=7)
    )

    def gates(*records: Record) -> list[str]:
        workspace = Workspace.of(records)
        return support_map.gate(_scene(workspace), workspace.all(SupportRequest)[0])

    assert gates(request) == ["reprisal", "consent", "followup"]
    assert gates(ready, consent, check) == []
    assert gates(ready, consent.with_changes(withdrawn_on=TODAY), check) == ["consent"]
    assert gates(ready, consent) == ["reprisal"]
    assert isinstance(check, MechanismCheck)
    assert isinstance(consent, Consent)


def test_a_statement_says_whether_its_label_lets_it_go() -> None:
    """Whoever wrote it must see that nobody gets it yet, or that somebody does."""
    kept = _record("statement", 1, reader="allies", title="x")
    gone = _record("statement", 2, reader="public", title="x", sensitivity="clear")
    half = _record("statement", 3, reader="public", title="x", sensitivity="amber")

    drawn = support_map.draw(_scene(Workspace.of([kept, gone, half])))["statements"]

    assert [one["goes"] for one in drawn] == [False, True, False]


def test_a_door_has_no_contact_and_always_its_age() -> None:
    """A wrong address endangers whoever writes to it."""
    pack_categories = support_map.draw(_scene(EMPTY))["categories"]
    doors = [door for id_, _ in pack_categories
             for door in support_map.draw(_scene(EMPTY, category=id_))["doors"]]  # fmt: skip

    assert len(doors) > 60
    assert all({"known", "stale", "verified", "risks_of_using"} <= door.keys() for door in doors)
    assert not any("@" in str(door) or "http" in str(door) for door in doors)


def test_the_drill_speaks_the_words_of_the_sheet() -> None:
    """A drill about somebody else's village teaches nothing."""
    sheet = FULL.one(Sheet)
    assert sheet is not None
    drawn = drill_maker.draw(_scene(FULL))
    told = " ".join(card["text"] for card in drawn["cards"])

    assert [card["minute"] for card in drawn["cards"]] == [0, 3, 7, 11, 14, 17]
    assert drawn["end"] == 20
    assert sheet.signs[0] in told
    assert sheet.signal in told
    assert drawn["ready"]
    assert not drill_maker.draw(_scene(EMPTY))["ready"]


def test_what_leaves_the_group_is_read_first_and_empty_forms_are_not() -> None:
    """The page must ask for ticks exactly where the server does."""
    drawn = papers.draw(_scene(EMPTY))["papers"]

    assert {one["name"] for one in drawn if one["leaves"]} == {
        name for name, readers in AUDIENCES_OF.items() if OUTSIDE & set(readers)
    }


def test_only_papers_that_are_made_are_offered_and_the_dangerous_ones_ask() -> None:
    """A button that fails on a bad day is worse than none."""
    offered = {name: (audience, ask) for name, audience, ask in papers.PAPERS}

    assert set(offered) == set(AUDIENCES_OF) | set(BLANKS)
    for name, (audience, ask) in offered.items():
        assert audience in AUDIENCES_OF.get(name, ("public",))
        assert ask == (audience == "keepers")


def _change(seq: int, before: Record | None, after: Record | None) -> Change:
    told = after or before
    assert told is not None
    from datetime import UTC, datetime

    return Change(seq, told.id, told.kind, "K", datetime.now(UTC), seq, "x", before, after)


def test_what_changed_since_the_agreed_version_is_told_record_by_record() -> None:
    """A plan that changed in silence sends somebody the wrong way."""
    threat = _record("threat", 1, sentence="a", threat_type="killing")
    old = _record("measure", 2, title="old")
    new = old.with_changes(title="new")
    gone = _record("measure", 3, title="gone")
    come = _record("measure", 4, title="come")
    version = _record("plan_version", 5, number=1, on="2026-11-01", store_seq=4)
    changes = (
        _change(5, old, new),
        _change(6, gone, None),
        _change(7, None, come),
        _change(8, None, version),
    )
    scene = Scene(
        Workspace.of([threat, new, come, version]),
        {},
        messages("en"),
        TODAY,
        {},
        lambda _: changes,
    )

    drawn = review.draw(scene)

    assert {(one["how"], one["label"]) for one in drawn["changed"]} == {
        ("other", "new"), ("gone", "gone"), ("new", "come"),
    }  # fmt: skip
    before = review.as_it_was(scene.workspace, changes)
    assert {one.title for one in before.all(Measure)} == {"old", "gone"}
    assert before.one(PlanVersion) is None
    assert drawn["next_number"] == 2


def test_a_band_that_moved_is_shown_with_both_words() -> None:
    """The next version must say why the risk is another one."""
    threat = _record("threat", 1, sentence="a", threat_type="killing")
    at = {"low": 2, "best": 2, "high": 2}
    old = _record(
        "risk_state",
        2,
        threat_id=threat.id,
        state="current",
        likelihood=at,
        impact=at,
        assessed_on="2026-10-01",
    )
    worse = old.with_changes(impact={"low": 5, "best": 5, "high": 5})
    workspace = Workspace.of([threat, worse])

    (moved,) = review.moved_bands(_scene(workspace), Workspace.of([threat, old]))

    assert moved["change"]["from_band"] == "low"
    assert moved["change"]["to_band"] == "high"
    assert isinstance(worse, RiskState)


@pytest.mark.parametrize("model", [OwnWord, Profile])
def test_the_large_example_has_one_of_each(model: type[Record]) -> None:
    """What no example holds is never looked at."""
    assert FULL.all(model)


def test_what_is_missing_in_a_step_is_said_below_it_and_never_blocks() -> None:
    """A gap that nobody sees is found on the bad day."""
    held = foot.draw(_scene(FULL, step="s10"))
    fresh = foot.draw(_scene(EMPTY, step="s10"))

    assert held["open"]
    assert len(held["open"]) == len(set(held["open"]))
    assert fresh["open"] == []
    assert held["order"]
