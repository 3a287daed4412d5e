"""Who may do what: decided in the keeper, command by command."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from amparo.keeper.capabilities import RIGHTS, Right, Ring
from amparo.keeper.client import Handle, start
from amparo.keeper.commands import COMMANDS, Counter
from amparo.keeper.desk import Desk
from amparo.keeper.roles import WorkshopRole
from amparo.model.threats import Threat

ALL_COMMANDS = sorted(COMMANDS)


@pytest.mark.parametrize("do", ALL_COMMANDS)
def test_r05_every_command_is_refused_without_its_right(desk: Desk, do: str) -> None:
    """A hidden button can be pressed all the same; the keeper must say no."""
    others = RIGHTS - COMMANDS[do].rights
    caller = desk.ring.grant(others, identity="someone", role="B")
    seq = desk.store.seq

    answer = Counter(desk).answer(caller, {"do": do, "with": {}})

    assert answer["error"]["class"] == "ForbiddenError"
    assert desk.store.seq == seq


@pytest.mark.parametrize("do", ALL_COMMANDS)
def test_r05_every_command_is_refused_without_any_identity(
    lasting: Handle, raw: Callable[..., list[bytes]], do: str
) -> None:
    """Reaching the socket is not enough."""
    answers = raw(lasting.address, {"do": do, "with": {}}, {"do": do, "with": {}})

    assert [json.loads(answer)["error"]["class"] for answer in answers] == ["ForbiddenError"]


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handle]:
    """The keeper of another organisation."""
    handle = start(tmp_path_factory.mktemp("elsewhere") / "once", session_only=True)
    yield handle
    os.kill(handle.pid, signal.SIGTERM)
    assert handle.wait(30)


@pytest.mark.parametrize("do", ALL_COMMANDS)
def test_r05_every_command_is_refused_from_another_workspace(
    lasting: Handle, elsewhere: Handle, raw: Callable[..., list[bytes]], do: str
) -> None:
    """All rights in one workspace are none in the next."""
    (answer,) = raw(lasting.address, {"capability": elsewhere.capability}, {"do": do, "with": {}})

    assert json.loads(answer)["error"]["class"] == "ForbiddenError"


# What each role may do, written down once more: a right that is added by mistake must be seen.
_MAY: dict[WorkshopRole, set[str]] = {
    "facilitator": {"counts", "listen"},
    "participant": {"wall", "contribute", "listen"},
    "observer": {"wall", "listen"},
    "group": {
        "stored", "get", "history", "changes_since", "conflicts", "status", "digest", "save",
        "delete", "settle", "undo", "redo", "ticket", "grant_report", "report_left_out",
        "expired", "confirm_expired", "listen", "space_make", "space_enter", "space_leave",
        "space_share", "space_change_passphrase", "space_delete",
    },
}  # fmt: skip


@pytest.mark.parametrize("do", ALL_COMMANDS)
@pytest.mark.parametrize("workshop_role", _MAY)
def test_r05_a_role_may_do_what_its_line_says_and_nothing_else(
    desk: Desk, workshop_role: WorkshopRole, do: str
) -> None:
    """The trainer counts, the room sees its wall, and the plan stays with the group."""
    caller = desk.ring.seat(workshop_role, identity="someone")
    seq = desk.store.seq

    # No command takes this, so whoever has the right is told that, and nothing is carried out.
    answer = Counter(desk).answer(caller, {"do": do, "with": {"nothing takes this": 1}})

    refused = answer["error"]["class"] == "ForbiddenError"
    assert refused is (do not in _MAY[workshop_role])
    assert desk.store.seq == seq


def test_r05_a_capability_of_a_role_cannot_be_widened(desk: Desk) -> None:
    """Whoever asks for a role and for rights beside it gets neither."""
    keepers = desk.ring.grant(RIGHTS, identity="keepers", role="K")
    asked = {"identity": "x", "workshop_role": "observer"}

    refused = [
        Counter(desk).answer(keepers, {"do": "grant", "with": {**asked, **more}})
        for more in ({"rights": ["read"]}, {"role": "K"}, {"rights": ["read"], "role": "K"})
    ]

    assert [answer["error"]["class"] for answer in refused] == ["KeeperError"] * 3
    assert [one[0] for one in desk.ring.holders()] == ["keepers"]


@pytest.mark.parametrize(
    "secret", ["", "0" * 64, "ñ" * 64, None, 7, ["0" * 64], {"a": 1}, "0" * 3000]
)
def test_a_wrong_capability_is_refused(
    lasting: Handle, raw: Callable[..., list[bytes]], secret: Any
) -> None:
    """A guess must get the same answer whatever its shape."""
    answers = raw(lasting.address, {"capability": secret}, {"do": "stored", "with": {}})

    assert [json.loads(answer)["error"]["class"] for answer in answers] == ["ForbiddenError"]


def test_a_capability_of_another_keeper_is_refused(
    lasting: Handle, keep: Callable[..., Handle], raw: Callable[..., list[bytes]], tmp_path: Any
) -> None:
    """One organisation must not reach another's workspace."""
    other = keep(tmp_path / "other", session_only=True)

    (answer,) = raw(lasting.address, {"capability": other.capability})

    assert json.loads(answer)["error"]["class"] == "ForbiddenError"


