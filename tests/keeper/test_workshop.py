"""A room full of people on one keeper: the wall, own lines, and who may see what."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from amparo.errors import (
    AmparoError,
    ConflictError,
    KeeperError,
    NotYoursError,
    RecordError,
    RecordMissingError,
    TooManyLinesError,
)
from amparo.keeper.capabilities import RIGHTS, Capability
from amparo.keeper.commands import Counter
from amparo.keeper.desk import Desk
from amparo.keeper.faults import rebuild
from amparo.keeper.workshop_commands import MOST_LINES
from amparo.model.contributions import Contribution
from amparo.model.plan import Sheet
from amparo.model.process import Process
from amparo.model.threats import Threat

DAY = "2026-03-01"
MINE, HERS = "a" * 32, "b" * 32
PRIVATE = "PRIVATEWORD"


class Room:
    """One keeper, and whoever sits in front of it."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.counter = desk, Counter(desk)
        self.keepers = desk.ring.grant(RIGHTS, identity="keepers", role="K")
        self.group = desk.ring.seat("group", identity="table")
        self.ana, self.bea = (desk.ring.seat("participant", identity=who) for who in ("1", "2"))
        self.watcher = desk.ring.seat("observer", identity="3")
        self.trainer = desk.ring.seat("facilitator", identity="4")

    def ask(self, who: Capability, do: str, **given: Any) -> Any:
        answer = self.counter.answer(who, {"do": do, "with": given})
        if "error" in answer:
            raise rebuild(answer["error"])
        return answer["ok"]

    def write(self, who: Capability, record_id: str, text: str, **given: Any) -> Any:
        line = {"prompt": "sign", "place": "own", "expected_version": None, **given}
        return self.ask(who, "contribute", id=record_id, text=text, **line)

    def save(self, record: Any, version: int | None = None) -> Any:
        values = record.model_dump(mode="json")
        item = {"kind": record.kind, "values": values, "expected_version": version}
        return self.ask(self.group, "save", items=[item])

    def seen_by_group(self) -> list[Contribution]:
        return [
            Contribution.read(json.loads(one["json"]))
            for one in self.ask(self.group, "stored")
            if one["kind"] == "contribution"
        ]


@pytest.fixture
def room(desk: Desk) -> Room:
    return Room(desk)


def test_a_line_is_its_writer_s_until_she_hangs_it_up(room: Room) -> None:
    """Who is still thinking must not be read over the shoulder, not even by the group."""
    room.write(room.ana, MINE, PRIVATE)
    before = [room.ask(who, "wall")["contributions"] for who in (room.bea, room.watcher)]
    hidden = room.seen_by_group()

    room.write(room.ana, MINE, "the dogs bark", place="wall", expected_version=1)

    assert (before, hidden) == ([[], []], [])
    line = {"id": MINE, "prompt": "sign", "text": "the dogs bark", "place": "wall"}
    assert room.ask(room.bea, "wall")["contributions"] == [line]
    assert room.ask(room.watcher, "wall")["own"] == []
    assert room.ask(room.ana, "wall")["own"] == [{**line, "version": 2}]
    assert [found.text for found in room.seen_by_group()] == ["the dogs bark"]


_READING = ("stored", "changes_since", "conflicts", "get", "history", "report", "left_out")


@pytest.mark.parametrize("how", _READING)
def test_no_way_of_reading_shows_a_line_that_was_never_shown_or_whose_it_is(
    room: Room, how: str
) -> None:
    """One forgotten command would be enough to read along."""
    room.write(room.ana, MINE, PRIVATE)
    room.write(room.bea, HERS, "shown", place="wall")
    room.write(room.bea, HERS, f"{PRIVATE} again", place="own", expected_version=1)
    room.write(room.bea, HERS, "shown again", place="wall", expected_version=2)
    with pytest.raises(ConflictError):
        room.write(room.bea, HERS, f"{PRIVATE} late", expected_version=1)
    writers = [room.desk.ring.writer_of(who) for who in ("1", "2")]
    asked: dict[str, tuple[str, dict[str, Any]]] = {
        "stored": ("stored", {}), "conflicts": ("conflicts", {}),
        "changes_since": ("changes_since", {"seq": 0}),
        "get": ("get", {"id": MINE}), "history": ("history", {"id": HERS}),
    }  # fmt: skip
    if how in asked:
        do, given = asked[how]
    else:
        order = {"report": "dossier", "audience": "keepers", "lang": "en"}
        ticket = room.ask(room.keepers, "ticket", **order)
        do, given = (
            {"report": "report_data", "left_out": "report_left_out"}[how],
            {"ticket": ticket},
        )

    said = json.dumps(room.counter.answer(room.keepers, {"do": do, "with": given}))

    assert PRIVATE not in said
    assert not [writer for writer in writers if writer in said]
    if how in {"stored", "changes_since", "history", "report"}:
        assert "shown again" in said


