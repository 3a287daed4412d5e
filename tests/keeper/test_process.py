"""The keeper as a process: it opens, serves, ends, and leaves nothing."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from amparo.errors import LockedError, WorkspaceExistsError, WorkspaceMissingError, WrongKeyError
from amparo.keeper.client import Handle, start
from amparo.keeper.owner import Owner
from amparo.model.threats import Threat
from amparo.session import Session
from amparo.store import Identity, Passphrase

MARKER = "Palomita-Marker-7431"
Keep = Callable[..., Handle]
Connect = Callable[[Handle], Session]
MakeThreat = Callable[..., Threat]


def socket_of(handle: Handle) -> Path:
    return Path(handle.address.removeprefix("unix:"))


@pytest.fixture
def private_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, ...]:
    """Homes and temporary folders of this test alone."""
    places = {name: tmp_path / name.lower() for name in ("HOME", "TMPDIR", "XDG_RUNTIME_DIR")}
    for name, place in places.items():
        place.mkdir(mode=0o700)
        monkeypatch.setenv(name, str(place))
    return tuple(places.values())


def files_under(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in folder.rglob("*") if path.is_file() and not path.is_socket())


def holders_of(marker: str, *folders: Path) -> list[Path]:
    shapes = [marker.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return [
        path
        for path in files_under(*folders)
        if marker in path.name or any(shape in path.read_bytes() for shape in shapes)
    ]


def test_a_wrong_passphrase_opens_nothing(keep: Keep, connect: Connect, tmp_path: Path) -> None:
    """And the person hears just that, not a traceback."""
    words = Passphrase("seven eight lantern ten meadow")
    connect(keep(tmp_path / "w", words, create=True)).lock()

    with pytest.raises(WrongKeyError):
        start(tmp_path / "w", Passphrase("not the one at all"))


def test_a_missing_workspace_is_said_so(tmp_path: Path, identity: Identity) -> None:
    """Errors of the store keep their class across the process."""
    with pytest.raises(WorkspaceMissingError):
        start(tmp_path / "nothing", identity)


def test_an_existing_folder_is_not_overwritten(tmp_path: Path, identity: Identity) -> None:
    """A second "new" must not cost the first workspace."""
    (tmp_path / "w").mkdir()

    with pytest.raises(WorkspaceExistsError):
        start(tmp_path / "w", identity, create=True)


def test_what_was_saved_is_there_after_lock_and_reopening(
    keep: Keep, connect: Connect, threat: MakeThreat, tmp_path: Path, identity: Identity
) -> None:
    """The whole way round through two real processes."""
    folder = tmp_path / "w"
    session = connect(keep(folder, identity, create=True))
    session.save(threat(), expected_version=None)
    digest = session.digest()
    session.lock()

    again = connect(keep(folder, identity))

    assert again.workspace().all(Threat) == (threat(),)
    assert again.digest() == digest


def test_lock_ends_the_process_and_the_socket_is_gone(
    keep: Keep, connect: Connect, threat: MakeThreat, tmp_path: Path, identity: Identity
) -> None:
    """After Lock no process may hold the key."""
    handle = keep(tmp_path / "w", identity, create=True)
    session, other = connect(handle), connect(handle)

    session.lock()

    assert handle.wait(20)
    assert not psutil.pid_exists(handle.pid)
    assert not socket_of(handle).parent.exists()
    with pytest.raises(LockedError):
        other.save(threat(), expected_version=None)
    with pytest.raises(LockedError):
        Session.connect(handle.environment())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_session_only_folder_goes_when_a_signal_ends_the_keeper(
    keep: Keep, connect: Connect, threat: MakeThreat, tmp_path: Path, number: int
) -> None:
    """Closing a terminal or shutting down must end a session-only workspace too."""
    handle = keep(tmp_path / "once", session_only=True)
    connect(handle).save(threat(), expected_version=None)

    os.kill(handle.pid, number)

    assert handle.wait(20)
    assert not (tmp_path / "once").exists()
    assert not socket_of(handle).parent.exists()


def test_a_session_only_folder_goes_at_lock(keep: Keep, connect: Connect, tmp_path: Path) -> None:
    """That is what the people were promised."""
    connect(keep(tmp_path / "once", session_only=True)).lock()

    assert not (tmp_path / "once").exists()


@pytest.mark.parametrize("named", ["", "owner_pid=os.getpid()"])
def test_a_keeper_ends_with_its_owner(tmp_path: Path, named: str) -> None:
    """A page that crashed must not leave an open workspace behind; nor a test that was killed."""
    code = (
        "import os, pathlib, sys; from amparo.keeper.client import start;"
        f"handle = start(pathlib.Path(sys.argv[1]), session_only=True, {named});"
        "print(handle.pid, flush=True); sys.stdin.read(); os._exit(1)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "once")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as owner:
        assert owner.stdout is not None
        keeper = psutil.Process(int(owner.stdout.readline()))

        owner.communicate()

    psutil.wait_procs([keeper], timeout=20)
    assert not keeper.is_running() or keeper.status() == psutil.STATUS_ZOMBIE
    assert not (tmp_path / "once").exists()


def _order(folder: Path, owner_pid: int | None) -> dict[str, object]:
    return {
        "folder": str(folder), "mode": "session", "key": None, "backup": None,
        "owner_pid": owner_pid, "idle_timeout_s": None, "accept_older": False,
    }  # fmt: skip


def test_a_keeper_without_an_owner_does_not_begin(tmp_path: Path) -> None:
    """Nobody would end it."""
    done = subprocess.run(
        [sys.executable, "-m", "amparo.keeper"], input=json.dumps(_order(tmp_path / "x", None)),
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip

    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["class"] == "KeeperError"
    assert not (tmp_path / "x").exists()


def test_a_keeper_whose_owner_ended_while_it_opened_ends_too(tmp_path: Path) -> None:
    """The owner was killed between its order and the answer; somebody else still holds the pipe."""
    order = json.dumps(_order(tmp_path / "once", 0))
    code = (
        "import json, os, subprocess, sys; order = json.loads(sys.argv[1]);"
        "order['owner_pid'] = os.getpid();"
        "keeper = subprocess.Popen([sys.executable, '-m', 'amparo.keeper'], stdin=-1);"
        "keeper.stdin.write(json.dumps(order).encode()); keeper.stdin.close();"
        "os.write(2, str(keeper.pid).encode()); os._exit(1)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, order], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as owner:
        assert owner.stdout is not None
        assert owner.stderr is not None
        owner.wait(30)
        # The keeper's own end of the pipe is closed when it has let go of its streams, or ended.
        owner.stdout.read()
        keeper = int(owner.stderr.read())

    _wait_until_gone(keeper)
    assert not (tmp_path / "once").exists()


def _wait_until_gone(pid: int) -> None:
    try:
        process = psutil.Process(pid)
        psutil.wait_procs([process], timeout=20)
        assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return


async def _ended(owner: Owner) -> None:
    await asyncio.wait_for(owner.wait_for_end(), 20)


def test_the_number_of_an_owner_that_another_got_is_not_taken_for_it(in_a_loop) -> None:
    """A keeper that watches a stranger lives as long as the stranger."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        owner = Owner(process.pid)

    for one in (owner, Owner(process.pid)):
        in_a_loop(_ended(one))


