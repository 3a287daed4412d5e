"""A separate space: its records live apart, and nothing beside sealed rows tells of them."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from amparo import store
from amparo.errors import (
    ConflictError,
    DamagedError,
    DiskFullError,
    SharedPassphraseError,
    SpaceKeyError,
    WeakPassphraseError,
)
from amparo.store import Space, find_space, make_space, sealed, space_key
from amparo.store.space_key import SpaceKey, key_of

PASSPHRASE = "lantern copper meadow violin harbor ticket"
OTHER = "orange river candle stone window table"
PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "separate-spaces.md"
pytestmark = pytest.mark.usefixtures("cheap_scrypt")


@pytest.fixture
def space(workspace):
    """An open, empty space in an open workspace."""
    made = make_space(workspace, PASSPHRASE)
    yield made
    made.close()


def rows_of(workspace) -> dict[int, int]:
    """Return the size of every sealed row."""
    return dict(workspace.database.execute("SELECT id, length(body) FROM sealed"))


def enter(workspace, passphrase: str = PASSPHRASE) -> Space:
    return Space(workspace, *find_space(workspace, passphrase))


def test_a_space_is_the_same_after_leaving_and_entering(workspace, space, note, text_of) -> None:
    """Whoever comes back must find every record, every version and every text that waits."""
    for number in range(40):
        space.put(note(number, f"text {number}"), role="A")
    space.put(note(1, "second", 1), role="B")
    with pytest.raises(ConflictError):
        space.put(note(1, "too late", 1), role="A")
    space.delete(note(2, "").id, role="A")
    space.undo("A")
    space.mark("plan 1", role="A")
    before = (space.list(), space.changes_since(0), space.conflicts(), space.marks(), space.seq)
    digest = space.digest()

    space.close()
    again = enter(workspace)

    assert (
        again.list(), again.changes_since(0), again.conflicts(), again.marks(), again.seq
    ) == before  # fmt: skip
    assert again.digest() == digest
    assert text_of(again.conflicts()[0].lost) == "too late"
    again.put(note(1, "third", 2), role="A")
    assert [line.version for line in again.history(note(1, "").id)] == [1, 2, 3]


def test_the_workspace_has_nothing_of_a_space_and_a_space_nothing_of_it(workspace, note) -> None:
    """One list that mixes them is enough to out somebody."""
    workspace.put(note(1, "common"), role="A")
    before = (workspace.digest(), workspace.seq, workspace.changes_since(0))

    with_space = make_space(workspace, PASSPHRASE)
    with_space.put(note(1, "apart"), role="A")
    with_space.put(note(2, "apart"), role="A")
    with pytest.raises(ConflictError):
        with_space.put(note(2, "late"), role="B")

    assert (workspace.digest(), workspace.seq, workspace.changes_since(0)) == before
    assert [item.id for item in workspace.list()] == [note(1, "").id]
    assert workspace.conflicts() == workspace.history(note(2, "").id) == ()
    assert workspace.undo("B") == ()
    assert {item.json for item in with_space.list()} == {note(1, "apart").json}
    assert workspace.expire(note(1, "").changed_on or workspace.clock().date()) == ()
    with_space.close()


def test_no_byte_of_the_decrypted_database_names_what_a_space_holds(
    workspace, space, note, decrypted
) -> None:
    """Whoever has the key of the workspace sees sealed rows and no word, kind, role or day."""
    workspace.put(note(1, "COMMONWORD"), role="K")
    for number in range(2, 22):
        record = store.Envelope(note(number, "").id, "spacekind", f'{{"t": "MARKER{number}"}}')
        space.put(record, role="SPACEROLE")
    with pytest.raises(ConflictError):
        space.put(note(4, "MARKER late"), role="SPACEROLE")
    space.delete(note(5, "").id, role="SPACEROLE")
    path, key = workspace.folder / "workspace.db", workspace.secret.key

    workspace.checkpoint()
    while_open = decrypted(path, key)
    space.close()
    workspace.checkpoint()
    afterwards = decrypted(path, key)

    ids = [note(number, "").id.encode() for number in range(2, 22)]
    words = [b"MARKER", b"spacekind", b"SPACEROLE", PASSPHRASE.encode(), b"AGE-SECRET", *ids]
    assert b"COMMONWORD" in while_open
    assert [word for word in words if word in while_open or word in afterwards] == []


def test_the_only_rows_are_a_slot_and_few_of_padded_size(workspace, space, note) -> None:
    """Twelve rows of one size each would be a count of twelve."""
    for number in range(60):
        space.put(note(number, "x" * (17 * number)), role="A")
        sizes = sorted(rows_of(workspace).values())
        assert len(sizes) <= 1 + 16
    space.close()

    slot, body = sorted(rows_of(workspace).values())
    overhead = len(SpaceKey.generate().seal(b"x" * sealed.SMALLEST_BYTES)) - sealed.SMALLEST_BYTES
    assert slot < 1024
    assert sealed.size_class(body - 2 * overhead) in {2**power for power in range(12, 20)}
    assert [sealed.size_class(length) for length in (0, 1, 4096, 4097, 70_000)] == [
        4096, 4096, 4096, 8192, 131_072
    ]  # fmt: skip


def test_a_wrong_passphrase_and_no_space_at_all_cost_the_same_work(workspace, monkeypatch) -> None:
    """An answer that comes sooner where there is nothing would tell that there is something."""
    worked: list[str] = []

    def counted(name, real):
        def call(*arguments, **named):
            worked.append(name)
            return real(*arguments, **named)

        return call

    monkeypatch.setattr(space_key.hashlib, "scrypt", counted("scrypt", space_key.hashlib.scrypt))
    monkeypatch.setattr(space_key.SpaceKey, "unseal", counted("unseal", SpaceKey.unseal))
    tries = []
    for made in (None, PASSPHRASE, OTHER):
        if made:
            make_space(workspace, made).close()
        worked.clear()
        began_s = time.monotonic()
        with pytest.raises(SpaceKeyError) as caught:
            find_space(workspace, "something else altogether")
        took_s = time.monotonic() - began_s
        tries.append((str(caught.value), caught.value.values, tuple(worked)))
        assert took_s >= 0.5

    assert tries[0] == tries[1] == tries[2]
    assert tries[0][2] == ("scrypt", *["unseal"] * 8)


def test_one_guess_costs_as_much_as_in_any_other_slot(monkeypatch) -> None:
    """Whoever copies the folder must not guess faster here than at the front door."""
    monkeypatch.setattr(space_key, "WORK_FACTOR", 18)
    asked: dict[str, int] = {}

    def scrypt(*_: object, **costs: int) -> bytes:
        asked.update(costs)
        return bytes(32)

    monkeypatch.setattr(space_key.hashlib, "scrypt", scrypt)
    key_of(PASSPHRASE, "0" * 32)

    assert (asked["n"], asked["r"], asked["p"]) == (2**18, 8, 1)


def test_passphrases_that_do_not_keep_apart_are_refused(folder, tmp_path, note, clock) -> None:
    """The group's own passphrase would open the room to the whole group."""
    opened = store.create(folder, [store.Passphrase(OTHER)], now=clock)
    make_space(opened, PASSPHRASE).close()
    room = enter(opened)

    for refused, error in (
        (OTHER, SharedPassphraseError), (PASSPHRASE, WeakPassphraseError),
        ("amparo", WeakPassphraseError),
    ):  # fmt: skip
        with pytest.raises(error):
            make_space(opened, refused)
        with pytest.raises(error):
            room.change_passphrase(PASSPHRASE, refused)

    assert len(rows_of(opened)) == 2
    room.close()
    opened.close()