def test_what_was_taken_back_is_nothing_for_others_any_more(room: Room) -> None:
    """A yes that was taken back counts from that moment."""
    room.write(room.ana, MINE, "shown", place="wall")
    room.write(room.ana, MINE, "shown", place="own", expected_version=1)

    assert room.ask(room.bea, "wall")["contributions"] == []
    assert room.seen_by_group() == []
    for do, given in (("get", {}), ("delete", {"expected_version": 2})):
        with pytest.raises(RecordMissingError):
            room.ask(room.group, do, id=MINE, **given)


def test_the_wall_shows_of_the_sheet_only_what_may_be_said_aloud(room: Room) -> None:
    """Strangers sit in every room: no refuge, no meeting place, no letters of who does what."""
    room.save(Sheet.read({
        "id": "5" * 32, "created_on": DAY, "signs": ["dogs"], "signal": "bell", "go_to": "REFUGE",
        "meet_at": "REFUGE", "duties": [{"duty": "calls", "letter": "A", "note": "REFUGE"}],
        "foot_code": "REFUGE", "how_destroyed": "REFUGE",
    }))  # fmt: skip

    seen = room.ask(room.watcher, "wall")

    assert (seen["sheet"]["signs"], seen["sheet"]["signal"]) == (["dogs"], "bell")
    assert "REFUGE" not in json.dumps(seen)
    assert set(seen) == {"seq", "sheet", "contributions", "own", "late", "counts"}


def test_a_red_line_is_not_on_the_wall(room: Room) -> None:
    """The group can take a line down that says too much, whoever wrote it."""
    room.write(room.ana, MINE, "too much", place="wall")
    (found,) = room.seen_by_group()

    room.save(found.with_changes(sensitivity="red"), 1)

    assert room.ask(room.bea, "wall")["contributions"] == []
    assert [line["text"] for line in room.ask(room.ana, "wall")["own"]] == ["too much"]


def test_whoever_leads_the_room_gets_numbers_and_no_word(room: Room) -> None:
    """A trainer keeps no plan: how many have written is enough to go on."""
    room.write(room.ana, MINE, PRIVATE, place="wall")
    room.write(room.bea, HERS, PRIVATE)

    said = room.ask(room.trainer, "counts")

    assert said["counts"] == {"contributions": 1, "ready": 0, "prevents": 0, "causes": 0}
    assert set(said) == {"seq", "counts"}


def test_nobody_changes_another_s_line(room: Room) -> None:
    """Else one person speaks with the voice of all."""
    room.write(room.ana, MINE, "hers", place="wall")

    for version in (None, 1):
        with pytest.raises(RecordMissingError):
            room.write(room.bea, MINE, "changed", place="wall", expected_version=version)

    room.save(_threat("s"))
    with pytest.raises(RecordMissingError):
        room.write(room.bea, "9" * 32, "no line at all", expected_version=1)
    assert room.ask(room.watcher, "wall")["contributions"][0]["text"] == "hers"


def test_the_group_takes_a_line_or_sets_it_aside_and_changes_no_word(room: Room) -> None:
    """What somebody said stays what she said."""
    room.write(room.ana, MINE, "her words", place="wall")
    (found,) = room.seen_by_group()

    for bad, error in (
        ({"text": "our words"}, NotYoursError), ({"prompt": "care"}, NotYoursError),
        ({"place": "own"}, RecordError), ({"writer": "f" * 32, "text": "x"}, NotYoursError),
    ):  # fmt: skip
        with pytest.raises(error):
            room.save(found.with_changes(**bad), 1)
    room.save(found.with_changes(place="taken"), 1)
    taken = room.ask(room.ana, "wall")
    room.save(found.with_changes(place="set_aside"), 2)

    assert [line["place"] for line in taken["contributions"]] == ["taken"]
    aside = room.ask(room.ana, "wall")
    assert (aside["contributions"], [line["place"] for line in aside["own"]]) == ([], ["set_aside"])


def test_undo_of_the_group_takes_back_its_own_act_and_no_line_of_others(room: Room) -> None:
    """A click on "undo" at the table must not take a person's words from the wall."""
    room.write(room.ana, MINE, "first", place="wall")
    (found,) = room.seen_by_group()
    room.save(found.with_changes(place="taken"), 1)
    room.write(room.bea, HERS, "second", place="wall")

    room.ask(room.group, "undo")
    nothing_left = room.ask(room.group, "undo")

    assert nothing_left is None
    lines = room.ask(room.watcher, "wall")["contributions"]
    assert [(line["text"], line["place"]) for line in lines] == [
        ("first", "wall"), ("second", "wall"),
    ]  # fmt: skip


