"""A clock that jumps, a folder that goes, a stick that is pulled: said, and nothing lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from amparo.errors import AmparoError, PlaceGoneError
from amparo.keeper.capabilities import RIGHTS, Ring
from amparo.keeper.client import Handle
from amparo.keeper.commands import Counter
from amparo.keeper.desk import Desk
from amparo.keeper.expiry import expire
from amparo.keeper.record_commands import envelope_of
from amparo.model.threats import Threat
from amparo.session import Session
from amparo.store import Identity, create, make_space, open_store, slots, space_key

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PASSPHRASE = "lantern copper meadow violin harbor ticket"
YEARS = timedelta(days=3653)
MakeThreat = Callable[..., Threat]


@pytest.mark.parametrize("jump", [YEARS, -YEARS])
def test_r32_ten_years_of_the_clock_lose_no_word_and_no_step_back(
    tmp_path: Path, identity: Identity, threat: MakeThreat, jump: timedelta
) -> None:
    """The battery of an old laptop is empty: its clock begins anew, or somebody sets it wrong."""
    now = [NOW]
    with create(tmp_path / "w", [identity], now=lambda: now[0]) as store:
        _ask(_desk(store, now), "save", _item(threat(1).with_changes(delete_by="2026-06-01"), None))
    now[0] += jump
    with open_store(tmp_path / "w", identity, now=lambda: now[0]) as store:
        desk = _desk(store, now)
        expire(desk)
        _ask(desk, "save", _item(threat(2), None))
        _ask(desk, "save", _item(threat(2, "changed"), 1))
        _ask(desk, "undo", {})
    now[0] -= jump
    with open_store(tmp_path / "w", identity, now=lambda: now[0]) as store:
        kept = {one.id: one.version for one in store.list()}
        history = [change.action for change in store.changes_since(0)]

    assert kept == {threat(1).id: 1, threat(2).id: 3}
    assert history == ["save", "save", "save", "undo"]


def _desk(store: object, now: list[datetime]) -> Desk:
    return Desk(store, Ring(), False, lambda: now[0], lambda: None)  # type: ignore[arg-type] # noqa: FBT003


def _item(record: Threat, version: int | None) -> dict[str, object]:
    values = record.model_dump(mode="json")
    return {"items": [{"kind": "threat", "values": values, "expected_version": version}]}


def _ask(desk: Desk, do: str, given: dict[str, object]) -> None:
    caller = desk.ring.grant(RIGHTS, identity="keepers", role="K")
    answer = Counter(desk).answer(caller, {"do": do, "with": given})
    assert "ok" in answer, answer


@pytest.mark.parametrize("how", ["deleted", "moved"])
def test_r32_a_save_into_a_folder_that_is_gone_is_never_called_saved(
    keep: Callable[..., Handle], connect: Callable[[Handle], Session], threat: MakeThreat,
    tmp_path: Path, identity: Identity, how: str,
) -> None:  # fmt: skip
    """The stick was pulled out: the system takes the save all the same, and nobody finds it again."""
    folder, aside = tmp_path / "w", tmp_path / "aside"
    session = connect(keep(folder, identity, create=True))
    session.save(threat(1), expected_version=None)

    if how == "moved":
        folder.rename(aside)
    else:
        shutil.rmtree(folder)

    for act in (
        lambda: session.save(threat(2), expected_version=None),
        lambda: session.save(threat(1, "changed"), expected_version=1),
        lambda: session.delete(threat(1).id, expected_version=1),
        lambda: session.erase(threat(1).id),
        session.undo,
    ):
        with pytest.raises(PlaceGoneError):
            act()
    assert [one.record for one in session.stored()] == [threat(1)]
    if how == "moved":
        aside.rename(folder)
        session.save(threat(2), expected_version=None)
        session.lock()
        assert len(connect(keep(folder, identity)).stored()) == 2


def test_r32_a_room_apart_hears_too_that_its_folder_is_gone(
    tmp_path: Path, identity: Identity, threat: MakeThreat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its rows lie in the same file."""
    monkeypatch.setattr(space_key, "WORK_FACTOR", 4)
    for module in (space_key, slots):
        monkeypatch.setattr(module, "_WRONG_COST_S", 0.0)
    folder, aside = tmp_path / "w", tmp_path / "aside"
    with create(folder, [identity]) as store:
        room = make_space(store, PASSPHRASE)
        room.put(envelope_of(threat(1), None), role="K")
        folder.rename(aside)

        with pytest.raises(PlaceGoneError):
            room.put(envelope_of(threat(2), None), role="K")

        assert [one.id for one in room.list()] == [threat(1).id]
        aside.rename(folder)
        room.put(envelope_of(threat(2), None), role="K")
        assert len(room.list()) == 2
        room.close()


def test_r32_a_keeper_whose_folder_is_gone_still_ends_and_says_nothing_wrong(
    keep: Callable[..., Handle], connect: Callable[[Handle], Session], tmp_path: Path,
    identity: Identity,
) -> None:  # fmt: skip
    """Lock must work on the worst day of all."""
    handle = keep(tmp_path / "w", identity, create=True)
    session = connect(handle)
    shutil.rmtree(tmp_path / "w")

    session.lock()

    assert handle.wait(20)
    with pytest.raises(AmparoError):
        keep(tmp_path / "w", identity)