def test_a_changed_passphrase_shuts_out_the_old_one_and_old_rows(
    workspace, space, note, decrypted
) -> None:
    """Somebody was made to tell it."""
    space.put(note(1, "one"), role="A")
    old_slot, old_key = find_space(workspace, PASSPHRASE)

    space.change_passphrase(PASSPHRASE, OTHER)
    space.put(note(2, "two"), role="A")
    space.close()

    with pytest.raises(SpaceKeyError):
        find_space(workspace, PASSPHRASE)
    with pytest.raises(DamagedError):
        Space(workspace, old_slot, old_key)
    assert len(enter(workspace, OTHER).list()) == 2


def test_a_deleted_space_leaves_no_row_and_nothing_opens(workspace, note, decrypted) -> None:
    """One act, and it was never there."""
    plain = rows_of(workspace)
    room = make_space(workspace, PASSPHRASE)
    room.put(note(1, "one"), role="A")
    with pytest.raises(SpaceKeyError):
        room.delete_all(OTHER)
    (slot_body,) = sealed.slots_of(workspace.database).values()
    workspace.checkpoint()
    path, key = workspace.folder / "workspace.db", workspace.secret.key
    before = decrypted(path, key)

    room.delete_all(PASSPHRASE)

    after = decrypted(path, key)
    assert slot_body[-64:] in before
    assert slot_body[-64:] not in after
    assert rows_of(workspace) == plain == {}
    with pytest.raises(SpaceKeyError):
        find_space(workspace, PASSPHRASE)


def test_two_spaces_stay_apart(workspace, note) -> None:
    """The young people's room is not the women's room."""
    one, other = make_space(workspace, PASSPHRASE), make_space(workspace, OTHER)
    one.put(note(1, "one"), role="A")
    other.put(note(1, "other"), role="A")

    with pytest.raises(SpaceKeyError):
        one.delete_all(OTHER)
    one.close()
    other.close()

    assert [item.json for item in enter(workspace).list()] == [note(1, "one").json]
    assert [item.json for item in enter(workspace, OTHER).list()] == [note(1, "other").json]


