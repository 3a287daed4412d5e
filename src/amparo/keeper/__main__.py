"""``python -m amparo.keeper``: the process that holds one open workspace.

It reads one order from its standard input, answers one line, lets go of both pipes, and lives
until Lock, a signal, the end of its owner, or an idle timeout.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from datetime import UTC, datetime
from typing import Any

from amparo.errors import AmparoError
from amparo.keeper.address import listen
from amparo.keeper.capabilities import RIGHTS, Ring
from amparo.keeper.commands import Counter
from amparo.keeper.desk import Desk
from amparo.keeper.expiry import expire
from amparo.keeper.faults import describe
from amparo.keeper.hardening import detach_streams, harden
from amparo.keeper.orders import FIRST_ROLE, Order, open_workspace, read_order
from amparo.keeper.owner import Owner
from amparo.keeper.runfolder import RunFolder, make_run_folder
from amparo.keeper.service import Service

_STOPPING_SIGNALS = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")


def main() -> int:
    """Keep one workspace; return the exit code."""
    harden()
    try:
        order = read_order(sys.stdin.buffer)
        owner = Owner(order.owner_pid)
        # A stick must come out although the terminal stood on it when this process began.
        os.chdir(order.path.anchor)
        asyncio.run(_keep(order, owner))
    except AmparoError as error:
        _say({"error": describe(error)})
        return 1
    return 0


async def _keep(order: Order, owner: Owner) -> None:
    stop = asyncio.Event()
    _stop_on_signals(stop)
    with contextlib.ExitStack() as ending:
        run = make_run_folder()
        ending.callback(run.remove)
        desk = _open(order, run, stop, ending)
        listener, address = listen(run.socket_path)
        ending.callback(listener.close)
        first = desk.ring.grant(RIGHTS, identity="keepers", role=FIRST_ROLE)
        if not _say({"address": address, "capability": first.secret, "pid": os.getpid()}):
            return  # whoever wanted this workspace is gone, and nobody else can reach it
        detach_streams()
        service = Service(Counter(desk), desk.ring, stop)
        await service.run(listener, owner=owner, idle_timeout_s=order.idle_timeout_s)


def _open(order: Order, run: RunFolder, stop: asyncio.Event, ending: contextlib.ExitStack) -> Desk:
    session_only = order.mode == "session"
    if session_only:
        run.remember_session(order.path)
    store = open_workspace(order)
    desk = Desk(store, Ring(), session_only=session_only, now=_now, stop=stop.set)
    # Session-only: the folder goes, however this process ends.
    ending.callback(desk.end)
    expire(desk)
    return desk


def _now() -> datetime:
    return datetime.now(UTC)


def _stop_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for name in _STOPPING_SIGNALS:
        number = getattr(signal, name, None)
        if number is None:
            continue
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))


def _say(answer: dict[str, Any]) -> bool:
    try:
        os.write(1, f"{json.dumps(answer)}\n".encode("ascii"))
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
