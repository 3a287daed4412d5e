"""Separate spaces through the keeper: who is in one, who is not, and what either can learn."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from amparo.errors import (
    AmparoError,
    ForbiddenError,
    LockedError,
    RecordError,
    SpaceKeyError,
    SpaceLeftError,
)
from amparo.keeper.capabilities import RIGHTS, Capability, Ring
from amparo.keeper.client import Handle
from amparo.keeper.commands import COMMANDS, Counter
from amparo.keeper.desk import Desk
from amparo.keeper.faults import rebuild
from amparo.model.measures import Measure
from amparo.model.process import Process
from amparo.model.threats import DeclaredAnalysis, Threat
from amparo.session import Session
from amparo.store import Identity, Passphrase, create, slots, space_key

PASSPHRASE = "lantern copper meadow violin harbor ticket"
OTHER = "orange river candle stone window table"
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
COMMON, APART = "COMMONWORD", "APARTWORD"
ALL_COMMANDS = sorted(COMMANDS)
MakeThreat = Callable[..., Threat]


class Caller:
    """Somebody who holds one capability of a keeper in this process."""

    def __init__(self, counter: Counter, capability: Capability) -> None:
        self.counter, self.capability = counter, capability

    def __call__(self, do: str, **given: Any) -> Any:
        answer = self.counter.answer(self.capability, {"do": do, "with": given})
        if "error" in answer:
            raise rebuild(answer["error"])
        return answer["ok"]

    def as_(self, secret: str) -> Caller:
        """Return the holder of another capability of the same keeper."""
        ring = self.counter._desk.ring
        return Caller(self.counter, ring.find(secret))


@pytest.fixture
def keepers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Caller]]:
    """Make keepers in this process, each of a workspace of its own; the caller may do all."""
    monkeypatch.setattr(space_key, "WORK_FACTOR", 4)
    for module in (space_key, slots):  # what a wrong passphrase costs is looked at elsewhere
        monkeypatch.setattr(module, "_WRONG_COST_S", 0.0)
    desks: list[Desk] = []

    def make() -> Caller:
        folder = tmp_path / f"{len(desks)}.amparo"
        store = create(folder, [Identity.generate()], now=lambda: NOW)
        desks.append(Desk(store, Ring(), False, lambda: NOW, lambda: None))  # noqa: FBT003
        desk = desks[-1]
        return Caller(Counter(desk), desk.ring.grant(RIGHTS, identity="keepers", role="K"))

    yield make
    for desk in desks:
        desk.end()


@pytest.fixture
def save(threat: MakeThreat) -> Callable[..., None]:
    """Save one threat that says a word."""

    def one(who: Caller, number: int, word: str, version: int | None = None) -> None:
        item = {
            "kind": "threat",
            "values": threat(number, word).model_dump(mode="json"),
            "expected_version": version,
        }
        who("save", items=[item])

    return one


@pytest.fixture
def both(keepers: Callable[[], Caller], save: Callable[..., None]) -> tuple[Caller, Caller]:
    """A keeper of a workspace, and somebody in a space of it; each with words, undos, a conflict."""
    common = keepers()
    room = common.as_(common("space_make", passphrase=PASSPHRASE))
    for who, word in ((common, COMMON), (room, APART)):
        save(who, 1, word)
        save(who, 1, f"{word} again", 1)
        with pytest.raises(AmparoError):
            save(who, 1, f"{word} late", 1)
        save(who, 2, word)
        who("delete", id=f"{2:032x}", expected_version=1)
        who("undo")
    return common, room


def _arguments(who: Caller, threat: MakeThreat, tmp_path: Path) -> dict[str, dict[str, Any]]:
    """Return good arguments for every command there is."""
    record = threat(1, "new").model_dump(mode="json")
    order = {"report": "analysis", "audience": "keepers", "lang": "en"}
    ticket = who("ticket", **order) if "read" in who.capability.rights else "0" * 32
    none: dict[str, Any] = {}
    recipient = Identity.generate().recipient().text
    table: dict[str, dict[str, Any]] = {
        "stored": none, "get": {"id": record["id"]}, "history": {"id": record["id"]},
        "changes_since": {"seq": 0}, "conflicts": none, "status": none, "digest": none,
        "save": {"items": [{"kind": "threat", "values": record, "expected_version": 2}]},
        "delete": {"id": f"{2:032x}", "expected_version": 3}, "settle": {"conflict": 1},
        "undo": none, "redo": none, "ticket": order, "grant_report": {"ticket": ticket},
        "report_data": {"ticket": ticket}, "report_left_out": {"ticket": ticket},
        "expired": none, "confirm_expired": none,
        "space_make": {"passphrase": OTHER}, "space_enter": {"passphrase": "nothing opens it"},
        "space_leave": none,
        "space_share": {"kind": "threat", "values": record, "common": who.capability.secret},
        "space_change_passphrase": {"old": PASSPHRASE, "new": OTHER},
        "space_delete": {"passphrase": PASSPHRASE},
        "lock": none, "wipe": none, "erase": {"id": record["id"]},
        "backup": {"path": str(tmp_path / "b")}, "keep": {"path": str(tmp_path / "k"),
        "passphrase": OTHER}, "slots": none, "add_recipient": {"recipient": recipient},
        "add_passphrase": {"passphrase": "too weak"}, "add_recovery": {"words": "too few"},
        "change_passphrase": {"old": OTHER, "new": OTHER}, "remove_slot": {"slot": "0" * 16},
        "grant": {"rights": ["read"], "identity": "page", "role": "B"},
        "listen": none, "wall": none, "counts": none, "who": none, "workshop_end": none,
        "contribute": {"id": "c" * 32, "prompt": "sign", "text": "x", "place": "own",
                       "expected_version": None},
        "revoke": {"identity": "nobody"},
    }  # fmt: skip
    assert set(table) == set(COMMANDS), "a new command has to be tried from both sides too"
    return table


def _answer(who: Caller, do: str, arguments: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return who.counter.answer(who.capability, {"do": do, "with": arguments[do]})


@pytest.mark.parametrize("do", ALL_COMMANDS)
def test_no_command_of_the_workspace_says_anything_of_a_space(
    both: tuple[Caller, Caller], threat: MakeThreat, tmp_path: Path, do: str
) -> None:
    """Whoever keeps the workspace tries every command there is."""
    common, room = both
    before = (room("digest"), room("status"), room("conflicts"))

    answer = _answer(common, do, _arguments(common, threat, tmp_path))

    assert APART not in json.dumps(answer)
    if do != "wipe":
        assert (room("digest"), room("status"), room("conflicts")) == before


@pytest.mark.parametrize("do", ALL_COMMANDS)
def test_no_command_of_a_space_says_or_changes_anything_of_the_workspace(
    both: tuple[Caller, Caller], threat: MakeThreat, tmp_path: Path, do: str
) -> None:
    """And the other way round; only sharing changes it, and that takes its own capability."""
    common, room = both
    before = (common("digest"), common("slots"), common("conflicts"))

    answer = _answer(room, do, _arguments(room, threat, tmp_path))

    assert COMMON not in json.dumps(answer)
    assert (common("digest"), common("slots"), common("conflicts")) == before
    if COMMANDS[do].right == "admin" or do in {"space_make", "space_enter", "space_share"}:
        assert answer["error"]["class"] == "ForbiddenError"


@pytest.mark.parametrize("do", ALL_COMMANDS)
def test_every_answer_is_the_same_with_a_space_and_without(
    keepers: Callable[[], Caller],
    save: Callable[..., None],
    threat: MakeThreat,
    tmp_path: Path,
    do: str,
) -> None:
    """If one answer differed, somebody outside could find out that there is a room."""
    answers = []
    for with_space in (False, True):
        common = keepers()
        save(common, 1, COMMON)
        room = common.as_(common("space_make", passphrase=PASSPHRASE)) if with_space else None
        if room:
            save(room, 1, APART)
            save(room, 3, APART)
        save(common, 2, COMMON)
        save(common, 1, f"{COMMON} again", 1)
        if room and do in {"status", "changes_since"}:
            room("space_leave")
        place = tmp_path / str(with_space)
        place.mkdir()
        answer = _answer(common, do, _arguments(common, threat, place))
        answers.append(_settled(do, answer))

    assert answers[0] == answers[1]


def _settled(do: str, answer: dict[str, Any]) -> Any:
    """Take out what is random, or names the workspace, in every workspace."""
    if do in {"grant", "grant_report", "ticket", "space_make"}:
        return len(answer["ok"])
    if do == "digest":
        return len(answer["ok"])
    if do in {"slots", "add_recipient"}:
        slots = answer["ok"] if do == "slots" else [answer["ok"]]
        return [slot["kind"] for slot in slots]
    return answer


def test_a_capability_of_a_space_has_no_more_rights_than_its_maker_and_never_more_than_two(
    keepers: Callable[[], Caller],
) -> None:
    """A page that may only read must not write by going through a room."""
    common = keepers()
    common("space_make", passphrase=PASSPHRASE)
    reader = common.as_(common("grant", rights=["read", "report"], identity="page", role="B"))

    made = common.as_(common("space_enter", passphrase=PASSPHRASE)).capability
    read_only = common.as_(reader("space_enter", passphrase=PASSPHRASE)).capability

    assert (made.rights, made.role) == (frozenset({"read", "write"}), "K")
    assert (read_only.rights, read_only.role) == (frozenset({"read"}), "B")
    with pytest.raises(ForbiddenError):
        reader("space_make", passphrase=OTHER)


def test_leaving_puts_out_every_page_and_forgets_its_answers(
    both: tuple[Caller, Caller], save: Callable[..., None]
) -> None:
    """One woman presses Leave; the tab that somebody forgot must not stay open."""
    common, room = both
    second = common.as_(common("space_enter", passphrase=PASSPHRASE))
    save(second, 7, APART)
    request = {"do": "undo", "with": {}, "once": "a" * 32}
    room.counter.answer(room.capability, request)

    second("space_leave")

    for who in (room, second):
        with pytest.raises(SpaceLeftError):
            who("stored")
        with pytest.raises(ForbiddenError):
            common.as_(who.capability.secret)
    again = room.counter.answer(room.capability, request)
    assert again["error"]["class"] == "SpaceLeftError"
    back = common.as_(common("space_enter", passphrase=PASSPHRASE))
    assert APART in json.dumps(back("stored"))


def test_a_shared_copy_is_a_record_of_its_own(both: tuple[Caller, Caller]) -> None:
    """The common plan must not point back to a room that others do not know of."""
    common, room = both
    inside = f"{1:032x}"
    page = common("grant", rights=["read", "write"], identity="page", role="B")
    day = date(2026, 1, 5)
    measure = Measure(id="9" * 32, created_on=day, title="SHAREDWORD", threat_ids=(inside,))
    analysis = DeclaredAnalysis(id="8" * 32, created_on=day, threat_id=inside, on=day)
    asked = {"kind": "measure", "values": measure.model_dump(mode="json"), "common": page}

    new = room("space_share", **asked)
    with pytest.raises(RecordError):
        room("space_share", kind="declared_analysis", values=analysis.model_dump(mode="json"),
             common=page)  # fmt: skip

    copy = json.loads(common("get", id=new)["json"])
    assert (copy["title"], copy["threat_ids"]) == ("SHAREDWORD", [])
    assert copy["created_on"] == NOW.date().isoformat()
    assert new != measure.id
    assert [change["role"] for change in common("history", id=new)] == ["B"]
    assert "SHAREDWORD" not in json.dumps(room("stored"))


def test_sharing_takes_a_capability_of_the_workspace_that_may_write(
    both: tuple[Caller, Caller], threat: MakeThreat
) -> None:
    """From inside alone nothing goes out, and from outside nothing is taken."""
    common, room = both
    reader = common("grant", rights=["read"], identity="page", role="B")
    record = threat(5, "x").model_dump(mode="json")
    before = common("digest")

    for who, other in (
        (room, room.capability.secret), (room, reader), (room, "0" * 64),
        (common, common.capability.secret),
    ):  # fmt: skip
        with pytest.raises(ForbiddenError):
            who("space_share", kind="threat", values=record, common=other)

    assert common("digest") == before


def test_a_copy_that_is_there_already_does_not_show_what_the_workspace_says(
    both: tuple[Caller, Caller],
) -> None:
    """What the workspace says is read from the workspace, with its own right to read."""
    common, room = both
    process = Process(id="7" * 32, created_on=NOW.date(), stop_rule=COMMON)
    values = process.model_dump(mode="json")
    item = {"kind": "process", "values": values, "expected_version": None}
    common("save", items=[item])
    blind = common("grant", rights=["write"], identity="page", role="B")

    answer = room.counter.answer(
        room.capability,
        {"do": "space_share", "with": {"kind": "process", "values": values, "common": blind}},
    )

    assert answer["error"]["class"] == "ConflictError"
    assert "theirs" not in answer["error"]


def test_the_report_of_a_space_holds_its_own_records_only(both: tuple[Caller, Caller]) -> None:
    """The room prints its own plan; a ticket of one is nothing in the other."""
    common, room = both
    order = {"report": "analysis", "audience": "keepers", "lang": "en"}
    tickets = [who("ticket", **order) for who in (common, room)]
    reports = [who.as_(who("grant_report", ticket=ticket))
               for who, ticket in zip((common, room), tickets, strict=True)]  # fmt: skip

    said = [json.dumps(who("report_data", ticket=ticket))
            for who, ticket in zip(reports, tickets, strict=True)]  # fmt: skip

    assert [COMMON in said[0], APART in said[0]] == [True, False]
    assert [COMMON in said[1], APART in said[1]] == [False, True]
    for who, ticket in zip((common, room), reversed(tickets), strict=True):
        with pytest.raises(ForbiddenError):
            who("grant_report", ticket=ticket)


def test_a_forgotten_room_is_swept_by_lock(both: tuple[Caller, Caller]) -> None:
    """Lock is for everything that is open."""
    common, room = both
    desk = common.counter._desk

    desk.end()

    with pytest.raises(SpaceLeftError):
        room("stored")


def test_what_is_past_its_day_in_a_room_goes_when_somebody_enters(
    keepers: Callable[[], Caller], threat: MakeThreat
) -> None:
    """The promise of a day holds inside as outside."""
    common = keepers()
    room = common.as_(common("space_make", passphrase=PASSPHRASE))
    days = {1: "2020-01-01", 2: None, 3: None, 4: None}
    for number, day in days.items():
        values = threat(number).with_changes(delete_by=day).model_dump(mode="json")
        room("save", items=[{"kind": "threat", "values": values, "expected_version": None}])
    room("space_leave")

    back = common.as_(common("space_enter", passphrase=PASSPHRASE))

    assert len(back("stored")) == 3
    assert back("status")["notices"] == []


@pytest.fixture
def processes(
    keep: Callable[..., Handle], connect: Callable[[Handle], Session], tmp_path: Path
) -> Callable[..., Session]:
    """Open the workspace of a test in a keeper process of its own."""

    def one(name: str, identity: Identity, **how: Any) -> Session:
        return connect(keep(tmp_path / name, identity, **how))

    return one


def test_a_room_through_real_processes_backup_and_lock(
    processes: Callable[..., Session], threat: MakeThreat, tmp_path: Path, identity: Identity
) -> None:
    """Make, lock, enter, share, back up, restore, change, leave: the whole way round."""
    common = processes("w", identity, create=True)
    page = common.grant(("read", "write"), role="K", identity="page")
    with Session.connect(page) as outside:
        inside = outside.make_space(PASSPHRASE)
    with Session.connect(inside) as room:
        room.save(threat(1, APART), expected_version=None)
        common.lock()
        with pytest.raises(LockedError):
            room.stored()
    again = processes("w", identity)
    nothing_to_see = (again.workspace().records, again.changes_since(0))
    again.backup(tmp_path / "b")
    back = processes("again", identity, restore_from=tmp_path / "b")
    with pytest.raises(SpaceKeyError):
        back.enter_space(OTHER)

    with Session.connect(back.enter_space(PASSPHRASE)) as room:
        found = room.workspace().records
        shared = room.share(threat(1, "for all"), back)
        room.change_space_passphrase(PASSPHRASE, OTHER)
        room.leave_space()
    with Session.connect(back.enter_space(OTHER)) as room:
        room.delete_space(OTHER)

    assert nothing_to_see == ((), ())
    assert found == (threat(1, APART),)
    assert [(record.id, record.sentence) for record in back.workspace().all(Threat)] == [
        (shared, "for all")
    ]
    for passphrase in (PASSPHRASE, OTHER):
        with pytest.raises(SpaceKeyError):
            back.enter_space(passphrase)


@pytest.mark.slow
def test_a_room_goes_on_when_a_session_only_workspace_is_kept(
    keep: Callable[..., Handle],
    connect: Callable[[Handle], Session],
    threat: MakeThreat,
    tmp_path: Path,
) -> None:
    """The group decides to keep its work; the room moves along, unread."""
    handle = keep(tmp_path / "once", session_only=True)
    keepers = connect(handle)
    with Session.connect(keepers.make_space(PASSPHRASE)) as room:
        room.save(threat(1, APART), expected_version=None)

        keepers.keep(tmp_path / "kept", OTHER)
        room.save(threat(2, APART), expected_version=None)

        assert len(room.stored()) == 2
        assert not room.status().session_only
    keepers.lock()
    assert handle.wait(30)
    again = connect(keep(tmp_path / "kept", Passphrase(OTHER)))
    with Session.connect(again.enter_space(PASSPHRASE)) as room:
        assert len(room.stored()) == 2