def test_what_was_deleted_is_gone_for_good_on_leaving(workspace, space, note) -> None:
    """A backup made tomorrow, by somebody else, must not carry it."""
    space.put(note(1, "one"), role="A")
    space.delete(note(1, "").id, role="A")
    space.close()

    again = enter(workspace)

    assert [line.action for line in again.changes_since(0)] == ["erase"]
    assert again.undo("A") == ()


def test_a_backup_carries_a_space_and_restoring_brings_it_back(
    workspace, space, identity, note, tmp_path
) -> None:
    """The laptop is gone; the room is still there, and still apart."""
    space.put(note(1, "MARKER"), role="A")
    space.close()
    store.backup(workspace, tmp_path / "b")

    restored = store.restore(tmp_path / "b", tmp_path / "again", identity)

    assert restored.digest() == workspace.digest()
    assert [item.json for item in enter(restored).list()] == [note(1, "MARKER").json]
    assert b"MARKER" not in (tmp_path / "b").read_bytes()
    restored.close()


def test_what_did_not_reach_the_disk_is_not_shown(workspace, space, note, monkeypatch) -> None:
    """A full disk: no acknowledgement, and no picture of a save that never was."""
    space.put(note(1, "one"), role="A")

    def full(*_: object) -> int:
        raise DiskFullError("no space")

    with monkeypatch.context() as patch:
        patch.setattr(sealed, "insert", full)
        with pytest.raises(DiskFullError):
            space.put(note(1, "two", 1), role="A")

    assert [item.json for item in space.list()] == [note(1, "one").json]
    assert space.put(note(1, "three", 1), role="A").version == 2


@pytest.mark.long
@pytest.mark.slow
def test_r26_every_acknowledged_save_in_a_space_survives_a_kill_at_every_step(
    workspace, space, folder, identity, tmp_path
) -> None:
    """ "Saved 14:32" must be true in the room as well."""
    space.close()
    workspace.close()
    log, script = tmp_path / "acknowledged", Path(__file__).with_name("killed_in_space.py")
    arguments = [str(folder), identity.text, PASSPHRASE, str(log), "90"]

    ran = subprocess.run(
        [sys.executable, str(script), *arguments], capture_output=True, text=True, check=False
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    lines = [line.split() for line in log.read_text().splitlines()]
    acknowledged = {line[0]: line[1] for line in lines if len(line) == 2}
    with store.open_store(folder, identity) as opened:
        room = enter(opened)
        stored = {change.record_id: str(change.seq) for change in room.changes_since(0)}
        assert len(rows_of(opened)) <= 1 + 16
    print(f"{len(acknowledged)} acknowledged, {lines.count(['end'])} rounds to the end")  # noqa: T201
    assert len(acknowledged) > 500
    assert [one for one, seq in acknowledged.items() if stored.get(one) != seq] == []
    assert len(stored) - len(acknowledged) <= 90  # the one save that was still unheard


@pytest.mark.parametrize("which", [0, 1])
def test_a_sealed_row_that_is_missing_or_changed_is_refused(workspace, space, note, which) -> None:
    """Whoever tampers from outside must not be able to take one record out."""
    for number in range(3):
        space.put(note(number, "x"), role="A")
    pages = sealed.pages_of(workspace.database, find_space(workspace, PASSPHRASE)[1])
    row = pages[1].row
    if which:
        workspace.database.execute("DELETE FROM sealed WHERE id = ?", (row,))
    else:
        body = bytearray(
            workspace.database.execute("SELECT body FROM sealed WHERE id = ?", (row,)).fetchone()[0]
        )
        body[-20] ^= 1
        workspace.database.execute("UPDATE sealed SET body = ? WHERE id = ?", (bytes(body), row))

    with pytest.raises(DamagedError):
        enter(workspace)


def test_a_workspace_from_before_there_were_spaces_gets_the_table(
    workspace, folder, identity
) -> None:
    """Nobody must make a new workspace to have a room of their own."""
    workspace.database.execute("DROP TABLE sealed")
    workspace.close()

    with store.open_store(folder, identity) as again:
        assert make_space(again, PASSPHRASE).list() == ()


def test_the_page_tells_how_to_open_a_space_without_amparo(
    workspace, space, note, tmp_path, monkeypatch
) -> None:
    """The room must outlive this program too."""
    monkeypatch.setattr(space_key, "WORK_FACTOR", 18)
    room = make_space(workspace, OTHER)
    room.put_many([note(1, "lluvia"), note(2, "sol")], role="A")
    room.put(note(2, "luna", 1), role="A")
    key = workspace.secret.key.hex()
    room.close()
    workspace.close()
    script = tmp_path / "space.py"
    found = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    script.write_text(found[0], "utf-8")

    ran = subprocess.run(
        [sys.executable, "-I", "-W", "ignore", script, workspace.folder],
        input=f"{key}\n{OTHER}\n", capture_output=True, text=True, check=False,
        start_new_session=True,
    )  # fmt: skip

    assert (ran.returncode, ran.stdout.splitlines()) == (
        0,
        ['save note {"text": "lluvia"}', 'save note {"text": "sol"}', 'save note {"text": "luna"}'],
    ), ran.stderr