def test_a_system_without_descriptors_of_processes_is_looked_at_again_and_again(
    monkeypatch: pytest.MonkeyPatch, in_a_loop
) -> None:
    """An old kernel must not end every keeper at once."""

    def refuse(_: int) -> int:
        raise OSError(errno.ENOSYS, "no such call")

    monkeypatch.setattr(os, "pidfd_open", refuse)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        owner = Owner(process.pid)

        async def outlive() -> bool:
            waiting = asyncio.ensure_future(owner.wait_for_end())
            done, _ = await asyncio.wait({waiting}, timeout=0.1)
            process.communicate()
            await asyncio.wait_for(waiting, 20)
            return not done

        assert in_a_loop(outlive())


def test_a_keeper_whose_starter_is_gone_ends(tmp_path: Path) -> None:
    """Nobody could reach it, and it would hold the key for ever."""
    order = _order(tmp_path / "once", os.getpid())
    with subprocess.Popen(
        [sys.executable, "-m", "amparo.keeper"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.close()
        process.stdin.write(json.dumps(order).encode())
        process.stdin.close()

        assert process.wait(30) == 0

    assert not (tmp_path / "once").exists()


def test_a_keeper_nobody_asks_ends_by_itself(keep: Keep, tmp_path: Path) -> None:
    """A forgotten laptop must lock."""
    handle = keep(tmp_path / "once", session_only=True, idle_timeout_s=0.2)

    assert handle.wait(20)
    assert not (tmp_path / "once").exists()


def test_a_killed_session_is_swept_at_the_next_start(
    keep: Keep, connect: Connect, threat: MakeThreat, tmp_path: Path, private_places: object
) -> None:
    """Its key died with the process; the folder is only rubbish that says something was there."""
    handle = keep(tmp_path / "once", session_only=True)
    connect(handle).save(threat(), expected_version=None)
    os.kill(handle.pid, signal.SIGKILL)
    assert handle.wait(20)
    left_behind = (tmp_path / "once").exists()

    keep(tmp_path / "next", session_only=True)

    assert left_behind
    assert not (tmp_path / "once").exists()
    assert not socket_of(handle).parent.exists()


def test_a_killed_workspace_that_stays_is_never_swept(
    keep: Keep, connect: Connect, threat: MakeThreat, tmp_path: Path, identity: Identity
) -> None:
    """Sweeping rubbish must not touch anybody's plan."""
    handle = keep(tmp_path / "w", identity, create=True)
    connect(handle).save(threat(), expected_version=None)
    os.kill(handle.pid, signal.SIGKILL)
    assert handle.wait(20)

    keep(tmp_path / "next", session_only=True)

    assert connect(keep(tmp_path / "w", identity)).workspace().get(threat().id) == threat()


def test_r18_every_file_is_private(
    keep: Keep, connect: Connect, threat: MakeThreat, tmp_path: Path, identity: Identity
) -> None:
    """Another user of the machine must not even list them."""
    loose = os.umask(0)
    try:
        handle = keep(tmp_path / "w", identity, create=True)
    finally:
        os.umask(loose)
    connect(handle).save(threat(), expected_version=None)
    run = socket_of(handle).parent
    found = [tmp_path / "w", *(tmp_path / "w").rglob("*"), run.parent, run, *run.rglob("*")]

    modes = {path.name: stat.S_IMODE(path.lstat().st_mode) for path in found if path.is_dir()}
    assert set(modes.values()) == {0o700}
    modes = {path.name: stat.S_IMODE(path.lstat().st_mode) for path in found if not path.is_dir()}
    assert set(modes.values()) == {0o600}


@pytest.mark.parametrize("session_only", [True, False])
def test_r16_what_was_typed_is_found_nowhere_on_the_disk(
    keep: Keep,
    connect: Connect,
    threat: MakeThreat,
    tmp_path: Path,
    identity: Identity,
    *,
    private_places: tuple[Path, ...],
    session_only: bool,
) -> None:
    """Whoever takes the disk must learn nothing, while it runs, after a kill and after the end."""
    start_ = {"session_only": True} if session_only else {"create": True}
    handle = keep(tmp_path / "w", identity, **start_)
    session = connect(handle)
    session.save(threat(1, MARKER), expected_version=None)
    session.save(threat(1, MARKER * 2), expected_version=1)
    session.save(threat(2, MARKER), expected_version=None)
    session.delete(threat(2).id, expected_version=1)
    session.undo()
    session.report_data(session.ticket("analysis", "keepers", "es"))
    places = (tmp_path, *private_places, socket_of(handle).parent.parent)

    while_running = holders_of(MARKER, *places)
    os.kill(handle.pid, signal.SIGKILL)
    assert handle.wait(20)
    after_a_kill = holders_of(MARKER, *places)

    assert while_running == []
    assert after_a_kill == []


def test_the_passphrase_is_in_no_argument_and_no_environment(
    keep: Keep, tmp_path: Path, identity: Identity
) -> None:
    """Any process of the machine may read another's arguments."""
    process = psutil.Process(keep(tmp_path / "w", identity, create=True).pid)

    seen = " ".join(process.cmdline()) + str(process.environ())

    assert identity.text not in seen
    assert str(tmp_path / "w") not in " ".join(process.cmdline())


def test_r44_the_keeper_leaves_no_core_dump(kept: Handle) -> None:
    """A crash must not write the key to the disk."""
    limits = psutil.Process(kept.pid).rlimit(psutil.RLIMIT_CORE)

    assert limits == (0, 0)


def test_a_backup_comes_back_through_a_keeper(
    keep: Keep, connect: Connect, threat: MakeThreat, tmp_path: Path, identity: Identity
) -> None:
    """One file in an empty place must be enough."""
    session = connect(keep(tmp_path / "w", identity, create=True))
    session.save(threat(), expected_version=None)
    digest = session.digest()

    session.backup(tmp_path / "backup")
    restored = connect(keep(tmp_path / "again", identity, restore_from=tmp_path / "backup"))

    assert restored.digest() == digest
    assert restored.workspace().get(threat().id) == threat()