def test_undo_stops_where_the_writer_has_written_since(room: Room) -> None:
    """Her later word stands."""
    room.write(room.ana, MINE, "first", place="wall")
    (found,) = room.seen_by_group()
    room.save(found.with_changes(place="taken"), 1)
    room.write(room.ana, MINE, "better", place="wall", expected_version=2)

    with pytest.raises(ConflictError):
        room.ask(room.group, "undo")

    assert room.ask(room.ana, "wall")["own"][0]["text"] == "better"


def test_r30_two_pages_of_one_person_keep_both_texts_until_she_has_chosen(room: Room) -> None:
    """The telephone and the tablet of the same person must not eat each other's words."""
    room.write(room.ana, MINE, "before", place="wall")
    room.write(room.ana, MINE, "from the tablet", place="wall", expected_version=1)

    with pytest.raises(ConflictError) as late:
        room.write(room.ana, MINE, "from the telephone", place="wall", expected_version=1)

    theirs: Any = late.value.stored
    assert json.loads(theirs["json"])["text"] == "from the tablet"
    assert json.loads(theirs["json"])["writer"] is None
    kept = room.ask(room.ana, "wall")
    assert [line["text"] for line in kept["late"]] == ["from the telephone"]
    assert room.ask(room.bea, "wall")["late"] == []
    assert room.ask(room.group, "conflicts") == []
    room.write(room.ana, MINE, "both", place="wall", expected_version=2)
    assert room.ask(room.ana, "wall")["late"] == []


def test_a_line_sent_again_is_written_once(room: Room) -> None:
    """A telephone that did not hear the answer sends again."""
    for _ in range(2):
        room.write(room.ana, MINE, "once", place="wall")

    assert len(room.ask(room.ana, "wall")["own"]) == 1


@pytest.mark.parametrize("text", ["", "x" * 301, "two\nlines", "\u202eturned", "\ud800", None, 7])
def test_a_text_is_one_line_of_bounded_length(room: Room, text: Any) -> None:
    """Whatever a telephone sends, the wall stays readable."""
    with pytest.raises(KeeperError):
        room.write(room.ana, MINE, text)

    assert room.ask(room.ana, "wall")["own"] == []


def test_one_person_has_a_bounded_number_of_lines(room: Room) -> None:
    """One telephone must not bury everybody else's words."""
    for number in range(MOST_LINES):
        room.write(room.ana, f"{number:032x}", "x")

    with pytest.raises(TooManyLinesError):
        room.write(room.ana, "f" * 32, "one more")
    room.write(room.ana, f"{0:032x}", "changed", expected_version=1)
    room.write(room.bea, HERS, "others still write")


def test_a_line_goes_on_the_day_the_group_has_agreed_on(room: Room) -> None:
    """The promise of a day holds for everybody's words."""
    rule = {"delete_by": "2026-04-01"}
    room.save(Process.read({"id": "7" * 32, "created_on": DAY, "data_rule": rule}))

    room.write(room.ana, MINE, "x", place="wall")

    assert str(room.seen_by_group()[0].delete_by) == "2026-04-01"


def test_the_history_and_the_store_name_no_writer(room: Room) -> None:
    """Whoever opens the file later finds one letter for all, and numbers that are nobody's."""
    for who, record_id in ((room.ana, MINE), (room.bea, HERS)):
        room.write(who, record_id, "x", place="wall")

    changes = room.desk.store.changes_since(0)

    assert {change.role for change in changes} == {"P"}
    writers = {json.loads(one.json)["writer"] for one in room.desk.store.list("contribution")}
    assert len(writers) == 2
    assert {len(writer) for writer in writers} == {32}


def test_the_end_of_a_workshop_leaves_no_trace_of_who_wrote_what(room: Room) -> None:
    """From then on not even the person with the key can tell, and what was never shown is gone."""
    room.write(room.ana, MINE, f"{PRIVATE} once", place="own")
    room.write(room.ana, MINE, "shown", place="wall", expected_version=1)
    room.write(room.ana, "c" * 32, PRIVATE)
    room.write(room.bea, HERS, "deleted", place="wall")
    room.ask(room.group, "delete", id=HERS, expected_version=1)
    with pytest.raises(ConflictError):
        room.write(room.ana, MINE, f"{PRIVATE} late", expected_version=1)
    writers = [room.desk.ring.writer_of(who) for who in ("1", "2")]

    said = [room.ask(room.keepers, "workshop_end") for _ in range(2)]

    assert said == [{"kept": 1, "gone": 1}, {"kept": 1, "gone": 0}]
    store = room.desk.store
    whole = repr([(c.before and c.before.json, c.after and c.after.json)
                  for c in store.changes_since(0)])  # fmt: skip
    whole += repr([one.json for one in store.list()]) + repr(
        [one.lost.json for one in store.conflicts()]
    )
    assert PRIVATE not in whole
    assert "deleted" not in whole
    assert not [writer for writer in writers if writer in whole]
    assert [found.text for found in room.seen_by_group()] == ["shown"]
    assert [one["identity"] for one in room.ask(room.keepers, "who")] == ["4", "keepers", "table"]
    assert not room.desk.ring.holds(room.ana.secret)