def test_a_report_capability_cannot_save(desk: Desk, threat: Callable[..., Threat]) -> None:
    """A report notebook is a file people edit: it may read its own report and no more."""
    caller = desk.ring.grant({"report"}, identity="report", role="K", ticket="0" * 32)
    item = {"kind": "threat", "values": threat().model_dump(mode="json"), "expected_version": None}

    answer = Counter(desk).answer(caller, {"do": "save", "with": {"items": [item]}})

    assert answer["error"]["class"] == "ForbiddenError"
    assert desk.store.list() == ()


def test_a_report_capability_reads_its_own_ticket_only(desk: Desk) -> None:
    """The capability for the group's sheet must not fetch the keepers' analysis."""
    counter = Counter(desk)
    keepers = desk.ring.grant(RIGHTS, identity="keepers", role="K")
    own, other = (
        counter.answer(keepers, {"do": "ticket", "with": order})["ok"]
        for order in (
            {"report": "sheet", "audience": "group", "lang": "es"},
            {"report": "analysis", "audience": "keepers", "lang": "es"},
        )
    )
    secret = counter.answer(keepers, {"do": "grant_report", "with": {"ticket": own}})["ok"]
    caller = desk.ring.find(secret)

    asked = [
        counter.answer(caller, {"do": "report_data", "with": {"ticket": ticket}})
        for ticket in (own, other, "f" * 32)
    ]

    assert ["ok" in answer for answer in asked] == [True, False, False]


@pytest.mark.parametrize(
    "given",
    [
        None, 7, [], "x", {"items": []}, {"items": [7]}, {"items": [{}]}, {"unknown": 1},
        {"items": [{"kind": "threat", "values": {}, "expected_version": "1"}]},
        {"items": [{"kind": "threat", "values": {}, "expected_version": -1}]},
        {"items": [{"kind": "threat", "values": [], "expected_version": None}]},
        {"items": [{"kind": "threat", "values": {}, "expected_version": None, "space": "x"}]},
        {"items": [{"kind": "nothing", "values": {}, "expected_version": None}]},
        {"items": [{"kind": "threat", "values": {"id": "\ud800"}, "expected_version": None}]},
        {"items": [{"kind": "threat", "values": {"sentence": float("nan")},
                    "expected_version": None}]},
    ],
)  # fmt: skip
def test_r06_bad_arguments_change_nothing(desk: Desk, given: Any) -> None:
    """What a page sends is never trusted."""
    caller = desk.ring.grant(RIGHTS, identity="keepers", role="K")

    answer = Counter(desk).answer(caller, {"do": "save", "with": given})

    assert answer["error"]["class"] in {"KeeperError", "RecordError"}
    assert desk.store.list() == ()


@pytest.mark.parametrize("request_", [{}, {"do": 7}, {"do": "__class__"}, {"do": ["stored"]}])
def test_an_unknown_command_is_refused(desk: Desk, request_: dict[str, Any]) -> None:
    """Only the commands in the table exist."""
    caller = desk.ring.grant(RIGHTS, identity="keepers", role="K")

    answer = Counter(desk).answer(caller, request_)

    assert answer["error"]["class"] == "KeeperError"


def test_a_capability_never_shows_its_secret() -> None:
    """A value that is printed by mistake must not open anything."""
    rights: set[Right] = {"read"}
    made = Ring().grant(rights, identity="someone", role="B")

    assert made.secret not in repr(made)
    assert len(made.secret) == 64
