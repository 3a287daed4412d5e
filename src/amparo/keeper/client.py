"""Start a keeper and know how to reach it."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from amparo.errors import KeeperError
from amparo.keeper.faults import rebuild
from amparo.keeper.line import ADDRESS, CAPABILITY
from amparo.keeper.orders import Mode, key_on_wire
from amparo.store import Opener


@dataclass(frozen=True, slots=True)
class Handle:
    """Where a keeper is, and the first capability it gave: read, write, report, admin."""

    address: str
    capability: str = field(repr=False)
    pid: int
    _ended: threading.Event = field(repr=False, compare=False, default_factory=threading.Event)

    def environment(self) -> dict[str, str]:
        """Return what a client's environment must hold to reach the keeper."""
        return {ADDRESS: self.address, CAPABILITY: self.capability}

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until the keeper's process has ended; False when time was up first."""
        return self._ended.wait(timeout_s)


def start(  # noqa: PLR0913 - each is one choice about one process
    folder: Path,
    opener: Opener | None = None,
    *,
    session_only: bool = False,
    create: bool = False,
    owner_pid: int | None = None,
    idle_timeout_s: float | None = None,
    accept_older: bool = False,
    restore_from: Path | None = None,
) -> Handle:
    """Start a keeper for one workspace and wait until it is open.

    The secret travels through the keeper's standard input and is in no argument, environment
    or file.

    Args:
        folder: the workspace; with *create* or *session_only* it must not exist yet.
        opener: what opens the workspace; none is needed for *session_only*.
        session_only: keep the key in the keeper's memory only and remove the folder at the end.
        create: make a new workspace that *opener* opens.
        owner_pid: end when this process ends; without it, when the process ends that calls this.
            No keeper is without an owner: nobody could reach it, and it would hold the key.
        idle_timeout_s: end after this long without a question.
        restore_from: make the workspace out of this backup file; *opener* must open it.
        accept_older: open also a copy that is older than the last time it was open here.

    Raises:
        StoreError: the workspace cannot be opened or made.
        KeeperError: the keeper's process ended without an answer.
    """
    mode = _mode(session_only=session_only, create=create, restore=restore_from is not None)
    order = {
        "folder": str(Path(folder).absolute()),
        "mode": mode,
        "key": None if session_only else key_on_wire(opener),
        "backup": None if restore_from is None else str(Path(restore_from).absolute()),
        "owner_pid": os.getpid() if owner_pid is None else owner_pid,
        "idle_timeout_s": idle_timeout_s,
        "accept_older": accept_older,
    }
    process = _spawn()
    answer = _converse(process, order)
    if "error" in answer:
        process.wait()
        raise rebuild(answer["error"])
    handle = Handle(answer["address"], answer["capability"], answer["pid"])
    # Somebody must collect the process when it ends, or it stays in the table as a zombie.
    threading.Thread(target=_collect, args=(process, handle), daemon=True).start()
    return handle


def _mode(*, session_only: bool, create: bool, restore: bool) -> Mode:
    if session_only:
        return "session"
    if create:
        return "create"
    return "restore" if restore else "open"


def _spawn() -> subprocess.Popen[bytes]:
    kept = {name: value for name, value in os.environ.items() if name not in {ADDRESS, CAPABILITY}}
    return subprocess.Popen(
        # -P: a module lying in the current folder is never taken for one of ours.
        [sys.executable, "-P", "-m", "amparo.keeper"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=kept,
        # Ctrl-C in the terminal stops the pages; the keeper ends in its own orderly way.
        start_new_session=True,
    )


def _converse(process: subprocess.Popen[bytes], order: dict[str, Any]) -> dict[str, Any]:
    to_keeper, from_keeper = _pipes(process)
    with from_keeper:
        with contextlib.suppress(BrokenPipeError), to_keeper:
            to_keeper.write(json.dumps(order).encode("ascii"))
        said = from_keeper.readline()
    try:
        answer = json.loads(said)
    except ValueError:
        process.wait()
        raise KeeperError("the keeper ended before it answered") from None
    return answer


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise KeeperError("the keeper has no pipes")
    return process.stdin, process.stdout


def _collect(process: subprocess.Popen[bytes], handle: Handle) -> None:
    process.wait()
    handle._ended.set()  # noqa: SLF001 - its own module