def test_after_the_end_a_line_is_the_group_s_like_any_record(room: Room) -> None:
    """Nobody can be asked any more, so the group may put its words in order."""
    room.write(room.ana, MINE, "shown", place="wall")
    room.ask(room.keepers, "workshop_end")
    (found,) = room.seen_by_group()
    version = room.ask(room.group, "get", id=MINE)["version"]

    room.save(found.with_changes(text="in our words", place="taken"), version)

    assert room.seen_by_group()[0].text == "in our words"


def test_somebody_goes_on_with_her_lines_after_a_keeper_was_killed(room: Room) -> None:
    """Her number is in no file: whoever lets her in again brings it along."""
    writer = "e" * 32
    asked = {"identity": "5", "workshop_role": "participant", "writer": writer}
    first = room.desk.ring.find(room.ask(room.keepers, "grant", **asked))
    room.write(first, MINE, "x")
    room.desk.ring.forget_writers()  # as the memory of a new keeper is

    again = room.desk.ring.find(room.ask(room.keepers, "grant", **asked))

    assert [line["text"] for line in room.ask(again, "wall")["own"]] == ["x"]
    assert room.ask(room.bea, "wall")["own"] == []


def test_who_names_everybody_once_and_no_secret(room: Room) -> None:
    """Whoever keeps the door sees who is in."""
    room.desk.ring.seat("participant", identity="1")

    said = room.ask(room.keepers, "who")

    assert {"identity": "1", "role": "P", "workshop_role": "participant"} in said
    assert [one["identity"] for one in said] == ["1", "2", "3", "4", "keepers", "table"]
    assert not [held for held in room.desk.ring._held if held.secret in json.dumps(said)]


def test_who_was_shut_out_is_nobody_and_nobody_shuts_herself_out(room: Room) -> None:
    """A lost telephone is out with one press, with every page it had open."""
    second = room.desk.ring.seat("participant", identity="1")
    ticket = room.ask(
        room.group, "grant_report",
        ticket=room.ask(room.group, "ticket", report="sheet", audience="group", lang="en"),
    )  # fmt: skip

    room.ask(room.keepers, "revoke", identity="1")
    room.ask(room.keepers, "revoke", identity="table")
    with pytest.raises(AmparoError):
        room.ask(room.keepers, "revoke", identity="keepers")

    assert not [s for s in (room.ana.secret, second.secret, ticket) if room.desk.ring.holds(s)]
    assert room.desk.ring.has_ended(second)
    assert room.desk.ring.holds(room.bea.secret)


def _threat(sentence: str) -> Threat:
    return Threat.read(
        {"id": "9" * 32, "created_on": DAY, "sentence": sentence, "threat_type": "killing"}
    )


def _late_save(room: Room, sentence: str, version: int | None) -> None:
    with contextlib.suppress(ConflictError):
        room.save(_threat(sentence), version)


Moving = tuple[str, Callable[[Room], Any]]
_UNSEEN: list[Moving] = [
    ("a threat", lambda room: room.save(
        _threat("s"))),
    ("another's own line", lambda room: room.write(room.bea, HERS, "x")),
    ("another's own line, changed", lambda room: [
        room.write(room.bea, HERS, text, expected_version=version)
        for text, version in (("x", None), ("y", 1))]),
    ("a conflict at the table", lambda room: [
        _late_save(room, s, v)
        for s, v in (("a", None), ("b", 1), ("c", 1))]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "act"), _UNSEEN, ids=[name for name, _ in _UNSEEN])
def test_a_number_moves_only_with_what_somebody_could_see(
    room: Room, what: str, act: Callable[[Room], Any]
) -> None:
    """How busy the group is behind its door is nobody's business."""
    who = (room.ana, room.watcher, room.trainer)
    before = [room.counter.place(one) for one in who]

    act(room)
    unmoved = [room.counter.place(one) for one in who]
    room.write(room.bea, "d" * 32, "for all", place="wall")

    assert unmoved == before, what
    assert [room.counter.place(one) for one in who] == [number + 1 for number in before]
